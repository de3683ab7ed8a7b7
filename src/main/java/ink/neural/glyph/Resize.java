package ink.neural.glyph;

import ink.neural.glyph.Ink.Box;
import java.util.Arrays;

/**
 * Resizing with the anti-aliased triangle filter, as Pillow's {@code Image.resize(..., BILINEAR)} does it for pictures
 * of floats (its {@code Resample.c}): when shrinking, the filter widens so that every pixel counts. Here the pixels with ink
 * give their shares to the pixels of the result, a run of one grey at once, so that bare ones cost nothing.
 */
final class Resize {
    private Resize() {}

    /** Resizes a part of a drawing. */
    static Plane resize(Ink ink, Box box, int width, int height) {
        Shares columns = Shares.of(box.width(), width);
        Shares rows = Shares.of(box.height(), height);
        Plane out = new Plane(width, height);
        float[] row = new float[width];
        for (int y = 0; y < box.height(); y++) {
            int start = (box.top() + y) * ink.drawing().width() + box.left();
            Arrays.fill(row, 0);
            gather(ink, start, start + box.width(), columns, row);
            for (int i = rows.first[y]; i < rows.end(y); i++) {
                add(row, rows.share(y, i), out.values(), i * width);
            }
        }
        return out;
    }

    private static void gather(Ink ink, int start, int end, Shares columns, float[] row) {
        for (int at = ink.next(start, end); at < end; ) {
            int runEnd = ink.runEnd(at, end);
            give(ink.at(at), at - start, runEnd - 1 - start, columns, row);
            at = ink.next(runEnd, end);
        }
    }

    /** Gives the shares of a run of pixels of one amount, all at once. */
    private static void give(int amount, int head, int tail, Shares columns, float[] row) {
        for (int i = columns.first[head]; i < columns.end(tail); i++) {
            row[i] += amount * (columns.after(tail, i) - columns.before(head, i));
        }
    }

    private static void add(float[] row, float share, float[] out, int at) {
        for (int x = 0; x < row.length; x++) {
            out[at + x] += share * row[x];
        }
    }

    /**
     * What the pixels of a resized line get from those of the line.
     *
     * @param first for each pixel of the line the first that gets anything from it
     * @param start for each pixel of the line where its shares begin in the following two; they go on to the next one's
     * @param shares of what a pixel of the result consists, the part of one pixel of the line
     * @param before of what it consists, the part of all pixels of the line before that one
     */
    private record Shares(int[] first, int[] start, float[] shares, float[] before) {
        /** The end of those that get anything from a pixel. */
        int end(int pixel) {
            return first[pixel] + start[pixel + 1] - start[pixel];
        }

        float share(int pixel, int i) {
            return shares[start[pixel] + i - first[pixel]];
        }

        /** The part of all before a pixel; of those that get anything from it or a later one. */
        float before(int pixel, int i) {
            return i < end(pixel) ? before[start[pixel] + i - first[pixel]] : 0;
        }

        /** The part of all up to a pixel; of those that get anything from it or an earlier one. */
        float after(int pixel, int i) {
            int at = start[pixel] + i - first[pixel];
            return i < first[pixel] ? 1 : before[at] + shares[at];
        }

        static Shares of(int in, int out) {
            double scale = (double) in / out;
            double support = Math.max(1, scale);
            int[] first = new int[in];
            int[] start = new int[in + 1];
            for (int pixel = 0, i = 0, end = 0; pixel < in; pixel++) {
                while (to(i, scale, support, in) <= pixel) {
                    i++;
                }
                while (end < out && from(end, scale, support) <= pixel) {
                    end++;
                }
                first[pixel] = i;
                start[pixel + 1] = start[pixel] + end - i;
            }
            Shares all = new Shares(first, start, new float[start[in]], new float[start[in]]);
            for (int i = 0; i < out; i++) {
                all.fill(i, scale, support);
            }
            return all;
        }

        private void fill(int i, double scale, double support) {
            int from = from(i, scale, support);
            int to = to(i, scale, support, first.length);
            double sum = 0;
            for (int pixel = from; pixel < to; pixel++) {
                sum += weight(pixel, i, scale, support);
            }
            double given = 0;
            for (int pixel = from; pixel < to; pixel++) {
                int at = start[pixel] + i - first[pixel];
                double share = weight(pixel, i, scale, support) / sum;
                shares[at] = (float) share;
                before[at] = (float) given;
                given += share;
            }
        }

        private static int from(int i, double scale, double support) {
            return (int) Math.max(0, Math.floor((i + 0.5) * scale - support + 0.5));
        }

        private static int to(int i, double scale, double support, int in) {
            return (int) Math.min(in, Math.floor((i + 0.5) * scale + support + 0.5));
        }

        private static double weight(int pixel, int i, double scale, double support) {
            return Math.max(0, 1 - Math.abs((pixel - (i + 0.5) * scale + 0.5) / support));
        }
    }
}
