package ink.neural.glyph;

import ink.neural.ink.Box;
import ink.neural.ink.Ink;

/**
 * Resizes ink with an antialiased triangle filter in two passes, first the height, then the width. In this order the
 * pass over all pixels adds up whole rows, which the compiler vectorises.
 *
 * <p>The filter is that of Pillow's {@code Image.resize(size, BILINEAR)} for floating-point images ({@code
 * Resample.c}), because the training resizes with Pillow. When the image shrinks, the filter widens so that every
 * pixel counts.
 */
public final class Resize {
    private Resize() {}

    /**
     * Resizes a part of some ink to the given size.
     *
     * @param ink the ink
     * @param box the part
     * @param width columns of the result
     * @param height rows of the result
     * @return the densities of the resized part
     */
    public static Plane resize(Ink ink, Box box, int width, int height) {
        return resizeWidth(resizeHeight(ink, box, height), width);
    }

    /** Adds each input row, weighted, to the output rows whose windows contain it. */
    private static Plane resizeHeight(Ink ink, Box box, int height) {
        Filter filter = Filter.of(box.height(), height);
        Plane out = new Plane(box.width(), height);
        float[] row = new float[box.width()];
        int firstOutput = 0;
        for (int y = 0; y < box.height(); y++) {
            ink.copyRow((box.top() + y) * ink.width() + box.left(), row);
            while (filter.end(firstOutput) <= y) {
                firstOutput++;
            }
            for (int i = firstOutput; i < height && filter.start[i] <= y; i++) {
                addRow(filter.weights[i][y - filter.start[i]], row, out.values(), i * row.length);
            }
        }
        return out;
    }

    private static void addRow(float weight, float[] row, float[] out, int at) {
        for (int x = 0; x < row.length; x++) {
            out[at + x] += weight * row[x];
        }
    }

    private static Plane resizeWidth(Plane in, int width) {
        Filter filter = Filter.of(in.width(), width);
        Plane out = new Plane(width, in.height());
        for (int y = 0; y < in.height(); y++) {
            for (int x = 0; x < width; x++) {
                out.values()[y * width + x] = filter.apply(x, in.values(), y * in.width());
            }
        }
        return out;
    }

    /**
     * How input pixels make up output pixels along one axis.
     *
     * @param start for each output pixel the first input pixel in its window
     * @param weights for each output pixel the weights of the input pixels in its window; they add up to 1
     */
    private record Filter(int[] start, float[][] weights) {
        static Filter of(int inputs, int outputs) {
            double scale = (double) inputs / outputs;
            double radius = Math.max(1, scale);
            int[] start = new int[outputs];
            float[][] weights = new float[outputs][];
            for (int i = 0; i < outputs; i++) {
                double centre = (i + 0.5) * scale;
                start[i] = (int) Math.max(0, Math.floor(centre - radius + 0.5));
                int end = (int) Math.min(inputs, Math.floor(centre + radius + 0.5));
                weights[i] = triangle((start[i] + 0.5 - centre) / radius, 1 / radius, end - start[i]);
            }
            return new Filter(start, weights);
        }

        /** Samples the triangle 1 - |t| at equal steps, and scales the samples to a sum of 1. */
        private static float[] triangle(double first, double step, int count) {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += triangle(first + i * step);
            }
            float[] weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = (float) (triangle(first + i * step) / sum);
            }
            return weights;
        }

        private static double triangle(double t) {
            return Math.max(0, 1 - Math.abs(t));
        }

        /** The index after the last input pixel in an output pixel's window. */
        int end(int output) {
            return start[output] + weights[output].length;
        }

        /** Computes an output pixel from the input row that starts at {@code offset}. */
        float apply(int output, float[] in, int offset) {
            float[] window = weights[output];
            int from = offset + start[output];
            float sum = 0;
            for (int i = 0; i < window.length; i++) {
                sum += window[i] * in[from + i];
            }
            return sum;
        }
    }
}
