package ink.neural.text;

/** A picture has more text than one request may. The message is fit for the client. */
public class TooMuchTextException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooMuchTextException(String message) {
        super(message);
    }

    /** There are more lines than allowed. */
    static TooMuchTextException tooManyLines() {
        return new TooMuchTextException("The picture has more than %d lines of text. Send fewer lines at once."
                .formatted(TextReader.MAX_LINES));
    }

    /** The lines are longer than allowed together. */
    static TooMuchTextException tooLong() {
        return new TooMuchTextException(
                "The lines of text are too long together: more than %d columns at the height that the model reads. Send fewer words at once."
                        .formatted(TextReader.MAX_COLUMNS));
    }
}
