package ink.neural.recognition;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A charset cannot be used with the model. The message is fit for the client. */
public class InvalidCharsetException extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** Characters of a charset that a message repeats. */
    private static final int MAX_REPEATED = 20;

    private InvalidCharsetException(String message) {
        super(message);
    }

    /** None of the model's characters is in the charset. */
    static InvalidCharsetException empty() {
        return new InvalidCharsetException("charset contains none of the model's characters.");
    }

    /**
     * The model does not know some characters.
     *
     * @param characters the code points, each once
     */
    static InvalidCharsetException unknown(int[] characters) {
        String more = characters.length > MAX_REPEATED ? "..." : "";
        return new InvalidCharsetException(
                "charset contains characters that the model does not know: " + visible(characters) + more);
    }

    /** The charset looks like a keyword. */
    static InvalidCharsetException misspelt(String charset, CharsetKeyword keyword) {
        String reordered = new StringBuilder(charset).reverse().toString();
        return new InvalidCharsetException(
                "charset \"%s\" is not a keyword. Did you mean \"%s\"? To choose among exactly these characters, put them in another order, such as \"%s\"."
                        .formatted(
                                visible(charset.codePoints().toArray()),
                                keyword.word(),
                                visible(reordered.codePoints().toArray())));
    }

    /** Characters that can be read. Others, which may garble a log or a terminal, are replaced by their numbers. */
    private static String visible(int[] characters) {
        return Arrays.stream(characters)
                .limit(MAX_REPEATED)
                .mapToObj(c -> isVisible(c) ? Character.toString(c) : "[U+%04X]".formatted(c))
                .collect(Collectors.joining());
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
