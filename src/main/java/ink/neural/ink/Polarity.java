package ink.neural.ink;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    private Polarity() {}

    static boolean isDark(int[] grid, int width, int height) {
        int radius = Math.max(2, Math.min(width, height) / 8);
        int[] high = Morphology.dilate(grid, width, height, radius);
        int[] low = Morphology.erode(grid, width, height, radius);
        double score = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int range = high[i] - low[i];
                if (range < 24) {
                    continue;
                }
                boolean border = x < 2 || y < 2 || x >= width - 2 || y >= height - 2;
                double weight = range * (border ? 4 : 1);
                score += weight * (2.0 * (grid[i] - low[i]) / range - 1);
            }
        }
        return score >= 0;
    }
}
