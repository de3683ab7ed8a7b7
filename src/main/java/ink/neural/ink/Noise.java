package ink.neural.ink;

/**
 * The noise of the paper in a channel of contrasts.
 *
 * @param median the median contrast of bare paper
 * @param sigma its standard deviation
 * @param threshold the lowest contrast that counts as ink
 */
record Noise(int median, int sigma, int threshold) {
    /** The lowest contrast, of 255, that counts as ink. */
    private static final int MIN_CONTRAST = 14;

    static Noise of(Channel contrast) {
        int[] counts = contrast.histogram();
        int total = contrast.values().length;
        int split = otsu(counts, total);
        int paper = 0;
        for (int value = 0; value < split; value++) {
            paper += counts[value];
        }
        if (paper > total * 2 / 3) {
            paper = total;
        }
        int median = percentile(counts, paper / 2);
        int sigma = median - percentile(counts, paper * 16 / 100);
        int floor = Math.min(254, Math.max(MIN_CONTRAST, median + 4 * sigma));
        int few = Math.max(24, total * 3 / 10000);
        int top = Math.max(floor, percentile(counts, total - Math.min(total, few)));
        return new Noise(median, sigma, Math.max(floor, (int) (median + 0.35 * (top - median))));
    }

    /** Rules may be fainter than the ink. */
    int ruleThreshold() {
        return Math.max(Math.min(254, Math.max(MIN_CONTRAST, median + 4 * sigma)), threshold * 6 / 10);
    }

    static int percentile(int[] counts, int rank) {
        int value = 0;
        int rest = rank;
        while (value < 255 && rest >= counts[value]) {
            rest -= counts[value++];
        }
        return value;
    }

    /** The threshold that maximises the variance between the classes (N. Otsu, 1979). */
    static int otsu(int[] counts, int total) {
        double sum = 0;
        for (int value = 0; value < 256; value++) {
            sum += (double) value * counts[value];
        }
        double best = -1;
        int threshold = 128;
        double below = 0;
        double sumBelow = 0;
        for (int value = 0; value < 255; value++) {
            below += counts[value];
            sumBelow += (double) value * counts[value];
            double above = total - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double difference = sumBelow / below - (sum - sumBelow) / above;
            double variance = below * above * difference * difference;
            if (variance > best) {
                best = variance;
                threshold = value + 1;
            }
        }
        return threshold;
    }
}
