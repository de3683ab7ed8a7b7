package ink.neural.decoding;

import java.util.Optional;
import java.util.Set;

/**
 * What the caller knows about the text. Charset, pattern and words are constraints: a text that breaks one is never
 * found. The dictionary and the text before only make some texts likelier.
 *
 * @param charset the characters that may occur
 * @param pattern the pattern that the whole text matches
 * @param words the words that the text consists of
 * @param dictionary whether the English dictionary is consulted; with {@code words} it never is
 * @param before the text that precedes the line, or its end; empty if nothing is known of it
 */
public record DecodingOptions(
        Optional<Set<Character>> charset,
        Optional<FieldPattern> pattern,
        Optional<WordList> words,
        boolean dictionary,
        String before) {
    /** No constraints, no dictionary. */
    public static final DecodingOptions NONE =
            new DecodingOptions(Optional.empty(), Optional.empty(), Optional.empty(), false, "");

    /**
     * The same for a line that another text precedes.
     *
     * @param text the preceding text
     * @return these options with that text
     */
    public DecodingOptions withBefore(String text) {
        return new DecodingOptions(charset, pattern, words, dictionary, text);
    }

    /**
     * Whether charset and pattern allow a character anywhere in the text.
     *
     * @param character a character of the alphabet
     * @return false if no text with it satisfies them
     */
    public boolean allows(char character) {
        return inCharset(character)
                && pattern.map(field -> field.allows(character)).orElse(true);
    }

    boolean inCharset(char character) {
        return charset.map(allowed -> allowed.contains(character)).orElse(true);
    }
}
