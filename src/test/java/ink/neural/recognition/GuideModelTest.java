package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.ink.Box;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GuideModelTest {
    private static final Labels LABELS = new Labels(List.of("o", "O"));
    private static final GuideModel MODEL = new GuideModel(
            1.6,
            0.05,
            Map.of(
                    "o", new GuideModel.Normal(1, 0, 0.02, 0, 0.01),
                    "O", new GuideModel.Normal(2, 0, 0.02, 0, 0.01)));

    private static double advantageOfCapital(Guides guides, int top, int bottom) {
        double[] likelihoods = MODEL.logLikelihoods(guides, new Box(10, top, 30, bottom - top), LABELS);
        return likelihoods[1] - likelihoods[0];
    }

    private static Guides guides(double baseline, double xHeight, double capHeight) {
        return new Guides(baseline, OptionalDouble.of(xHeight), OptionalDouble.of(capHeight));
    }

    @Test
    void heightTellsTheCaseWhateverTheProportions() {
        for (Guides guides : List.of(guides(100, 60, 36), guides(100, 60, 20))) {
            assertTrue(advantageOfCapital(guides, 60, 100) < -2);
            assertTrue(advantageOfCapital(guides, (int) guides.capHeight().orElseThrow(), 100) > 2);
        }
    }

    @Test
    void oneOfTheUpperGuidesIsEnough() {
        Guides xOnly = new Guides(100, OptionalDouble.of(60), OptionalDouble.empty());
        Guides capOnly = new Guides(100, OptionalDouble.empty(), OptionalDouble.of(36));
        assertEquals(advantageOfCapital(xOnly, 60, 100), advantageOfCapital(capOnly, 60, 100), 1e-9);
        assertTrue(advantageOfCapital(xOnly, 36, 100) > 2);
    }

    @Test
    void absurdGuidesLeaveTheRankingAsItIs() {
        assertEquals(0, advantageOfCapital(guides(10_000, 9_000, 8_000), 60, 100), 1e-6);
    }

    @Test
    void guidesOfAReducedPictureAreReduced() {
        assertEquals(guides(50, 30, 18), guides(100, 60, 36).reduced(2));
    }
}
