package ink.neural.glyph;

import ink.neural.glyph.Ink.Box;

/**
 * Resizing with the anti-aliased triangle filter, as Pillow's {@code Image.resize(..., BILINEAR)} does it for pictures
 * of floats (its {@code Resample.c}): when shrinking, the filter widens so that every pixel counts. Here the pixels with ink
 * give their shares to the pixels of the result, a run of one grey at once, so that bare ones cost nothing.
 */
final class Resize {
    private Resize() {}

    /** Resizes a part of a drawing. */
    static Plane resize(Ink ink, Box box, int width, int height) {
        Shares[] columns = Shares.all(box.width(), width);
        Shares[] rows = Shares.all(box.height(), height);
        Plane out = new Plane(width, height);
        for (int y = 0; y < box.height(); y++) {
            int start = (box.top() + y) * ink.drawing().width() + box.left();
            float[] row = row(ink, start, start + box.width(), columns, width);
            for (int i = 0; i < rows[y].shares.length; i++) {
                add(row, rows[y].shares[i], out.values(), (rows[y].first + i) * width);
            }
        }
        return out;
    }

    private static float[] row(Ink ink, int start, int end, Shares[] columns, int width) {
        float[] row = new float[width];
        for (int at = ink.next(start, end); at < end; ) {
            int runEnd = ink.runEnd(at, end);
            give(ink.at(at), columns[at - start], columns[runEnd - 1 - start], row);
            at = ink.next(runEnd, end);
        }
        return row;
    }

    /** Gives the shares of a run of pixels of one amount, all at once. */
    private static void give(int amount, Shares head, Shares tail, float[] row) {
        for (int i = head.first; i < tail.end(); i++) {
            row[i] += amount * (tail.after(i) - head.before(i));
        }
    }

    private static void add(float[] row, float share, float[] out, int at) {
        for (int x = 0; x < row.length; x++) {
            out[at + x] += share * row[x];
        }
    }

    /**
     * What the pixels of a resized line get from one pixel of the line.
     *
     * @param first the first of them that gets anything
     * @param shares of what it and the following ones consist, this pixel's part
     * @param before of what they consist, the part of all pixels before this one
     */
    private record Shares(int first, float[] shares, float[] before) {
        int end() {
            return first + shares.length;
        }

        /** Of what a pixel from the first on consists, the part of all before this one. */
        float before(int i) {
            return i < end() ? before[i - first] : 0;
        }

        /** Of what a pixel before the end consists, the part of all up to this one. */
        float after(int i) {
            return i < first ? 1 : before[i - first] + shares[i - first];
        }

        static Shares[] all(int in, int out) {
            double scale = (double) in / out;
            double support = Math.max(1, scale);
            double[] sums = new double[out];
            for (int i = 0; i < out; i++) {
                for (int pixel = from(i, scale, support); pixel < to(i, scale, support, in); pixel++) {
                    sums[i] += weight(pixel, i, scale, support);
                }
            }
            double[] given = new double[out];
            Shares[] shares = new Shares[in];
            int first = 0;
            for (int pixel = 0; pixel < in; pixel++) {
                while (to(first, scale, support, in) <= pixel) {
                    first++;
                }
                int last = first;
                while (last < out && from(last, scale, support) <= pixel) {
                    last++;
                }
                shares[pixel] = new Shares(first, new float[last - first], new float[last - first]);
                for (int i = first; i < last; i++) {
                    double share = weight(pixel, i, scale, support) / sums[i];
                    shares[pixel].shares[i - first] = (float) share;
                    shares[pixel].before[i - first] = (float) given[i];
                    given[i] += share;
                }
            }
            return shares;
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
