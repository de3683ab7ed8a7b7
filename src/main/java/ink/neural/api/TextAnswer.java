package ink.neural.api;

import ink.neural.ink.Box;
import ink.neural.prediction.TextResult;
import ink.neural.text.Reading;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.util.List;

/**
 * The text on a picture.
 *
 * @param text the most likely text, with a line break between two lines
 * @param confidence its probability
 * @param alternatives the texts that are most likely after it
 * @param characters the characters of the text but its line breaks
 * @param lines the same for each line; null if there is only one
 * @param ink the ink of the whole picture as a PNG data URL; null if it was not asked for
 * @param legibility the probability that the picture shows text; null if it was not asked for
 */
@JsonbPropertyOrder({"text", "confidence", "alternatives", "characters", "lines", "ink", "legibility"})
public record TextAnswer(
        String text,
        BigDecimal confidence,
        List<Alternative> alternatives,
        List<Symbol> characters,
        List<TextAnswer> lines,
        String ink,
        BigDecimal legibility) {
    /**
     * A text and how likely it is.
     *
     * @param text the text
     * @param confidence its probability
     */
    @JsonbPropertyOrder({"text", "confidence"})
    public record Alternative(String text, BigDecimal confidence) {
        private static Alternative of(Reading.Candidate candidate) {
            return new Alternative(candidate.text(), Answers.rounded(candidate.confidence()));
        }
    }

    /**
     * A character of the text.
     *
     * @param label the character
     * @param confidence its probability
     * @param box left, top, width and height of its ink in pixels
     */
    @JsonbPropertyOrder({"label", "confidence", "box"})
    public record Symbol(String label, BigDecimal confidence, List<Integer> box) {
        private static Symbol of(Reading.ReadCharacter character) {
            Box box = character.box();
            return new Symbol(
                    character.label(),
                    Answers.rounded(character.confidence()),
                    List.of(box.left(), box.top(), box.width(), box.height()));
        }
    }

    /**
     * The answer that tells a result.
     *
     * @param result the result
     * @return the answer
     */
    public static TextAnswer of(TextResult result) {
        List<TextAnswer> lines =
                result.lines().stream().map(line -> of(line, null, null, null)).toList();
        return of(
                result.text(),
                lines.size() > 1 ? lines : null,
                Answers.dataUrl(result.ink()),
                Answers.rounded(result.legibility()));
    }

    private static TextAnswer of(Reading reading, List<TextAnswer> lines, String ink, BigDecimal legibility) {
        List<Alternative> texts =
                reading.candidates().stream().map(Alternative::of).toList();
        return new TextAnswer(
                texts.get(0).text(),
                texts.get(0).confidence(),
                texts.subList(1, texts.size()),
                reading.characters().stream().map(Symbol::of).toList(),
                lines,
                ink,
                legibility);
    }
}
