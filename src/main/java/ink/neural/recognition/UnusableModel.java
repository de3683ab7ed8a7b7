package ink.neural.recognition;

/** The model cannot be used; the message says what is wrong with which file, for whoever runs the program. */
public class UnusableModel extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A model that is missing, damaged or not what its descriptor says.
     *
     * @param message what is wrong
     */
    public UnusableModel(String message) {
        super(message);
    }

    /**
     * The same, with what led to it.
     *
     * @param message what is wrong
     * @param cause what led to it
     */
    public UnusableModel(String message, Throwable cause) {
        super(message, cause);
    }
}
