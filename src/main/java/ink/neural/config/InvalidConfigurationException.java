package ink.neural.config;

/** At least one setting has an invalid value. The message names every such setting. */
public class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidConfigurationException(String message) {
        super(message);
    }
}
