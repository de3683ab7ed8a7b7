package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
    private static int[] values(int seed) {
        Random random = new Random(seed);
        return random.ints(1 + random.nextInt(500), random.nextInt(128), 129 + random.nextInt(128))
                .toArray();
    }

    private static Histogram histogram(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Histogram.of(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void ranksAreThoseOfTheSortedValues(int seed) {
        int[] values = values(seed);
        Histogram histogram = histogram(values);
        Arrays.sort(values);
        for (int rank = 0; rank < values.length; rank++) {
            assertEquals(values[rank], histogram.valueAt(rank), "rank " + rank);
        }
        assertEquals(values[values.length / 2], histogram.median());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void limitSplitsTheValues(int seed) {
        int[] values = values(seed);
        for (int limit : new int[] {0, 1, 100, 128, 200, 255}) {
            Histogram all = histogram(values);
            int[] below = Arrays.stream(values).filter(value -> value < limit).toArray();
            int[] above = Arrays.stream(values).filter(value -> value >= limit).toArray();
            assertEquals(below.length, all.countBelow(limit));
            assertEquals(below.length, all.below(limit).total());
            assertEquals(above.length, all.from(limit).total());
            assertEquals(
                    Arrays.stream(below).average().orElse(0), all.below(limit).mean(), 1e-9);
            assertEquals(
                    Arrays.stream(above).average().orElse(0), all.from(limit).mean(), 1e-9);
        }
    }

    private static double variance(int[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values)
                .mapToDouble(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
    }

    /** The mean of the variances of the values below a limit and of the others, weighted by their numbers. */
    private static double varianceWithin(int[] values, int limit) {
        int[] below = Arrays.stream(values).filter(value -> value < limit).toArray();
        int[] above = Arrays.stream(values).filter(value -> value >= limit).toArray();
        return (below.length * variance(below) + above.length * variance(above)) / values.length;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void otsuThresholdHasTheLeastVarianceWithinTheClasses(int seed) {
        int[] values = values(seed);
        double least = IntStream.range(0, 256)
                .mapToDouble(limit -> varianceWithin(values, limit))
                .min()
                .orElseThrow();
        assertEquals(least, varianceWithin(values, histogram(values).otsuThreshold()), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void separationIsTheRestOfTheVariance(int seed) {
        int[] values = values(seed);
        Histogram histogram = histogram(values);
        for (int limit : new int[] {100, 128, 160}) {
            double expected = 1 - varianceWithin(values, limit) / variance(values);
            assertEquals(expected, histogram.separation(limit), 1e-6);
        }
    }

    @Test
    void twoValuesAreFullySeparated() {
        Histogram histogram = histogram(20, 20, 20, 200, 200);
        int threshold = histogram.otsuThreshold();
        assertTrue(threshold > 20 && threshold <= 200, "threshold " + threshold);
        assertEquals(1, histogram.separation(threshold), 1e-9);
    }

    @Test
    void oneValueHasNoSeparation() {
        Histogram histogram = histogram(77, 77, 77);
        assertEquals(0, histogram.separation(histogram.otsuThreshold()), 1e-9);
        assertEquals(77, histogram.median());
    }
}
