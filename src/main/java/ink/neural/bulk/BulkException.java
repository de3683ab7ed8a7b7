package ink.neural.bulk;

/** The run cannot go on. The message tells a person why. */
final class BulkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BulkException(String message) {
        super(message);
    }
}
