package ink.neural.glyph;

import ink.neural.drawing.Drawing;
import java.util.Arrays;

/**
 * A drawing seen as ink on paper. The ink density of a pixel is how far its brightness lies from the paper's, towards
 * the ink: darker on light paper, lighter on dark paper. It ranges from 0 to 255.
 *
 * <p>Most of a drawing is blank. {@link #nextInked} skips blank pixels with a vectorised comparison, so that time is
 * spent on inked pixels only.
 *
 * @param drawing the drawing
 * @param blankRow a row of paper, in the drawing's greys
 * @param densities the ink density of each grey
 */
record Ink(Drawing drawing, byte[] blankRow, int[] densities) {
    /** Finds the paper's brightness, which is the median of the drawing's border. */
    static Ink on(Drawing drawing) {
        int paper = median(borderHistogram(drawing));
        int sign = paper > 127 ? -1 : 1;
        byte[] blankRow = new byte[drawing.width()];
        Arrays.fill(blankRow, (byte) paper);
        int[] densities = new int[256];
        for (int grey = 0; grey < densities.length; grey++) {
            densities[grey] = Math.max(0, sign * (grey - paper));
        }
        return new Ink(drawing, blankRow, densities);
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

    /**
     * Finds the first pixel in part of a row that is not blank.
     *
     * @param from index of the first pixel to look at
     * @param end index after the last one, in the same row
     * @return the pixel's index, or {@code end} if all are blank
     */
    int nextInked(int from, int end) {
        byte[] greys = drawing.greys();
        if (from >= end || greys[from] != blankRow[0]) {
            return from;
        }
        int blanks = Arrays.mismatch(greys, from, end, blankRow, 0, end - from);
        return blanks < 0 ? end : from + blanks;
    }

    /** The ink density of the pixel with the given index. */
    int density(int pixel) {
        return densities[drawing.greys()[pixel] & 0xFF];
    }

    /**
     * Finds the smallest rectangle that contains all pixels above a threshold.
     *
     * @param minPeak the lowest peak density that counts as ink
     * @param threshold the lowest density of a pixel in the rectangle's outline, as a fraction of the peak
     * @throws EmptyDrawingException if the peak density is below {@code minPeak}
     */
    Box boundingBox(int minPeak, float threshold) {
        int[] first = new int[drawing.height()];
        int[] last = new int[drawing.height()];
        int peak = scanRows(first, last);
        if (peak < minPeak) {
            throw new EmptyDrawingException();
        }
        return boundingBox(first, last, threshold * peak);
    }

    /** Stores the indices of the first and last inked pixel of each row, and returns the peak density. */
    private int scanRows(int[] first, int[] last) {
        int peak = 0;
        for (int y = 0; y < first.length; y++) {
            int start = y * drawing.width();
            int end = start + drawing.width();
            first[y] = nextInked(start, end);
            last[y] = start - 1;
            for (int pixel = first[y]; pixel < end; pixel = nextInked(pixel + 1, end)) {
                peak = Math.max(peak, density(pixel));
                last[y] = pixel;
            }
        }
        return peak;
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
