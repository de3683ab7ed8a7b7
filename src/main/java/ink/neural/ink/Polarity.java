package ink.neural.ink;

/** Decides whether the ink is dark on light paper or light on dark paper. */
final class Polarity {
    private Polarity() {}

    static boolean isDark(int[] grid, int[] lightPaper, int[] darkPaperInverted, int width, int height) {
        double score = 0;
        double weights = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                int high = lightPaper[i];
                int low = 255 - darkPaperInverted[i];
                int range = high - low;
                if (range < 24) {
                    continue;
                }
                boolean border = x < 2 || y < 2 || x >= width - 2 || y >= height - 2;
                double weight = range * (border ? 6 : 1);
                weights += weight;
                score += weight * (2.0 * (grid[i] - low) / range - 1);
            }
        }
        return score >= 0;
    }
}
