package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.ink.Box;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandTest {
    private static final Labels LABELS = new Labels(List.of("o", "O", "x"));
    private static final FewShot STEP = new FewShot("features", 2, 10, 100, 0.01);
    private static final double[] NETWORK = {0.3, 0.6, 0.1};
    private static final byte[] GLYPH = {100, -20};

    private static Recognition seen(double legibility) {
        return new Recognition(
                LABELS,
                DoubleStream.of(NETWORK).map(Math::log).toArray(),
                OptionalDouble.of(legibility),
                Optional.empty(),
                Optional.of(GLYPH));
    }

    private static Example example(String label, int... features) {
        return new Example("any@1", label, new byte[] {(byte) features[0], (byte) features[1]});
    }

    private static Recognition adapted(Example... examples) {
        return new Hand(STEP, LABELS, List.of(examples)).adapt(seen(1));
    }

    private static double[] normalized(double... weights) {
        double sum = DoubleStream.of(weights).sum();
        return DoubleStream.of(weights).map(weight -> weight / sum).toArray();
    }

    @Test
    void anExampleThatEqualsTheGlyphCountsWithItsWholeWeight() {
        assertArrayEquals(
                normalized(0.3 + 10 * Math.sqrt(0.3), 0.6, 0.1),
                adapted(example("o", 100, -20)).probabilities(),
                1e-12);
    }

    @Test
    void weightFallsWithTheSquaredDistance() {
        assertArrayEquals(
                normalized(0.3 + 10 * Math.sqrt(0.3) / Math.E, 0.6, 0.1),
                adapted(example("o", 94, -28)).probabilities(),
                1e-12);
    }

    @Test
    void severalExamplesOfACharacterCountMore() {
        double sum = 1 + Math.exp(-1) + Math.exp(-4);
        assertArrayEquals(
                normalized(0.3, 0.6 + 10 * Math.sqrt(0.6 / 3) * sum, 0.1),
                adapted(example("O", 100, -20), example("O", 94, -28), example("O", 88, -36))
                        .probabilities(),
                1e-12);
    }

    @Test
    void farAwayExamplesDoNotCount() {
        assertArrayEquals(NETWORK, adapted(example("O", -127, 127)).probabilities(), 1e-12);
    }

    @Test
    void aCharacterOutsideTheModelIsAnsweredBesideTheOthers() {
        Recognition adapted = new Hand(
                        STEP, LABELS, List.of(example("é", 100, -20), example("x", -127, 127), example("π", 0, 0)))
                .adapt(seen(0.2));
        assertEquals(List.of("o", "O", "x", "é", "π"), adapted.labels().characters());
        double[] probabilities = adapted.probabilities();
        assertArrayEquals(normalized(0.3, 0.6, 0.1, 10 * Math.sqrt(0.01 * 0.8 / 0.2), 0), probabilities, 1e-12);
        assertEquals("é", adapted.top(1).get(0).label());
        assertTrue(DoubleStream.of(adapted.scores()).allMatch(Double::isFinite));
    }

    @Test
    void theMoreLegibleAGlyphIsTheLessItIsACharacterOutsideTheModel() {
        Hand hand = new Hand(STEP, LABELS, List.of(example("é", 100, -20)));
        assertEquals("é", hand.adapt(seen(0)).top(1).get(0).label());
        assertEquals("é", hand.adapt(seen(0.5)).top(1).get(0).label());
        assertArrayEquals(normalized(0.3, 0.6, 0.1, 0), hand.adapt(seen(1)).probabilities(), 1e-12);
    }

    @Test
    void theOrderOfExamplesDoesNotMatter() {
        List<Example> examples = new ArrayList<>(
                List.of(example("o", 90, 0), example("O", 80, 10), example("o", 99, -9), example("x", 3, 4)));
        double[] probabilities = new Hand(STEP, LABELS, examples).adapt(seen(1)).probabilities();
        Collections.reverse(examples);
        assertArrayEquals(
                probabilities, new Hand(STEP, LABELS, examples).adapt(seen(1)).probabilities(), 1e-12);
    }

    @Test
    void whatResemblesAnExampleIsLegible() {
        double own = 10 * Math.sqrt(0.3);
        double share = own / (own + 1);
        Hand hand = new Hand(STEP, LABELS, List.of(example("o", 100, -20)));
        assertEquals(0.2 + 0.8 * share, hand.adapt(seen(0.2)).legibility().orElseThrow(), 1e-12);
        Hand other = new Hand(STEP, LABELS, List.of(example("o", -127, 127)));
        assertEquals(0.2, other.adapt(seen(0.2)).legibility().orElseThrow(), 1e-12);
    }

    @Test
    void charsetMayListACharacterOutsideTheModel() {
        Labels labels = new Hand(STEP, LABELS, List.of(example("é", 0, 0))).labels();
        assertArrayEquals(new int[] {0, 3}, labels.indices("éo"));
        assertArrayEquals(new int[] {0, 1, 2}, labels.indices("letters"));
        assertArrayEquals(new int[] {0, 1, 2, 3}, labels.indices("alphanumeric"));
    }

    @Test
    void aCharacterOutsideTheModelMayStandAnywhereBetweenTheGuides() {
        GuideModel model = new GuideModel(
                1.6,
                0.05,
                Map.of(
                        "o", new GuideModel.Normal(1, 0, 0.02, 0, 0.01),
                        "O", new GuideModel.Normal(2, 0, 0.02, 0, 0.01)));
        Guides guides = new Guides(100, OptionalDouble.of(60), OptionalDouble.of(36));
        double[] likelihoods =
                model.logLikelihoods(guides, new Box(10, 60, 30, 40), new Labels(List.of("o", "O", "é")));
        double mean = Stream.of(likelihoods[0], likelihoods[1])
                .mapToDouble(Math::exp)
                .average()
                .orElseThrow();
        assertEquals(Math.log(mean), likelihoods[2], 1e-12);
    }
}
