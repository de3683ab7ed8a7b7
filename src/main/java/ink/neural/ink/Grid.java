package ink.neural.ink;

import java.util.Arrays;

/**
 * A picture reduced to the means of square blocks.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param factor side of a block in pixels
 * @param values {@code width * height} means
 */
record Grid(int width, int height, int factor, int[] values) {
    /** Reduces a channel by the smallest factor that makes its longest side at most {@code maxSide}. */
    static Grid of(Channel channel, int maxSide) {
        int factor = factor(channel.width(), channel.height(), maxSide);
        int width = ceilDiv(channel.width(), factor);
        int height = ceilDiv(channel.height(), factor);
        int[] sums = new int[width * height];
        for (int y = 0; y < channel.height(); y++) {
            addRow(channel, y, factor, sums, y / factor * width);
        }
        for (int row = 0; row < height; row++) {
            int rows = Math.min(factor, channel.height() - row * factor);
            for (int column = 0; column < width; column++) {
                int columns = Math.min(factor, channel.width() - column * factor);
                sums[row * width + column] /= rows * columns;
            }
        }
        return new Grid(width, height, factor, sums);
    }

    private static void addRow(Channel channel, int y, int factor, int[] sums, int target) {
        byte[] values = channel.values();
        int at = y * channel.width();
        int end = at + channel.width();
        for (int column = target; at < end; column++) {
            int blockEnd = Math.min(end, at + factor);
            int sum = 0;
            while (at < blockEnd) {
                sum += values[at++] & 0xFF;
            }
            sums[column] += sum;
        }
    }

    private static int factor(int width, int height, int maxSide) {
        return ceilDiv(Math.max(width, height), maxSide);
    }

    private static int ceilDiv(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** Reduces the grid further. */
    Grid reduce(int maxSide) {
        Grid reduced = of(toChannel(), maxSide);
        return new Grid(reduced.width, reduced.height, reduced.factor * factor, reduced.values);
    }

    /** Enlarges the grid to the blocks of a finer one. */
    Grid enlargeTo(Grid finer) {
        int ratio = factor / finer.factor;
        int[] enlarged = new int[finer.values.length];
        for (int y = 0; y < finer.height; y++) {
            for (int x = 0; x < finer.width; x++) {
                enlarged[y * finer.width + x] = values[y / ratio * width + x / ratio];
            }
        }
        return new Grid(finer.width, finer.height, finer.factor, enlarged);
    }

    Histogram histogram() {
        int[] counts = new int[256];
        for (int value : values) {
            counts[value]++;
        }
        return new Histogram(counts, values.length);
    }

    Channel toChannel() {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Channel(width, height, bytes);
    }

    Grid inverted() {
        int[] inverted = new int[values.length];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = 255 - values[i];
        }
        return new Grid(width, height, factor, inverted);
    }

    /**
     * Fills what is darker than its surroundings and narrower than a square of {@code 2 * radius + 1} (morphological
     * closing; J. Serra, Image Analysis and Mathematical Morphology, 1982).
     */
    Grid close(int radius) {
        return dilate(radius).erode(radius);
    }

    /** The minimum in the square around each position. */
    Grid erode(int radius) {
        return inverted().dilate(radius).inverted();
    }

    /**
     * The maximum in the square around each position. Columns and rows are independent. The grid is padded, so that a shift
     * of the whole array shifts each row.
     */
    Grid dilate(int radius) {
        int window = 2 * radius + 1;
        int paddedWidth = width + window;
        int[] padded = new int[paddedWidth * (height + window)];
        Arrays.fill(padded, Integer.MIN_VALUE);
        for (int y = 0; y < height; y++) {
            System.arraycopy(values, y * width, padded, (y + radius) * paddedWidth + radius, width);
        }
        slideMaximum(padded, window, 1);
        slideMaximum(padded, window, paddedWidth);
        int[] dilated = new int[values.length];
        for (int y = 0; y < height; y++) {
            System.arraycopy(padded, y * paddedWidth, dilated, y * width, width);
        }
        return new Grid(width, height, factor, dilated);
    }

    /** Maxima of the windows that start at each position. A window twice as wide is the maximum of two side by side. */
    private static void slideMaximum(int[] values, int window, int stride) {
        int covered = 1;
        for (; 2 * covered <= window; covered *= 2) {
            maxWithShifted(values, covered * stride);
        }
        maxWithShifted(values, (window - covered) * stride);
    }

    private static void maxWithShifted(int[] values, int shift) {
        for (int i = 0; i < values.length - shift; i++) {
            values[i] = Math.max(values[i], values[i + shift]);
        }
    }
}
