package ink.neural.glyph;

/** The drawing contains no ink. */
public class EmptyDrawingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates the exception. */
    public EmptyDrawingException() {
        super("The drawing contains no ink.");
    }
}
