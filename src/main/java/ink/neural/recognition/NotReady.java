package ink.neural.recognition;

/** No model is loaded: not yet, not any more, or it could not be. */
public class NotReady extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotReady() {
        super("no model is loaded");
    }
}
