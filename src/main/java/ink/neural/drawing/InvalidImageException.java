package ink.neural.drawing;

/** The bytes are not an image that can be decoded. The message tells the sender why and quotes nothing they sent. */
public class InvalidImageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why an image is refused. */
    public enum Reason {
        /** The text does not have the form of a data URL with base64, {@code data:image/png;base64,...}. */
        NOT_A_DATA_URL,
        /** The part of the data URL after the comma is not base64. */
        NOT_BASE64,
        /** The file is not an image of a known format, is damaged, or uses a feature that is not supported. */
        NOT_AN_IMAGE,
        /** The image is wider, higher or larger than the limits. */
        TOO_MANY_PIXELS
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason why the image is refused
     * @param message a sentence for the sender that contains no text they sent
     */
    public InvalidImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static InvalidImageException notAnImage(String message) {
        return new InvalidImageException(Reason.NOT_AN_IMAGE, message);
    }

    static InvalidImageException damaged() {
        return notAnImage("The image is damaged and cannot be decoded.");
    }

    /**
     * Says why the image is refused.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
