package ink.neural.recognition;

/** A set of characters was asked for that the model does not know, or an empty one. */
public class UnknownCharacters extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String characters;

    UnknownCharacters(String characters) {
        super("unknown characters");
        this.characters = characters;
    }

    /**
     * Those the model does not know.
     *
     * @return the characters, each once, as they were sent; empty if none were sent
     */
    public String characters() {
        return characters;
    }
}
