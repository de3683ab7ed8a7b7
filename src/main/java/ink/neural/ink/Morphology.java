package ink.neural.ink;

import java.util.Arrays;

/** Greyscale morphology with a square structuring element (J. Serra, Image Analysis and Mathematical Morphology, 1982). */
final class Morphology {
    private Morphology() {}

    /**
     * Closes a grid: fills what is darker than its surroundings and narrower than the element.
     *
     * @param values {@code width * height} values from 0 to 255
     * @param radius the element's side is {@code 2 * radius + 1}
     */
    static int[] close(int[] values, int width, int height, int radius) {
        return erode(dilate(values, width, height, radius), width, height, radius);
    }

    static int[] erode(int[] values, int width, int height, int radius) {
        return negate(dilate(negate(values), width, height, radius));
    }

    private static int[] negate(int[] values) {
        int[] negated = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            negated[i] = -values[i];
        }
        return negated;
    }

    /** The maximum under the element at each position. Rows and columns are independent. */
    static int[] dilate(int[] values, int width, int height, int radius) {
        int[] rows = dilateRows(values, width, height, radius);
        return transpose(dilateRows(transpose(rows, width, height), height, width, radius), height, width);
    }

    private static int[] dilateRows(int[] values, int width, int height, int radius) {
        int[] dilated = new int[values.length];
        int window = 2 * radius + 1;
        int[] padded = new int[width + window];
        for (int y = 0; y < height; y++) {
            Arrays.fill(padded, Integer.MIN_VALUE);
            System.arraycopy(values, y * width, padded, radius, width);
            int covered = 1;
            for (; 2 * covered <= window; covered *= 2) {
                maxWithShifted(padded, covered);
            }
            maxWithShifted(padded, window - covered);
            System.arraycopy(padded, 0, dilated, y * width, width);
        }
        return dilated;
    }

    /** A window twice as wide is the maximum of two windows side by side. */
    private static void maxWithShifted(int[] values, int shift) {
        for (int i = 0; i < values.length - shift; i++) {
            values[i] = Math.max(values[i], values[i + shift]);
        }
    }

    private static int[] transpose(int[] values, int width, int height) {
        int[] transposed = new int[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                transposed[x * height + y] = values[y * width + x];
            }
        }
        return transposed;
    }
}
