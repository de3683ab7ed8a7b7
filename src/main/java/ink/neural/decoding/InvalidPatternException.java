package ink.neural.decoding;

/** A pattern breaks the syntax of {@link FieldPattern} or is too large. */
public final class InvalidPatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    InvalidPatternException(int position, String message) {
        super(message);
        this.position = position;
    }

    /**
     * Where the pattern is wrong.
     *
     * @return index of a character in the pattern, from 0 to its length
     */
    public int position() {
        return position;
    }
}
