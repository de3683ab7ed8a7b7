package ink.neural.recognition;

/** A charset holds characters that the model does not know, or none that it knows. The message is fit for the client. */
public class UnknownCharactersException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Reports unknown characters.
     *
     * @param characters each unknown character once; empty if the charset holds none of the model's characters
     */
    UnknownCharactersException(String characters) {
        super(
                characters.isEmpty()
                        ? "charset contains none of the model's characters."
                        : "charset contains characters that the model does not know: " + characters);
    }
}
