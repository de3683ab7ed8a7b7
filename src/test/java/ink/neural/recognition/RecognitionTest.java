package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RecognitionTest {
    private static final Labels LABELS =
            Labels.parse("{\"0\": \"a\", \"1\": \"b\", \"2\": \"c\", \"3\": \"d\"}".getBytes(StandardCharsets.UTF_8));
    private static final double[] SCORES = {Math.log(0.7), Math.log(0.2), Math.log(0.1), Math.log(1e-9)};

    private static Recognition recognition(OptionalDouble legibility) {
        return new Recognition(LABELS, SCORES, legibility, Optional.empty(), Optional.empty());
    }

    private static double[] confidences(OptionalDouble legibility) {
        return recognition(legibility).top(4).stream()
                .mapToDouble(Prediction::confidence)
                .toArray();
    }

    @Test
    void confidenceOfALegibleGlyphIsTheSoftmaxOfItsScores() {
        assertArrayEquals(new double[] {0.7, 0.2, 0.1, 0}, confidences(OptionalDouble.of(1)), 1e-6);
        assertArrayEquals(new double[] {0.7, 0.2, 0.1, 0}, confidences(OptionalDouble.empty()), 1e-6);
    }

    @Test
    void anIllegibleGlyphCouldBeAnyCharacter() {
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, confidences(OptionalDouble.of(0)), 1e-6);
    }

    @Test
    void confidenceFallsWithLegibilityAndTheRankingStays() {
        List<Prediction> top = recognition(OptionalDouble.of(0.5)).top(4);
        assertEquals(
                List.of("a", "b", "c", "d"), top.stream().map(Prediction::label).toList());
        assertEquals(0.5 * 0.7 + 0.5 / 4, top.get(0).confidence(), 1e-6);
        assertEquals(1, top.stream().mapToDouble(Prediction::confidence).sum(), 1e-9);
    }

    @Test
    void confidencesOfACharsetSumToOneWhateverTheLegibility() {
        List<Prediction> top = recognition(OptionalDouble.of(0.4)).top(2, new int[] {1, 2});
        assertEquals(0.4 * 2 / 3 + 0.6 / 2, top.get(0).confidence(), 1e-6);
        assertEquals(1, top.get(0).confidence() + top.get(1).confidence(), 1e-9);
    }
}
