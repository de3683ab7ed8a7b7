package ink.neural.ink;

import ink.neural.ink.Ink.Box;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    private static final int MIN_RANGE = 24;

    private final Grid grid;
    /** Where there is any contrast nearby: 1 where it is dark, 2 where it is light. Elsewhere 0. */
    private final byte[] sides;

    private Polarity(Grid grid) {
        this.grid = grid;
        sides = new byte[grid.values().length];
        int radius = Math.max(2, Math.min(grid.width(), grid.height()) / 8);
        int[] high = grid.dilate(radius).values();
        int[] low = grid.erode(radius).values();
        for (int i = 0; i < sides.length; i++) {
            if (high[i] - low[i] >= MIN_RANGE) {
                sides[i] = (byte) (2 * grid.values()[i] < high[i] + low[i] ? 1 : 2);
            }
        }
    }

    static boolean isDark(Grid grid) {
        return new Polarity(grid).isDark();
    }

    private boolean isDark() {
        double darkBorder = share(1, true);
        double lightBorder = share(2, true);
        double darkArea = share(1, false);
        double lightArea = share(2, false);
        if (Math.min(darkBorder, lightBorder) > 0 && darkBorder + lightBorder > 0.9) {
            double dark = extent(1);
            double light = extent(2);
            // cropped tightly
            if (darkBorder < 0.75 && lightBorder < 0.75) {
                if (Math.max(dark, light) >= 0.9 && Math.abs(dark - light) > 0.1) {
                    return dark > light;
                }
            } else if (darkBorder >= 0.75 && lightArea > 0.12 && light < 0.35 && dark > 0.95) {
                return true;
            } else if (lightBorder >= 0.75 && darkArea > 0.12 && dark < 0.35 && light > 0.95) {
                return false;
            }
        }
        return lightArea + 3 * lightBorder >= darkArea + 3 * darkBorder;
    }

    /** The share of cells, or of border cells, on a side. */
    private double share(int side, boolean border) {
        int count = 0;
        int total = 0;
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                if (!border || x == 0 || y == 0 || x == grid.width() - 1 || y == grid.height() - 1) {
                    total++;
                    if (sides[y * grid.width() + x] == side) {
                        count++;
                    }
                }
            }
        }
        return (double) count / total;
    }

    /** The part of the picture that the bounding box of a side's largest component covers. */
    private double extent(int side) {
        boolean[] inked = new boolean[256];
        inked[side] = true;
        Components components = Components.of(new Channel(grid.width(), grid.height(), sides), inked);
        if (components.roots().length == 0) {
            return 0;
        }
        Box box = components.box(components.largest());
        return (double) box.width() * box.height() / sides.length;
    }
}
