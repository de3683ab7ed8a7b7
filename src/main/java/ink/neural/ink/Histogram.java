package ink.neural.ink;

import java.util.Arrays;

/**
 * How often each of the 256 values occurs.
 *
 * @param counts the number of pixels of each value
 * @param total the number of all pixels
 */
record Histogram(int[] counts, int total) {
    static Histogram of(byte[] values) {
        // Counts of equal values would wait for each other, so neighbours are counted in two arrays.
        int[] counts = new int[256];
        int[] others = new int[256];
        for (int i = 0; i + 1 < values.length; i += 2) {
            counts[values[i] & 0xFF]++;
            others[values[i + 1] & 0xFF]++;
        }
        if (values.length % 2 == 1) {
            counts[values[values.length - 1] & 0xFF]++;
        }
        Arrays.setAll(counts, value -> counts[value] + others[value]);
        return new Histogram(counts, values.length);
    }

    /** The lowest value that at least {@code rank + 1} pixels do not exceed. */
    int valueAt(int rank) {
        int value = 0;
        int rest = rank;
        while (value < 255 && rest >= counts[value]) {
            rest -= counts[value++];
        }
        return value;
    }

    int median() {
        return valueAt(total / 2);
    }

    int countBelow(int limit) {
        int count = 0;
        for (int value = 0; value < limit; value++) {
            count += counts[value];
        }
        return count;
    }

    /** The pixels from one value to another, as a histogram of their own. */
    private Histogram range(int from, int to) {
        int[] part = new int[256];
        System.arraycopy(counts, from, part, from, to - from);
        return new Histogram(part, countBelow(to) - countBelow(from));
    }

    /** The pixels below a limit. */
    Histogram below(int limit) {
        return range(0, limit);
    }

    /** The pixels from a limit on. */
    Histogram from(int limit) {
        return range(limit, 256);
    }

    double mean() {
        double sum = 0;
        for (int value = 0; value < 256; value++) {
            sum += (double) value * counts[value];
        }
        return sum / Math.max(1, total);
    }

    private double variance() {
        double mean = mean();
        double sum = 0;
        for (int value = 0; value < 256; value++) {
            sum += (value - mean) * (value - mean) * counts[value];
        }
        return sum / Math.max(1, total);
    }

    /**
     * The first value of the upper of two classes. The split maximises the variance between the classes (N. Otsu, A
     * Threshold Selection Method from Gray-Level Histograms, 1979).
     */
    int otsuThreshold() {
        double sum = mean() * total;
        double best = 0;
        int threshold = 128;
        double below = 0;
        double sumBelow = 0;
        for (int value = 0; value < 255; value++) {
            below += counts[value];
            sumBelow += (double) value * counts[value];
            double above = total - below;
            double difference = sumBelow / Math.max(1, below) - (sum - sumBelow) / Math.max(1, above);
            double between = below * above * difference * difference;
            if (between > best) {
                best = between;
                threshold = value + 1;
            }
        }
        return threshold;
    }

    /** The share of the variance that lies between the two classes that a threshold separates. */
    double separation(int threshold) {
        Histogram lower = below(threshold);
        Histogram upper = from(threshold);
        double difference = upper.mean() - lower.mean();
        double between = (double) lower.total / total * upper.total / total * difference * difference;
        return between / Math.max(1e-9, variance());
    }
}
