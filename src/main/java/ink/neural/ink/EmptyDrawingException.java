package ink.neural.ink;

/** No ink can be distinguished from the paper. */
public class EmptyDrawingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates the exception. */
    public EmptyDrawingException() {
        super("The drawing contains no ink.");
    }
}
