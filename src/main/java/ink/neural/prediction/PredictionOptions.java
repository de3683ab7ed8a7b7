package ink.neural.prediction;

import ink.neural.recognition.Example;
import ink.neural.recognition.Guides;
import java.util.List;
import java.util.Optional;

/**
 * What an answer should contain.
 *
 * @param top length of the ranking, at least 1
 * @param charset the characters to rank: a keyword or the characters themselves, see
 *     {@link ink.neural.recognition.Labels#indices}
 * @param glyph whether to return the glyph that the network saw
 * @param ink whether to return what was taken for ink on the whole picture
 * @param legibility whether to return how likely the drawing is a character at all
 * @param features whether to return what the network saw, as numbers
 * @param guides the lines that the character was written on; empty if they are not known
 * @param examples what the writer has written before, to adapt the answer to; empty if nothing is known of the writer
 */
public record PredictionOptions(
        int top,
        String charset,
        boolean glyph,
        boolean ink,
        boolean legibility,
        boolean features,
        Optional<Guides> guides,
        List<Example> examples) {
    /** The three most likely of all characters. */
    public static final PredictionOptions DEFAULT =
            new PredictionOptions(3, "alphanumeric", false, false, false, false, Optional.empty(), List.of());
}
