package ink.neural.api;

import ink.neural.prediction.PredictionResult;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;

/**
 * The answer for one drawing.
 *
 * @param predictions the most likely characters, the most likely first
 * @param glyph the glyph as a PNG data URL; null if it was not asked for
 * @param ink the ink of the whole picture as a PNG data URL; null if it was not asked for
 * @param legibility the probability that the drawing is a character; null if it was not asked for
 * @param features what the network saw, as signed bytes in base64; null if it was not asked for
 */
@JsonbPropertyOrder({"predictions", "glyph", "ink", "legibility", "features"})
public record PredictAnswer(
        List<Candidate> predictions, String glyph, String ink, BigDecimal legibility, String features) {
    /**
     * A character and how likely it is.
     *
     * @param label the character
     * @param confidence its probability
     */
    @JsonbPropertyOrder({"label", "confidence"})
    public record Candidate(String label, BigDecimal confidence) {}

    /**
     * The answer that tells a result.
     *
     * @param result the result
     * @return the answer
     */
    public static PredictAnswer of(PredictionResult result) {
        return new PredictAnswer(
                result.predictions().stream()
                        .map(prediction -> new Candidate(prediction.label(), Answers.rounded(prediction.confidence())))
                        .toList(),
                Answers.dataUrl(result.glyph()),
                Answers.dataUrl(result.ink()),
                Answers.rounded(result.legibility()),
                result.features().map(Base64.getEncoder()::encodeToString).orElse(null));
    }
}
