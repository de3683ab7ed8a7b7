package ink.neural.ink;

/**
 * What separates ink from the noise of the paper in a channel of contrasts.
 *
 * @param ceiling the contrast that noise rarely exceeds
 * @param floor the lowest contrast that may be ink
 * @param threshold the lowest contrast that is ink, given the strongest contrasts of the picture
 */
record Noise(int ceiling, int floor, int threshold) {
    /** The lowest contrast, of 255, that may be ink. */
    private static final int MIN_CONTRAST = 14;
    /** Ink is at least this fraction of the strongest contrast. */
    private static final double INK = 0.35;
    /** The share of a picture that the smallest character covers. Fewer pixels of strong contrast are specks. */
    static final double SMALLEST_INK = 0.0003;

    private static final int FEWEST_PIXELS = 24;

    static Noise of(Channel contrast) {
        Histogram all = contrast.histogram();
        Histogram paper = paper(all);
        int few = Math.min(all.total(), Math.max(FEWEST_PIXELS, (int) (SMALLEST_INK * all.total())));
        int strongest = all.valueAt(all.total() - few);
        int median = paper.median();
        int sigma = median - paper.valueAt(paper.total() * 16 / 100);
        int noise = median + 4 * sigma;
        boolean muchInk = paper.total() < all.total();
        int floor = Math.max(MIN_CONTRAST, muchInk ? Math.min(noise, strongest / 2) : Math.min(noise, 254));
        int threshold = Math.max(floor, (int) (median + INK * (strongest - median)));
        return new Noise(median + 2 * sigma, floor, Math.min(254, threshold));
    }

    /** The pixels of the paper: nearly all of them, or the lower class if ink covers a third of the picture or more. */
    private static Histogram paper(Histogram all) {
        Histogram lower = all.below(all.otsuThreshold());
        return 3 * lower.total() > 2 * all.total() ? all : lower;
    }
}
