package ink.neural.drawing;

import ink.neural.drawing.pixel.PackedSamples;
import java.util.Arrays;

/**
 * Reduces a picture while it is decoded, so that no drawing holds more than {@link #MAX_PIXELS}. This is area averaging,
 * or a box filter: each pixel of the drawing is the mean of a square of pixels, with colours weighted by their alpha.
 * The side of the square is the smallest whole number that suffices. A picture that is small enough stays as it is.
 */
final class BoxFilter {
    /** The most pixels of a drawing. */
    static final int MAX_PIXELS = 1 << 20;

    private static final int CHANNEL = 0xFFFF;

    private final int width;
    private final int height;
    private final int factor;
    private final int reducedWidth;
    private final DrawingBuilder drawing;
    /** The sums of the squares: those of one row of the drawing, or those of all rows. Each holds four of 16 bits. */
    private final long[] sums;

    private final boolean oneRow;
    /** The row of the drawing whose sums are held, or -1. */
    private int openRow = -1;

    private BoxFilter(int width, int height, boolean oneRow) {
        this.width = width;
        this.height = height;
        this.oneRow = oneRow;
        factor = factor(width, height);
        reducedWidth = divideUp(width, factor);
        int reducedHeight = divideUp(height, factor);
        drawing = new DrawingBuilder(reducedWidth, reducedHeight);
        sums = factor == 1 ? null : new long[oneRow ? reducedWidth : reducedWidth * reducedHeight];
    }

    /** A filter for a picture whose rows come in order, from the top or from the bottom. */
    static BoxFilter ofRows(int width, int height) {
        return new BoxFilter(width, height, true);
    }

    /** A filter for a picture whose pixels come in any order. It needs 8 bytes for each pixel of the drawing. */
    static BoxFilter ofPixels(int width, int height) {
        return new BoxFilter(width, height, false);
    }

    /** By how much each side of a picture is divided. */
    static int factor(int width, int height) {
        int factor = 1;
        while ((long) divideUp(width, factor) * divideUp(height, factor) > MAX_PIXELS) {
            factor++;
        }
        return factor;
    }

    private static int divideUp(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** Adds a whole row. */
    void addRow(int y, int[] argb) {
        add(0, y, 1, argb, width);
    }

    /**
     * Adds pixels of one row. Each pixel of the picture must be added once.
     *
     * @param x column of the first pixel
     * @param y row of the pixels
     * @param step columns from each pixel to the next
     * @param argb their colours, not premultiplied
     * @param count number of pixels
     */
    void add(int x, int y, int step, int[] argb, int count) {
        if (factor == 1) {
            set(y * width + x, step, argb, count);
            return;
        }
        int row = y / factor;
        if (oneRow && row != openRow) {
            closeRow();
            openRow = row;
        }
        int start = oneRow ? 0 : row * reducedWidth;
        if (step == 1) {
            addAdjacent(start, x, argb, count);
        } else {
            for (int i = 0; i < count; i++) {
                sums[start + (x + i * step) / factor] += premultiplied(argb[i]);
            }
        }
    }

    private void set(int index, int step, int[] argb, int count) {
        if (step == 1) {
            drawing.set(index, argb, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            drawing.set(index + i * step, argb[i]);
        }
    }

    private void addAdjacent(int start, int x, int[] argb, int count) {
        int to = start + x / factor;
        int end = factor - x % factor;
        int previous = 0;
        long addend = 0;
        for (int i = 0; i < count; to++, end += factor) {
            long sum = 0;
            for (int stop = Math.min(end, count); i < stop; i++) {
                if (argb[i] != previous) {
                    previous = argb[i];
                    addend = premultiplied(previous);
                }
                sum += addend;
            }
            sums[to] += sum;
        }
    }

    /** A pixel as four numbers of 16 bits, from alpha (highest) to blue, where alpha weighs the colours. */
    private static long premultiplied(int argb) {
        int alpha = argb >>> 24;
        if (alpha == 255) {
            return PackedSamples.spread(argb);
        }
        if (alpha == 0) {
            return 0;
        }
        long red = (argb >> 16 & 0xFF) * alpha / 255;
        long green = (argb >> 8 & 0xFF) * alpha / 255;
        long blue = (argb & 0xFF) * alpha / 255;
        return (long) alpha << 48 | red << 32 | green << 16 | blue;
    }

    /** Writes the means of the row whose sums are held, and begins the next. */
    private void closeRow() {
        if (openRow >= 0) {
            writeRow(openRow, 0);
            Arrays.fill(sums, 0);
        }
    }

    private void writeRow(int row, int start) {
        int boxHeight = Math.min(factor, height - row * factor);
        for (int x = 0; x < reducedWidth; x++) {
            int area = boxHeight * Math.min(factor, width - x * factor);
            drawing.set(row * reducedWidth + x, mean(sums[start + x], area));
        }
    }

    private static int mean(long sum, int area) {
        int alpha = (int) (sum >>> 48);
        int opacity = (alpha + area / 2) / area;
        if (opacity == 0) {
            return 0;
        }
        // Where a square is opaque, alpha is 255 times its area, and this divides by the area.
        int red = channel((int) (sum >>> 32) & CHANNEL, alpha);
        int green = channel((int) (sum >>> 16) & CHANNEL, alpha);
        int blue = channel((int) sum & CHANNEL, alpha);
        return opacity << 24 | red << 16 | green << 8 | blue;
    }

    private static int channel(int sum, int alpha) {
        return (sum * 255 + alpha / 2) / alpha;
    }

    /** The picture, once all of its pixels have been added. */
    Drawing drawing() {
        if (sums != null) {
            if (oneRow) {
                closeRow();
            } else {
                for (int row = 0, start = 0; start < sums.length; row++, start += reducedWidth) {
                    writeRow(row, start);
                }
            }
        }
        return drawing.drawing();
    }
}
