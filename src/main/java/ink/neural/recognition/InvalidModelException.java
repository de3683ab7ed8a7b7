package ink.neural.recognition;

/** A model cannot be used. The message tells the operator which file is wrong and why. */
public class InvalidModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Reports a model that is missing, damaged or does not match its descriptor.
     *
     * @param message what is wrong
     */
    public InvalidModelException(String message) {
        super(message);
    }

    /**
     * Reports the same with its cause.
     *
     * @param message what is wrong
     * @param cause the cause
     */
    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
