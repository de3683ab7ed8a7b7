package ink.neural.prediction;

import java.util.List;
import java.util.Optional;

/**
 * What a text may be, and what an answer should contain.
 *
 * @param top the most likely texts to return, at least 1
 * @param charset the characters that may occur: a keyword or the characters themselves, see {@link
 *     ink.neural.recognition.Labels#indices}; empty for all that the model knows
 * @param pattern what each line must match
 * @param words the words that a text consists of
 * @param dictionary whether English words are likelier than others
 * @param before the text that precedes the picture's
 * @param legibility whether to return how likely the picture shows text at all
 * @param ink whether to return what was taken for ink on the whole picture
 */
public record TextOptions(
        int top,
        Optional<String> charset,
        Optional<String> pattern,
        Optional<List<String>> words,
        boolean dictionary,
        String before,
        boolean legibility,
        boolean ink) {
    /** The three most likely texts, with the dictionary. */
    public static final TextOptions DEFAULT =
            new TextOptions(3, Optional.empty(), Optional.empty(), Optional.empty(), true, "", false, false);
}
