package ink.neural.glyph;

/**
 * Resizing with the anti-aliased triangle filter, as Pillow's {@code Image.resize(..., BILINEAR)} does it for pictures
 * of floats (its {@code Resample.c}): when shrinking, the filter widens so that every pixel counts.
 */
final class Resize {
    private Resize() {}

    /** Resizes along the rows first, then along the columns. */
    static Plane resize(Plane plane, int width, int height) {
        return columns(rows(plane, width), height);
    }

    private static Plane rows(Plane in, int width) {
        Weights[] weights = Weights.all(in.width(), width);
        Plane out = new Plane(width, in.height());
        for (int y = 0; y < in.height(); y++) {
            for (int x = 0; x < width; x++) {
                out.values()[y * width + x] = weights[x].sum(in.values(), y * in.width(), 1);
            }
        }
        return out;
    }

    private static Plane columns(Plane in, int height) {
        Weights[] weights = Weights.all(in.height(), height);
        Plane out = new Plane(in.width(), height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < in.width(); x++) {
                out.values()[y * in.width() + x] = weights[y].sum(in.values(), x, in.width());
            }
        }
        return out;
    }

    /**
     * What the pixels of a line add to one pixel of the resized line.
     *
     * @param first the first pixel that adds anything
     * @param shares what it and the following ones add, 1 together
     */
    private record Weights(int first, double[] shares) {
        static Weights[] all(int in, int out) {
            Weights[] weights = new Weights[out];
            for (int i = 0; i < out; i++) {
                weights[i] = of(i, in, out);
            }
            return weights;
        }

        static Weights of(int pixel, int in, int out) {
            double scale = (double) in / out;
            double support = Math.max(1, scale);
            double centre = (pixel + 0.5) * scale;
            int from = (int) Math.max(0, Math.floor(centre - support + 0.5));
            int to = (int) Math.min(in, Math.floor(centre + support + 0.5));
            double[] shares = new double[to - from];
            double sum = 0;
            for (int i = 0; i < shares.length; i++) {
                shares[i] = Math.max(0, 1 - Math.abs((from + i - centre + 0.5) / support));
                sum += shares[i];
            }
            for (int i = 0; i < shares.length; i++) {
                shares[i] /= sum;
            }
            return new Weights(from, shares);
        }

        float sum(float[] values, int start, int step) {
            double sum = 0;
            for (int i = 0, at = start + first * step; i < shares.length; i++, at += step) {
                sum += shares[i] * values[at];
            }
            return (float) sum;
        }
    }
}
