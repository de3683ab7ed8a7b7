package ink.neural.ink;

import java.util.Arrays;
import java.util.Optional;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    /** The least contrast, in grey levels, of ink and paper. */
    private static final int MIN_RANGE = 24;
    /** Fills lines of up to three blocks of the fine grid. */
    private static final int THIN = 2;
    /** How much more thin lines there must be on one side. */
    private static final double CLEARLY = 1.5;
    /** Sides whose ratio is larger belong to a narrow picture, which a 1 may fill. */
    private static final double NARROW = 2.2;

    private static final byte DARK = 1;
    private static final byte LIGHT = 2;

    private final Grid grid;
    /** The strongest contrast around each block. */
    private final int[] ranges;
    /** Blocks near ink are dark or light. The others are 0. */
    private final Channel sides;

    private Polarity(Grid grid) {
        this.grid = grid;
        int radius = Math.max(2, Math.min(grid.width(), grid.height()) / 6);
        int[] high = grid.dilate(radius).values();
        int[] low = grid.erode(radius).values();
        ranges = new int[high.length];
        Arrays.setAll(ranges, i -> high[i] - low[i]);
        int strong = Math.max(MIN_RANGE, Arrays.stream(ranges).max().orElse(0) / 2);
        sides = new Channel(grid.width(), grid.height(), new byte[high.length]);
        for (int i = 0; i < high.length; i++) {
            if (ranges[i] >= strong) {
                sides.values()[i] = 2 * grid.values()[i] < high[i] + low[i] ? DARK : LIGHT;
            }
        }
    }

    /**
     * Decides by the areas that dark and light cover, unless the thin lines of the picture say otherwise.
     *
     * @param fine the picture
     * @param coarse the picture, reduced further
     * @return whether the ink is dark; empty if that is uncertain
     */
    static Optional<Boolean> isInkDark(Grid fine, Grid coarse) {
        boolean dark = new Polarity(coarse).isInkDark();
        double darkLines = energy(fine, fine.close(THIN));
        double lightLines = energy(fine, fine.inverted().close(THIN).inverted());
        boolean linesDisagree = dark ? lightLines > CLEARLY * darkLines : darkLines > CLEARLY * lightLines;
        return linesDisagree && !isTwoTone(fine) ? Optional.empty() : Optional.of(dark);
    }

    private static double energy(Grid grid, Grid filled) {
        double energy = 0;
        for (int i = 0; i < grid.values().length; i++) {
            double difference = filled.values()[i] - grid.values()[i];
            energy += difference * difference;
        }
        return energy;
    }

    /** Whether nearly all of a picture has one of two brightnesses, which differ as ink and paper do but shadows do not. */
    private static boolean isTwoTone(Grid grid) {
        Histogram histogram = grid.histogram();
        int threshold = histogram.otsuThreshold();
        int dark = histogram.below(threshold).median();
        int light = histogram.from(threshold).median();
        long near = Arrays.stream(grid.values())
                .filter(value -> Math.min(Math.abs(value - dark), Math.abs(value - light)) <= 12)
                .count();
        return dark < 0.45 * light && near >= 0.75 * histogram.total();
    }

    /** Paper covers more than ink does, unless the picture is cropped tightly to thick strokes. */
    private boolean isInkDark() {
        byte smaller = weight(DARK) <= weight(LIGHT) ? DARK : LIGHT;
        return (smaller == DARK) != isPaperBetweenStrokes(smaller);
    }

    /** The area of a side. Blocks count by their contrast, because shadows have less of it than ink. */
    private double weight(byte side) {
        double weight = 0;
        for (int i = 0; i < ranges.length; i++) {
            if (sides.values()[i] == side) {
                weight += (double) ranges[i] * ranges[i];
            }
        }
        return weight;
    }

    /** Whether the smaller side consists of gaps around strokes that fill the picture. */
    private boolean isPaperBetweenStrokes(byte smaller) {
        Components gaps = components(smaller);
        Components strokes = components(smaller == DARK ? LIGHT : DARK);
        if (gaps.isEmpty() || strokes.isEmpty() || extent(strokes) < 0.9) {
            return false;
        }
        boolean narrow = Math.max(grid.width(), grid.height()) >= NARROW * Math.min(grid.width(), grid.height());
        boolean large = area(gaps) >= 0.15 * grid.values().length;
        return (narrow || large) && extent(gaps) < (narrow ? 0.55 : 0.75) && surround(gaps);
    }

    private Components components(byte side) {
        boolean[] inked = new boolean[256];
        inked[side] = true;
        return Components.of(sides, inked);
    }

    private static int area(Components components) {
        return Arrays.stream(components.roots()).map(components::area).sum();
    }

    /** The share of the picture that the bounding box of the largest component covers. */
    private double extent(Components components) {
        Box box = components.box(components.largest());
        return (double) box.width() * box.height() / grid.values().length;
    }

    /** Whether gaps reach three sides of the picture, with more than a tenth of their area. */
    private boolean surround(Components gaps) {
        int[] outer = Arrays.stream(gaps.roots())
                .filter(root -> sides.touchesEdge(gaps.box(root)))
                .toArray();
        Box all = Arrays.stream(outer).mapToObj(gaps::box).reduce(Box::union).orElse(new Box(1, 1, 1, 1));
        int reached = (all.left() == 0 ? 1 : 0)
                + (all.top() == 0 ? 1 : 0)
                + (all.right() == grid.width() ? 1 : 0)
                + (all.bottom() == grid.height() ? 1 : 0);
        return reached >= 3 && 10 * Arrays.stream(outer).map(gaps::area).sum() >= area(gaps);
    }
}
