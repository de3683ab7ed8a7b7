package ink.neural.ink;

import ink.neural.ink.Ink.Box;
import java.util.Optional;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    private static final int MIN_RANGE = 24;
    private static final int THIN = 2;
    private static final byte DARK = 1;
    private static final byte LIGHT = 2;

    private final Grid grid;
    /** Where there is any contrast nearby: dark or light. Elsewhere flat. */
    private final Channel sides;
    /** The contrast around each cell. Ink has more of it than shadows have. */
    private final int[] ranges;

    private Polarity(Grid grid) {
        this.grid = grid;
        ranges = new int[grid.values().length];
        sides = new Channel(grid.width(), grid.height(), new byte[grid.values().length]);
        int radius = Math.max(2, Math.min(grid.width(), grid.height()) / 6);
        int[] high = grid.dilate(radius).values();
        int[] low = grid.erode(radius).values();
        for (int i = 0; i < high.length; i++) {
            ranges[i] = high[i] - low[i];
        }
        int strong = Math.max(MIN_RANGE, java.util.Arrays.stream(ranges).max().orElse(0) / 2);
        for (int i = 0; i < high.length; i++) {
            if (ranges[i] >= strong) {
                sides.values()[i] = 2 * grid.values()[i] < high[i] + low[i] ? DARK : LIGHT;
            }
        }
    }

    /** The areas that dark and light cover decide. Empty if the thin lines of the picture say otherwise. */
    static Optional<Boolean> isDark(Grid fine, Grid coarse) {
        boolean dark = new Polarity(coarse).isDark();
        double darkLines = energy(fine, fine.close(THIN));
        double lightLines = energy(fine, fine.inverted().close(THIN).inverted());
        boolean contradict = !isTwoTone(fine) && (dark ? lightLines > 1.5 * darkLines : darkLines > 1.5 * lightLines);
        return contradict ? Optional.empty() : Optional.of(dark);
    }

    /** Whether nearly all of a picture has one of two brightnesses, which differ as ink and paper do. */
    private static boolean isTwoTone(Grid grid) {
        int[] counts = new int[256];
        for (int value : grid.values()) {
            counts[value]++;
        }
        int total = grid.values().length;
        int split = Noise.otsu(counts, total);
        int below = 0;
        for (int value = 0; value < split; value++) {
            below += counts[value];
        }
        int dark = Noise.percentile(counts, below / 2);
        int light = Noise.percentile(counts, below + (total - below) / 2);
        int near = 0;
        for (int value = 0; value < 256; value++) {
            if (Math.min(Math.abs(value - dark), Math.abs(value - light)) <= 12) {
                near += counts[value];
            }
        }
        return dark < 0.45 * light && near >= 0.75 * total;
    }

    private static double energy(Grid grid, Grid filled) {
        double energy = 0;
        for (int i = 0; i < grid.values().length; i++) {
            double difference = filled.values()[i] - grid.values()[i];
            energy += difference * difference;
        }
        return energy;
    }

    /** Paper covers more than ink does, unless the picture is cropped tightly to thick strokes. */
    private boolean isDark() {
        byte minority = weight(DARK) <= weight(LIGHT) ? DARK : LIGHT;
        return (minority == DARK) != isPaper(minority, area(minority));
    }

    /** Whether the side of the smaller area consists of the gaps between strokes that fill the picture. */
    private boolean isPaper(byte side, double area) {
        boolean narrow = Math.max(grid.width(), grid.height()) >= 2.2 * Math.min(grid.width(), grid.height());
        if (!narrow && area < 0.15) {
            return false;
        }
        Components gaps = components(side);
        Components strokes = components(side == DARK ? LIGHT : DARK);
        return gaps.roots().length > 0
                && strokes.roots().length > 0
                && touchesEdges(gaps)
                && extent(strokes) >= 0.9
                && sidesTouched(gaps) >= 3
                && extent(gaps) < (narrow ? 0.55 : 0.75);
    }

    private double weight(byte side) {
        double weight = 0;
        for (int i = 0; i < ranges.length; i++) {
            if (sides.values()[i] == side) {
                weight += (double) ranges[i] * ranges[i];
            }
        }
        return weight;
    }

    /** The share of the cells on a side. */
    private double area(byte side) {
        int count = 0;
        for (byte value : sides.values()) {
            if (value == side) {
                count++;
            }
        }
        return (double) count / sides.values().length;
    }

    private Components components(byte side) {
        boolean[] inked = new boolean[256];
        inked[side] = true;
        return Components.of(sides, inked);
    }

    /** Whether half of a side's area belongs to components that reach the edge of the picture. */
    private boolean touchesEdges(Components components) {
        int touching = 0;
        int all = 0;
        for (int root : components.roots()) {
            Box box = components.box(root);
            all += components.area(root);
            if (box.left() == 0 || box.top() == 0 || box.right() == grid.width() || box.bottom() == grid.height()) {
                touching += components.area(root);
            }
        }
        return 10 * touching >= all;
    }

    /** How many sides of the picture a component reaches. */
    private int sidesTouched(Components components) {
        boolean[] touched = new boolean[4];
        for (int root : components.roots()) {
            Box box = components.box(root);
            touched[0] |= box.left() == 0;
            touched[1] |= box.top() == 0;
            touched[2] |= box.right() == grid.width();
            touched[3] |= box.bottom() == grid.height();
        }
        int count = 0;
        for (boolean side : touched) {
            count += side ? 1 : 0;
        }
        return count;
    }

    /** The part of the picture that the bounding box of the largest component covers. */
    private double extent(Components components) {
        Box box = components.box(components.largest());
        return (double) box.width() * box.height() / grid.values().length;
    }
}
