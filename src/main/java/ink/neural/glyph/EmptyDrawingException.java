package ink.neural.glyph;

/** There is no ink on the drawing. */
public class EmptyDrawingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A drawing without ink. */
    public EmptyDrawingException() {
        super("There is no ink on the drawing.");
    }
}
