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
    /** An o and an O are written alike, and an x has nothing to do with them. */
    private static final FewShot STEP = new FewShot(
            "features",
            2,
            100,
            2,
            0.01,
            Map.of(
                    "o", new FewShot.Normal(new byte[] {80, 0}, 100, new double[] {20}),
                    "O", new FewShot.Normal(new byte[] {90, 10}, 100, new double[] {20}),
                    "x", new FewShot.Normal(new byte[] {-50, 60}, 500, new double[] {0})),
            new FewShot.Normal(new byte[] {0, 0}, 5000, new double[] {0}));

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

    private static double probability(String label, Recognition recognition) {
        return recognition.probabilities()[recognition.labels().characters().indexOf(label)];
    }

    /** The density of the glyph, if its character has this mean and variance in each of the two dimensions. */
    private static double density(double x, double y, double variance) {
        double distance = Math.pow(GLYPH[0] - x, 2) + Math.pow(GLYPH[1] - y, 2);
        return Math.exp(-distance / variance / 2) / variance;
    }

    @Test
    void theNetworkIsBelievedWithoutExamples() {
        assertArrayEquals(NETWORK, adapted().probabilities(), 1e-12);
    }

    @Test
    void anExampleMovesItsCharacterTowardsItself() {
        // The mean moves by 500 / (500 + 100) of the way, and as much of the variance of 500 goes.
        double ratio = density(-45, 50, 500 / 6.0 + 100) / density(-50, 60, 500 + 100);
        double[] expected = {0.3, 0.6, 0.1 * ratio};
        double sum = DoubleStream.of(expected).sum();
        assertArrayEquals(
                DoubleStream.of(expected).map(part -> part / sum).toArray(),
                adapted(example("x", -44, 48)).probabilities(),
                1e-12);
    }

    @Test
    void anExampleMovesCharactersThatPeopleWriteInTheSameWay() {
        // They share a variance of 400, and an example of an o has a variance of 500 + 100.
        double moved = 400 / 600.0;
        double o = density(80 + 20 * 5 / 6.0, -20 * 5 / 6.0, 500 / 6.0 + 100) / density(80, 0, 600);
        double capital = density(90 + 20 * moved, 10 - 20 * moved, 500 - 400 * moved + 100) / density(90, 10, 600);
        double sum = 0.3 * o + 0.6 * capital + 0.1;
        assertArrayEquals(
                new double[] {0.3 * o / sum, 0.6 * capital / sum, 0.1 / sum},
                adapted(example("o", 100, -20)).probabilities(),
                1e-12);
    }

    @Test
    void severalExamplesOfACharacterCountMore() {
        double one = probability("o", adapted(example("o", 100, -20)));
        double three = probability("o", adapted(example("o", 98, -20), example("o", 102, -21), example("o", 100, -19)));
        assertTrue(three > one);
        assertTrue(one > NETWORK[0]);
    }

    @Test
    void whatTheNetworkExcludesRemainsUnlikely() {
        Recognition sure = new Recognition(
                LABELS, new double[] {-20, 0, -20}, OptionalDouble.of(1), Optional.empty(), Optional.of(GLYPH));
        assertEquals(
                "O",
                new Hand(STEP, LABELS, List.of(example("o", 100, -20)))
                        .adapt(sure)
                        .top(1)
                        .get(0)
                        .label());
    }

    @Test
    void aCharacterOutsideTheModelIsAnsweredBesideTheOthers() {
        Recognition adapted = new Hand(
                        STEP, LABELS, List.of(example("é", 100, -20), example("x", -127, 127), example("π", 0, 0)))
                .adapt(seen(0.2));
        assertEquals(List.of("o", "O", "x", "é", "π"), adapted.labels().characters());
        // The mean of an é moves by 5000 / (5000 + 100) of the way.
        double moved = 5000 / 5100.0;
        double ratio = density(100 * moved, -20 * moved, 5000 - 5000 * moved + 100) / density(0, 0, 5100);
        double expected = 0.01 * 0.8 / 0.2 * ratio;
        assertEquals(expected / 0.3, probability("é", adapted) / probability("o", adapted), 1e-9);
        assertEquals(
                "é",
                new Hand(STEP, LABELS, List.of(example("é", 100, -20)))
                        .adapt(seen(0.1))
                        .top(1)
                        .get(0)
                        .label());
        assertTrue(DoubleStream.of(adapted.scores()).allMatch(Double::isFinite));
    }

    @Test
    void theMoreLegibleAGlyphIsTheLessItIsACharacterOutsideTheModel() {
        Hand hand = new Hand(STEP, LABELS, List.of(example("é", 100, -20)));
        assertEquals("é", hand.adapt(seen(0)).top(1).get(0).label());
        assertTrue(probability("é", hand.adapt(seen(0.1))) > probability("é", hand.adapt(seen(0.5))));
        assertArrayEquals(new double[] {0.3, 0.6, 0.1, 0}, hand.adapt(seen(1)).probabilities(), 1e-12);
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
        double gained = 0.1 * (density(100 - 150 / 6.0, -20 + 80 / 6.0, 500 / 6.0 + 100) / density(-50, 60, 600) - 1);
        Hand hand = new Hand(STEP, LABELS, List.of(example("x", 100, -20)));
        assertEquals(1 - 0.8 / (1 + gained), hand.adapt(seen(0.2)).legibility().orElseThrow(), 1e-12);
        Hand other = new Hand(STEP, LABELS, List.of(example("x", -127, 127)));
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
