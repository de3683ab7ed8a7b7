package ink.neural.ink;

/**
 * How much each pixel differs from the paper under it, relative to the paper's brightness, so that light and shadow cancel
 * out. The paper is estimated by a morphological closing, which fills strokes up to the width of its element but keeps the
 * edges of shadows (black-hat transform).
 */
final class Contrast {
    /** The longest side of the grid of block means on which the paper is estimated. */
    private static final int GRID = 320;
    /** Keeps the ratio finite on black paper, in grey levels. */
    private static final int OFFSET = 12;

    private final Channel channel;
    private final int factor;
    private final int gridWidth;
    private final int gridHeight;
    private final int[] grid;
    private int[] paper;

    private Contrast(Channel channel) {
        this.channel = channel;
        factor = (Math.max(channel.width(), channel.height()) + GRID - 1) / GRID;
        gridWidth = (channel.width() + factor - 1) / factor;
        gridHeight = (channel.height() + factor - 1) / factor;
        grid = blockMeans();
    }

    /** The contrast of dark or light ink, whichever the picture shows. */
    static Channel of(Channel channel) {
        Contrast dark = new Contrast(channel);
        Contrast light = new Contrast(channel.inverted());
        int radius = Math.max(2, (int) (0.3 * Math.min(dark.gridWidth, dark.gridHeight)));
        Contrast chosen = Polarity.isDark(dark.grid, dark.gridWidth, dark.gridHeight) ? dark : light;
        chosen.estimatePaper(radius);
        chosen.refine(radius);
        return chosen.channel(chosen == light);
    }

    private int[] blockMeans() {
        int[] means = new int[gridWidth * gridHeight];
        int[] sums = new int[gridWidth];
        for (int row = 0; row < gridHeight; row++) {
            java.util.Arrays.fill(sums, 0);
            int endY = Math.min(channel.height(), (row + 1) * factor);
            for (int y = row * factor; y < endY; y++) {
                int at = y * channel.width();
                for (int column = 0; column < gridWidth; column++) {
                    int end = Math.min(channel.width(), (column + 1) * factor);
                    int sum = 0;
                    for (int x = column * factor; x < end; x++) {
                        sum += channel.values()[at + x] & 0xFF;
                    }
                    sums[column] += sum;
                }
            }
            for (int column = 0; column < gridWidth; column++) {
                int w = Math.min(channel.width(), (column + 1) * factor) - column * factor;
                means[row * gridWidth + column] = sums[column] / (w * (endY - row * factor));
            }
        }
        return means;
    }

    private void estimatePaper(int radius) {
        paper = Morphology.close(grid, gridWidth, gridHeight, radius);
    }

    /** Estimates the paper once more with an element just wider than the strokes. */
    private void refine(int radius) {
        int width = strokeWidth();
        int fine = (int) Math.ceil(1.5 * width) + 2;
        if (fine < radius) {
            estimatePaper(fine);
        }
    }

    private int strokeWidth() {
        int[] counts = new int[256];
        for (int i = 0; i < grid.length; i++) {
            counts[gridContrast(i)]++;
        }
        int rest = Math.max(8, grid.length / 500);
        int top = 255;
        while (top > 1 && rest > counts[top]) {
            rest -= counts[top--];
        }
        byte[] levels = new byte[grid.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) gridContrast(i);
        }
        Components components = Components.of(new Channel(gridWidth, gridHeight, levels), (int) (0.6 * top));
        double area = 0;
        double length = 0;
        for (int root : components.roots()) {
            area += components.area(root);
            length += components.area(root) / components.strokeWidth(root);
        }
        return (int) Math.ceil(area / Math.max(1, length));
    }

    private int gridContrast(int i) {
        return Math.min(255, 255 * (paper[i] - grid[i]) / (paper[i] + OFFSET));
    }

    private Channel channel(boolean inverted) {
        float[] scale = inverted ? lightScale() : darkScale();
        byte[] contrast = new byte[channel.values().length];
        float[] row = new float[gridWidth];
        for (int y = 0; y < channel.height(); y++) {
            interpolateRow(y, row);
            for (int x = 0; x < channel.width(); x++) {
                float position = Math.max(0, Math.min(gridWidth - 1.001f, (x + 0.5f) / factor - 0.5f));
                int column = (int) position;
                float fraction = position - column;
                float background = gridWidth == 1 ? row[0] : row[column] + fraction * (row[column + 1] - row[column]);
                float difference = background - channel.value(x, y);
                contrast[y * channel.width() + x] =
                        (byte) Math.max(0, Math.min(255, difference * scale[(int) background] + 0.5f));
            }
        }
        return new Channel(channel.width(), channel.height(), contrast);
    }

    private float[] darkScale() {
        float[] scale = new float[256];
        for (int paper = 0; paper < 256; paper++) {
            scale[paper] = 255f / (paper + OFFSET);
        }
        return scale;
    }

    /** On dark paper, light ink can be many times as bright as the paper. Relative to the mean paper, so that the range suffices. */
    private float[] lightScale() {
        double mean = 0;
        for (int value : paper) {
            mean += 255 - value;
        }
        mean /= paper.length;
        float[] scale = new float[256];
        for (int paper = 0; paper < 256; paper++) {
            scale[paper] = (float) (255 / (256 - mean) * (mean + OFFSET) / (255 - paper + OFFSET));
        }
        return scale;
    }

    private void interpolateRow(int y, float[] row) {
        float position = Math.max(0, Math.min(gridHeight - 1.001f, (y + 0.5f) / factor - 0.5f));
        int above = (int) position;
        float fraction = position - above;
        for (int x = 0; x < gridWidth; x++) {
            int a = paper[above * gridWidth + x];
            int b = gridHeight == 1 ? a : paper[(above + 1) * gridWidth + x];
            row[x] = a + fraction * (b - a);
        }
    }
}
