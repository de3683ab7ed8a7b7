package ink.neural.glyph;

import ink.neural.drawing.Drawing;
import java.util.Arrays;

/**
 * A drawing seen as ink on paper. The ink density of a pixel is how far its brightness lies from the paper's, towards
 * the ink: darker on light paper, lighter on dark paper. It ranges from 0 to 255.
 *
 * @param drawing the drawing
 * @param densities the ink density of each grey
 */
record Ink(Drawing drawing, float[] densities) {
    /** Finds the paper's brightness, which is the median of the drawing's border. */
    static Ink on(Drawing drawing) {
        int paper = median(borderHistogram(drawing));
        int sign = paper > 127 ? -1 : 1;
        float[] densities = new float[256];
        for (int grey = 0; grey < densities.length; grey++) {
            densities[grey] = Math.max(0, sign * (grey - paper));
        }
        return new Ink(drawing, densities);
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

    /** The ink density of the pixel with the given index. */
    float density(int pixel) {
        return densities[drawing.greys()[pixel] & 0xFF];
    }

    /** Copies the ink densities of a row of pixels, which starts at the pixel with the given index. */
    void copyRow(int start, float[] row) {
        byte[] greys = drawing.greys();
        for (int x = 0; x < row.length; x++) {
            row[x] = densities[greys[start + x] & 0xFF];
        }
    }

    /**
     * Finds the smallest rectangle that contains all pixels of at least a certain density.
     *
     * @param minPeak the lowest peak density that counts as ink
     * @param threshold that density, as a fraction of the peak density
     * @throws EmptyDrawingException if the peak density is below {@code minPeak}
     */
    Box boundingBox(int minPeak, float threshold) {
        int[] first = new int[drawing.height()];
        int[] last = new int[drawing.height()];
        float peak = scanRows(first, last);
        if (peak < minPeak) {
            throw new EmptyDrawingException();
        }
        return boundingBox(first, last, threshold * peak);
    }

    /**
     * Finds the first and the last inked pixel of each row. In a blank row, first is greater than last.
     *
     * @param first receives the index of each row's first inked pixel
     * @param last receives the index of each row's last inked pixel
     * @return the peak density
     */
    private float scanRows(int[] first, int[] last) {
        float peak = 0;
        for (int y = 0; y < first.length; y++) {
            int start = y * drawing.width();
            int end = start + drawing.width();
            first[y] = end;
            last[y] = start - 1;
            for (int run = start, runEnd; run < end; run = runEnd) {
                runEnd = runEnd(run, end);
                if (density(run) > 0) {
                    peak = Math.max(peak, density(run));
                    first[y] = Math.min(first[y], run);
                    last[y] = runEnd - 1;
                }
            }
        }
        return peak;
    }

    /**
     * Finds the end of a run of equal pixels, many pixels at a time.
     *
     * @param from index of the run's first pixel
     * @param end index after the last pixel of the row
     * @return index after the run's last pixel
     */
    private int runEnd(int from, int end) {
        byte[] greys = drawing.greys();
        int next = from + 1;
        if (next == end || greys[next] != greys[from]) {
            return next; // On the edge of a stroke, most runs are single pixels and not worth the call below.
        }
        int length = Arrays.mismatch(greys, from, end - 1, greys, next, end);
        return length < 0 ? end : next + length;
    }

    private Box boundingBox(int[] first, int[] last, float minDensity) {
        int width = drawing.width();
        int left = width;
        int top = first.length;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < first.length; y++) {
            int from = first[y];
            int to = last[y];
            while (from <= to && density(from) < minDensity) {
                from++;
            }
            while (from <= to && density(to) < minDensity) {
                to--;
            }
            if (from <= to) {
                left = Math.min(left, from - y * width);
                right = Math.max(right, to + 1 - y * width);
                top = Math.min(top, y);
                bottom = y + 1;
            }
        }
        return new Box(left, top, right - left, bottom - top);
    }

    /**
     * A rectangle of pixels.
     *
     * @param left its first column
     * @param top its first row
     * @param width columns
     * @param height rows
     */
    record Box(int left, int top, int width, int height) {}
}
