package ink.neural.glyph;

import ink.neural.drawing.Drawing;
import java.util.Arrays;

/**
 * A drawing seen as ink on paper. Paper is passed over many pixels at a time: most of a drawing is bare.
 *
 * @param drawing the drawing
 * @param bare a row of paper, as the drawing has it
 * @param amounts for each grey its distance from the paper in the direction of the ink, 0 to 255
 */
record Ink(Drawing drawing, byte[] bare, int[] amounts) {
    /** The paper's brightness is the median of the drawing's border; on light paper ink is dark, on dark paper light. */
    static Ink on(Drawing drawing) {
        int paper = median(border(drawing));
        int sign = paper > 127 ? -1 : 1;
        byte[] bare = new byte[drawing.width()];
        Arrays.fill(bare, (byte) paper);
        int[] amounts = new int[256];
        for (int grey = 0; grey < amounts.length; grey++) {
            amounts[grey] = Math.max(0, sign * (grey - paper));
        }
        return new Ink(drawing, bare, amounts);
    }

    /** How often each grey is on the border. */
    private static int[] border(Drawing drawing) {
        int width = drawing.width();
        int height = drawing.height();
        int[] counts = new int[256];
        for (int y = 0; y < height; y++) {
            int step = y == 0 || y == height - 1 || width == 1 ? 1 : width - 1;
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

    /** The first pixel from one on, in its row, that is not bare; or the end, if there is none before it. */
    int next(int from, int end) {
        byte[] greys = drawing.greys();
        if (from >= end || greys[from] != bare[0]) {
            return from;
        }
        int distance = Arrays.mismatch(greys, from, end, bare, 0, end - from);
        return distance < 0 ? end : from + distance;
    }

    /** Where the run of pixels of one grey ends that begins at a pixel. */
    int runEnd(int from, int end) {
        byte[] greys = drawing.greys();
        int to = from + 1;
        while (to < end && greys[to] == greys[from]) {
            to++;
        }
        return to;
    }

    /** The amount of ink at a pixel. */
    int at(int pixel) {
        return amounts[drawing.greys()[pixel] & 0xFF];
    }

    /**
     * The smallest rectangle with all ink worth the name.
     *
     * @param faintest the least darkest amount that is ink and not noise
     * @param share of the darkest amount, from which on a pixel counts
     * @throws EmptyDrawingException if there is none
     */
    Box box(int faintest, float share) {
        int width = drawing.width();
        int[] first = new int[drawing.height()];
        int[] last = new int[drawing.height()];
        int darkest = 0;
        for (int y = 0, start = 0; y < first.length; y++, start += width) {
            int end = start + width;
            first[y] = next(start, end);
            last[y] = start - 1;
            for (int i = first[y]; i < end; i = next(last[y] + 1, end)) {
                darkest = Math.max(darkest, at(i));
                last[y] = runEnd(i, end) - 1;
            }
        }
        if (darkest < faintest) {
            throw new EmptyDrawingException();
        }
        return box(first, last, share * darkest);
    }

    /** The smallest rectangle with all pixels that have so much ink, between the first and the last of each row. */
    private Box box(int[] first, int[] last, float least) {
        int width = drawing.width();
        int left = width;
        int top = first.length;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < first.length; y++) {
            int from = first[y];
            int to = last[y];
            while (from <= to && at(from) < least) {
                from++;
            }
            while (from <= to && at(to) < least) {
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
     * A rectangle.
     *
     * @param left its first column
     * @param top its first row
     * @param width columns
     * @param height rows
     */
    record Box(int left, int top, int width, int height) {}
}
