package ink.neural.ink;

import java.util.Arrays;
import java.util.Optional;

/**
 * How much each pixel differs from the paper under it, relative to the paper's brightness, so that light and shadow cancel
 * out. The paper is estimated by a morphological closing, which fills strokes up to the width of its element but keeps the
 * edges of shadows (black-hat transform).
 */
final class Contrast {
    /** The longest side of the grid on which the paper is estimated. Elongated pictures have a longer one. */
    private static final int FINE = 160;
    /** The longest side of the grid for decisions on the whole picture. Here, too, elongated pictures have a longer one. */
    private static final int COARSE = 54;
    /** The ratio of the sides above which a picture is elongated. A longer grid still shows the letters of a long line of text. */
    private static final double ELONGATED = 4;
    /** Keeps the ratio finite on black paper, in grey levels. */
    private static final int OFFSET = 12;

    private final Channel channel;
    private final Grid fine;
    private final Grid coarse;
    private final Optional<TwoTones> tones;

    Contrast(Channel channel) {
        this.channel = channel;
        double longer = longer(channel);
        fine = Grid.of(channel, (int) (longer * FINE));
        coarse = fine.reduce((int) (longer * COARSE));
        tones = TwoTones.of(fine);
    }

    /** How much longer the grids of a picture are, which then have at most as many blocks as those of a square one. */
    private static double longer(Channel channel) {
        double ratio =
                (double) Math.max(channel.width(), channel.height()) / Math.min(channel.width(), channel.height());
        return Math.max(1, Math.min(ratio / ELONGATED, Math.sqrt(ratio)));
    }

    /** Whether the ink is dark. Empty if that is uncertain. */
    Optional<Boolean> isInkDark() {
        return Polarity.isInkDark(fine, coarse, tones);
    }

    /** The contrast of dark ink, from 0 to 255. */
    Channel ofDarkInk() {
        float[] scale = darkScale();
        return tones.map(two -> relative(channel, two.light(), scale))
                .orElseGet(() -> relative(channel, paper(fine, coarse), scale));
    }

    /** The contrast of light ink, from 0 to 255. */
    Channel ofLightInk() {
        Channel inverted = channel.inverted();
        if (tones.isPresent()) {
            int paper = 255 - tones.get().dark();
            return relative(inverted, paper, lightScale(paper));
        }
        Grid paper = paper(fine.inverted(), coarse.inverted());
        return relative(
                inverted,
                paper,
                lightScale(Arrays.stream(paper.values()).average().orElseThrow()));
    }

    /** Estimates paper in uneven light with a wide element, and again with one just wider than the strokes. */
    private static Grid paper(Grid fine, Grid coarse) {
        int radius = Math.max(2, (int) (0.3 * Math.sqrt((double) coarse.width() * coarse.height())));
        Grid rough = coarse.close(radius).enlargeTo(fine);
        int wide = radius * coarse.factor() / fine.factor();
        return fine.close(Math.min(wide, (int) Math.ceil(1.5 * strokeWidth(fine, rough)) + 2));
    }

    /** The mean width of the strokes of the strongest contrast. */
    private static double strokeWidth(Grid grid, Grid paper) {
        byte[] levels = new byte[grid.values().length];
        for (int i = 0; i < levels.length; i++) {
            int background = paper.values()[i];
            levels[i] = (byte) Math.max(0, 255 * (background - grid.values()[i]) / (background + OFFSET));
        }
        Channel contrast = new Channel(grid.width(), grid.height(), levels);
        int few = Math.max(8, levels.length / 500);
        int strongest = contrast.histogram().valueAt(levels.length - Math.min(levels.length, few));
        Components components = Components.of(contrast, Math.max(1, (int) (0.6 * strongest)));
        double area = 0;
        double length = 0;
        for (int root : components.roots()) {
            area += components.area(root);
            length += components.area(root) / components.strokeWidth(root);
        }
        return area / Math.max(1, length);
    }

    /** Contrasts with paper of one brightness. */
    private static Channel relative(Channel channel, int paper, float[] scale) {
        byte[] contrasts = new byte[256];
        for (int value = 0; value < 256; value++) {
            contrasts[value] = contrast(paper, value, scale);
        }
        byte[] contrast = new byte[channel.values().length];
        for (int i = 0; i < contrast.length; i++) {
            contrast[i] = contrasts[channel.values()[i] & 0xFF];
        }
        return new Channel(channel.width(), channel.height(), contrast);
    }

    private static byte contrast(float paper, int value, float[] scale) {
        int level = (int) ((paper - value) * scale[(int) paper] + 0.5f);
        return (byte) Math.max(0, Math.min(255, level));
    }

    private static Channel relative(Channel channel, Grid paper, float[] scale) {
        int[] column = new int[channel.width()];
        float[] fraction = new float[channel.width()];
        for (int x = 0; x < column.length; x++) {
            float position = position(x, paper.factor(), paper.width());
            column[x] = (int) position;
            fraction[x] = position - column[x];
        }
        byte[] values = channel.values();
        byte[] contrast = new byte[values.length];
        float[] row = new float[paper.width() + 1];
        for (int y = 0; y < channel.height(); y++) {
            interpolateRow(paper, y, row);
            int at = y * channel.width();
            for (int x = 0; x < column.length; x++) {
                float left = row[column[x]];
                float background = left + fraction[x] * (row[column[x] + 1] - left);
                contrast[at + x] = contrast(background, values[at + x] & 0xFF, scale);
            }
        }
        return new Channel(channel.width(), channel.height(), contrast);
    }

    /** Where a pixel lies among the centres of blocks. */
    private static float position(int pixel, int factor, int blocks) {
        return Math.max(0, Math.min(blocks - 1, (pixel + 0.5f) / factor - 0.5f));
    }

    /** Interpolates the paper at the height of a row of pixels. The last value is repeated. */
    private static void interpolateRow(Grid paper, int y, float[] row) {
        float position = position(y, paper.factor(), paper.height());
        int above = (int) position * paper.width();
        int below = Math.min((int) position + 1, paper.height() - 1) * paper.width();
        float fraction = position - (int) position;
        for (int x = 0; x < paper.width(); x++) {
            int upper = paper.values()[above + x];
            row[x] = upper + fraction * (paper.values()[below + x] - upper);
        }
        row[paper.width()] = row[paper.width() - 1];
    }

    private static float[] darkScale() {
        float[] scale = new float[256];
        for (int level = 0; level < 256; level++) {
            scale[level] = 255f / (level + OFFSET);
        }
        return scale;
    }

    /** Light ink can be many times as bright as its paper. White ink on the mean paper has the full contrast. */
    private static float[] lightScale(double invertedPaper) {
        double mean = 255 - invertedPaper;
        float[] scale = new float[256];
        for (int level = 0; level < 256; level++) {
            scale[level] = (float) (255 / (256 - mean) * (mean + OFFSET) / (255 - level + OFFSET));
        }
        return scale;
    }
}
