package ink.neural.ink;

import java.util.Arrays;

/**
 * What is ink on a picture. The ink density of a pixel is 0 where there is bare paper and grows with the ink, up to 255.
 *
 * @param width columns
 * @param height rows
 * @param levels {@code width * height} pixels, row by row from the top left, as unsigned bytes
 * @param densities the ink density of each of the 256 levels
 */
public record Ink(int width, int height, byte[] levels, float[] densities) {
    /**
     * The ink density of a pixel.
     *
     * @param pixel index of the pixel
     * @return from 0 to 255
     */
    public float density(int pixel) {
        return densities[levels[pixel] & 0xFF];
    }

    /**
     * Copies the ink densities of consecutive pixels.
     *
     * @param start index of the first pixel
     * @param row receives the densities
     */
    public void copyRow(int start, float[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = densities[levels[start + x] & 0xFF];
        }
    }

    /**
     * Finds the smallest rectangle that contains all pixels of at least a certain density.
     *
     * @param minPeak the lowest peak density that counts as ink
     * @param threshold that density, as a fraction of the peak density
     * @return the rectangle
     * @throws EmptyDrawingException if the peak density is below {@code minPeak}
     */
    public Box boundingBox(int minPeak, float threshold) {
        int[] first = new int[height];
        int[] last = new int[height];
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
            int start = y * width;
            int end = start + width;
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
        int next = from + 1;
        if (next == end || levels[next] != levels[from]) {
            return next; // On the edge of a stroke, most runs are single pixels and not worth the call below.
        }
        int length = Arrays.mismatch(levels, from, end - 1, levels, next, end);
        return length < 0 ? end : next + length;
    }

    private Box boundingBox(int[] first, int[] last, float minDensity) {
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
    public record Box(int left, int top, int width, int height) {}
}
