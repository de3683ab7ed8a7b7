package ink.neural.ink;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    private Polarity() {}

    static boolean isDark(Grid grid) {
        int radius = Math.max(2, Math.min(grid.width(), grid.height()) / 8);
        int[] high = grid.dilate(radius).values();
        int[] low = grid.erode(radius).values();
        double score = 0;
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                int i = y * grid.width() + x;
                int range = high[i] - low[i];
                if (range < 24) {
                    continue;
                }
                boolean border = x < 1 || y < 1 || x >= grid.width() - 1 || y >= grid.height() - 1;
                double weight = range * (border ? 3 : 1);
                score += weight * (2.0 * (grid.values()[i] - low[i]) / range - 1);
            }
        }
        return score >= 0;
    }
}
