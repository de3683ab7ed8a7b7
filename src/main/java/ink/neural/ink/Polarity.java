package ink.neural.ink;

import java.util.Arrays;
import java.util.Optional;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    /** The least contrast, in grey levels, of ink and paper. */
    private static final int MIN_RANGE = 24;
    /** Fills lines of up to four blocks of the fine grid. */
    private static final int THIN = 2;
    /** How many times as strong the thin lines of one side have to be. */
    private static final double CLEARLY = 1.2;
    /** The ratio of the sides of a picture that a 1 may fill. */
    private static final double NARROW = 2.2;

    private Polarity() {}

    /**
     * Decides whether the ink is dark.
     *
     * @param fine the picture
     * @param coarse the picture, reduced further
     * @return empty if that is uncertain
     */
    static Optional<Boolean> isInkDark(Grid fine, Grid coarse) {
        Optional<TwoTones> tones = TwoTones.of(fine);
        if (tones.isPresent()) {
            return Optional.of(isInkDark(fine, tones.get().threshold()));
        }
        boolean dark = coversLess(coarse);
        double darkLines = energy(fine, fine.close(THIN));
        double lightLines = energy(fine, fine.inverted().close(THIN).inverted());
        boolean linesDisagree = dark ? lightLines > CLEARLY * darkLines : darkLines > CLEARLY * lightLines;
        return linesDisagree ? Optional.empty() : Optional.of(dark);
    }

    /** Paper covers more than ink does, unless the picture is cropped tightly to thick strokes. */
    private static boolean isInkDark(Grid grid, int threshold) {
        Components light = Components.of(grid.toChannel(), threshold);
        Components dark = Components.of(grid.inverted().toChannel(), 256 - threshold);
        return area(dark) <= area(light)
                ? !isPaperBetweenStrokes(dark, light, grid)
                : isPaperBetweenStrokes(light, dark, grid);
    }

    private static int area(Components components) {
        return Arrays.stream(components.roots()).map(components::area).sum();
    }

    /** Whether the smaller side consists of gaps around strokes that fill the picture. */
    private static boolean isPaperBetweenStrokes(Components gaps, Components strokes, Grid grid) {
        if (gaps.isEmpty() || strokes.isEmpty()) {
            return false;
        }
        if (isWholeBorder(gaps, grid)) {
            return true;
        }
        if (extent(strokes, grid) < 0.9) {
            return false;
        }
        int longer = Math.max(grid.width(), grid.height());
        int shorter = Math.min(grid.width(), grid.height());
        boolean narrow = longer >= NARROW * shorter;
        boolean large = area(gaps) >= 0.15 * grid.values().length;
        return (narrow || large) && extent(gaps, grid) < (narrow ? 0.55 : 0.75) && surround(gaps, grid);
    }

    /** Whether a component goes all the way around the picture. */
    private static boolean isWholeBorder(Components components, Grid grid) {
        boolean[] pixels = components.pixels(components.largest(), grid.values().length);
        int covered = 0;
        int border = 0;
        for (int i = 0; i < pixels.length; i++) {
            int x = i % grid.width();
            int y = i / grid.width();
            if (x == 0 || y == 0 || x == grid.width() - 1 || y == grid.height() - 1) {
                border++;
                covered += pixels[i] ? 1 : 0;
            }
        }
        return covered >= 0.98 * border;
    }

    /** The share of the picture that the bounding box of the largest component covers. */
    private static double extent(Components components, Grid grid) {
        Box box = components.box(components.largest());
        return (double) box.width() * box.height() / grid.values().length;
    }

    /** Whether gaps reach three sides of the picture, with more than a tenth of their area. */
    private static boolean surround(Components gaps, Grid grid) {
        int[] outer = Arrays.stream(gaps.roots())
                .filter(root -> grid.sidesTouched(gaps.box(root)) > 0)
                .toArray();
        Optional<Box> all = Arrays.stream(outer).mapToObj(gaps::box).reduce(Box::union);
        return all.map(grid::sidesTouched).orElse(0) >= 3
                && 10 * Arrays.stream(outer).map(gaps::area).sum() >= area(gaps);
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
