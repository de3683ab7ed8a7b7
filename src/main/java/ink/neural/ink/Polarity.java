package ink.neural.ink;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    /** The least contrast, in grey levels, of ink and paper. */
    private static final int MIN_RANGE = 24;
    /** Fills lines of up to four blocks of the fine grid. */
    private static final int THIN = 2;
    /** How many times as strong the thin lines of one side have to be. */
    private static final double CLEARLY = 1.2;

    /** In a tight crop of thick strokes, each tone covers at least this share of the picture. */
    private static final double MIN_TIGHT = 0.25;
    /** The ratio of the sides of a picture that a 1 may fill. */
    private static final double NARROW = 2.2;

    private Polarity() {}

    /**
     * Decides whether the ink is dark.
     *
     * @param fine the picture
     * @param coarse the picture, reduced further
     * @param tones the two tones of the picture, if it has no more
     * @return empty if that is uncertain
     */
    static Optional<Boolean> isInkDark(Grid fine, Grid coarse, Optional<TwoTones> tones) {
        if (tones.isPresent()) {
            return Optional.of(isInkDarkOfTwoTones(fine, tones.get().threshold()));
        }
        boolean dark = coversLess(coarse);
        double darkLines = energy(fine, fine.close(THIN));
        double lightLines = energy(fine, fine.inverted().close(THIN).inverted());
        boolean linesDisagree = dark ? lightLines > CLEARLY * darkLines : darkLines > CLEARLY * lightLines;
        return linesDisagree ? Optional.empty() : Optional.of(dark);
    }

    /** Paper covers more than ink does. If a picture is cropped tightly to thick strokes, paper still has its corners. */
    private static boolean isInkDarkOfTwoTones(Grid grid, int threshold) {
        double light = (double) grid.histogram().from(threshold).total() / grid.values().length;
        int longer = Math.max(grid.width(), grid.height());
        int shorter = Math.min(grid.width(), grid.height());
        boolean narrow = longer > NARROW * shorter;
        boolean mayBeTight = narrow || Math.min(light, 1 - light) > MIN_TIGHT;
        long lightCorners = lightCorners(grid, threshold);
        if (mayBeTight && lightCorners != 2) {
            return lightCorners > 2;
        }
        return narrow && lightCorners == 2 ? light < 0.5 : light >= 0.5;
    }

    private static long lightCorners(Grid grid, int threshold) {
        int right = grid.width() - 1;
        int bottom = grid.values().length - grid.width();
        return IntStream.of(0, right, bottom, bottom + right)
                .filter(corner -> grid.values()[corner] >= threshold)
                .count();
    }

    /**
     * Whether dark covers less than light. Only blocks near strong contrast count, and they count by their contrast,
     * because shadows have less of it than ink.
     */
    private static boolean coversLess(Grid grid) {
        int radius = Math.max(2, Math.min(grid.width(), grid.height()) / 6);
        int[] high = grid.dilate(radius).values();
        int[] low = grid.erode(radius).values();
        int[] ranges = new int[high.length];
        Arrays.setAll(ranges, i -> high[i] - low[i]);
        int strong = Math.max(MIN_RANGE, Arrays.stream(ranges).max().orElse(0) / 2);
        double balance = 0;
        for (int i = 0; i < ranges.length; i++) {
            if (ranges[i] >= strong) {
                boolean dark = 2 * grid.values()[i] < high[i] + low[i];
                balance += (dark ? -1.0 : 1.0) * ranges[i] * ranges[i];
            }
        }
        return balance >= 0;
    }

    /** The squares of what a closing changed. */
    private static double energy(Grid grid, Grid closed) {
        double energy = 0;
        for (int i = 0; i < grid.values().length; i++) {
            double difference = closed.values()[i] - grid.values()[i];
            energy += difference * difference;
        }
        return energy;
    }
}
