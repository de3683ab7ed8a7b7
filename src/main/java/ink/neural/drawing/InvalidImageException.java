package ink.neural.drawing;

/** The bytes sent are not a drawing we read. The message says why, in words fit for the person who sent them. */
public class InvalidImageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why a drawing is refused. */
    public enum Reason {
        /** The text is not of the form {@code data:image/png;base64,...}. */
        NOT_A_DATA_URL,
        /** What follows the comma of the data URL is not base64. */
        NOT_BASE64,
        /** Not a PNG or JPEG picture, a damaged one, or one of a kind we do not read. */
        NOT_AN_IMAGE,
        /** The picture is wider, higher or larger than the limits allow. */
        TOO_MANY_PIXELS
    }

    private final Reason reason;

    /**
     * A refusal.
     *
     * @param reason the kind of refusal
     * @param message a sentence for the sender, made of our own words and numbers only
     */
    public InvalidImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A picture that is not, or not wholly, a picture. */
    static InvalidImageException notAnImage(String message) {
        return new InvalidImageException(Reason.NOT_AN_IMAGE, message);
    }

    /**
     * The kind of refusal.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
