package ink.neural.ink;

import ink.neural.drawing.Drawing;
import java.util.Arrays;

/** Finds out what is ink on a picture, whatever its paper. */
public final class InkExtractor {
    private InkExtractor() {}

    /**
     * Extracts the ink of a picture.
     *
     * @param drawing a picture with one character
     * @return the ink, of the same width and height
     * @throws EmptyDrawingException if no ink can be distinguished from the paper
     */
    public static Ink extract(Drawing drawing) {
        int paper = median(borderHistogram(drawing));
        int sign = paper > 127 ? -1 : 1;
        float[] densities = new float[256];
        for (int grey = 0; grey < densities.length; grey++) {
            densities[grey] = Math.max(0, sign * (grey - paper));
        }
        return new Ink(drawing.width(), drawing.height(), drawing.greys(), densities);
    }

    /** Counts each grey on the border, which is one pixel wide. */
    private static int[] borderHistogram(Drawing drawing) {
        int width = drawing.width();
        int height = drawing.height();
        int[] counts = new int[256];
        for (int y = 0; y < height; y++) {
            boolean wholeRow = y == 0 || y == height - 1 || width == 1;
            int step = wholeRow ? 1 : width - 1;
            for (int x = 0; x < width; x += step) {
                counts[drawing.greys()[y * width + x] & 0xFF]++;
            }
        }
        return counts;
    }

    private static int median(int[] counts) {
        int rest = Arrays.stream(counts).sum() / 2;
        int grey = 0;
        while (rest >= counts[grey]) {
            rest -= counts[grey++];
        }
        return grey;
    }
}
