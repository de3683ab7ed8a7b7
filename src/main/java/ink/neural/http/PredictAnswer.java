package ink.neural.http;

import ink.neural.drawing.DataUrl;
import ink.neural.prediction.PredictionResult;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * The answer for one drawing.
 *
 * @param predictions the most likely characters, the most likely first
 * @param glyph the glyph as a PNG data URL; null if it was not asked for
 * @param ink the ink of the whole picture as a PNG data URL; null if it was not asked for
 * @param legibility the probability that the drawing is a character; null if it was not asked for
 */
@JsonbPropertyOrder({"predictions", "glyph", "ink", "legibility"})
public record PredictAnswer(List<Candidate> predictions, String glyph, String ink, BigDecimal legibility) {
    /** More decimals would be noise. */
    private static final int DECIMALS = 6;

    /**
     * A character and how likely it is.
     *
     * @param label the character
     * @param confidence its probability
     */
    @JsonbPropertyOrder({"label", "confidence"})
    public record Candidate(String label, BigDecimal confidence) {}

    static PredictAnswer of(PredictionResult result) {
        return new PredictAnswer(
                result.predictions().stream()
                        .map(prediction -> new Candidate(prediction.label(), rounded(prediction.confidence())))
                        .toList(),
                dataUrl(result.glyph()),
                dataUrl(result.ink()),
                result.legibility().isPresent() ? rounded(result.legibility().getAsDouble()) : null);
    }

    private static String dataUrl(Optional<byte[]> png) {
        return png.map(file -> DataUrl.encode("image/png", file)).orElse(null);
    }

    private static BigDecimal rounded(double probability) {
        return BigDecimal.valueOf(probability).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
