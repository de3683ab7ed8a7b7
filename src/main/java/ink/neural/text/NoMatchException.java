package ink.neural.text;

/** No text satisfies the caller's constraints. */
public class NoMatchException extends RuntimeException {
    private static final long serialVersionUID = 1;
}
