package ink.neural.drawing.webp;

/** A file is not a WebP that can be decoded. The message tells the sender why and quotes nothing they sent. */
public final class InvalidWebpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidWebpException(String message) {
        super(message);
    }

    static InvalidWebpException damaged() {
        return new InvalidWebpException("The image is damaged and cannot be decoded.");
    }

    static InvalidWebpException truncated() {
        return new InvalidWebpException("The WebP file is truncated.");
    }
}
