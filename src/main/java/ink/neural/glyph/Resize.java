package ink.neural.glyph;

import ink.neural.glyph.Ink.Box;

/**
 * Resizing with the anti-aliased triangle filter, as Pillow's {@code Image.resize(..., BILINEAR)} does it for pictures
 * of floats (its {@code Resample.c}): when shrinking, the filter widens so that every pixel counts. Here each pixel with
 * ink gives its shares to the pixels of the result, so that bare ones cost nothing.
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
        for (int at = ink.next(start, end); at < end; at = ink.next(at + 1, end)) {
            Shares column = columns[at - start];
            float amount = ink.at(at);
            for (int i = 0; i < column.shares.length; i++) {
                row[column.first + i] += column.shares[i] * amount;
            }
        }
        return row;
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
     */
    private record Shares(int first, float[] shares) {
        static Shares[] all(int in, int out) {
            double scale = (double) in / out;
            double support = Math.max(1, scale);
            double[] sums = new double[out];
            for (int i = 0; i < out; i++) {
                for (int pixel = from(i, scale, support); pixel < to(i, scale, support, in); pixel++) {
                    sums[i] += weight(pixel, i, scale, support);
                }
            }
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
                float[] parts = new float[last - first];
                for (int i = first; i < last; i++) {
                    parts[i - first] = (float) (weight(pixel, i, scale, support) / sums[i]);
                }
                shares[pixel] = new Shares(first, parts);
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
