package ink.neural.glyph;

import ink.neural.glyph.Ink.Box;
import java.util.Arrays;

/**
 * Resizes ink with an antialiased triangle filter in two passes, first along the rows, then along the columns.
 *
 * <p>The filter is that of Pillow's {@code Image.resize(size, BILINEAR)} for floating-point images ({@code
 * Resample.c}), because the training resizes with Pillow. When the image shrinks, the filter widens so that every
 * pixel counts.
 */
final class Resize {
    private Resize() {}

    /** Resizes a part of a drawing to the given size. */
    static Plane resize(Ink ink, Box box, int width, int height) {
        return resizeHeight(resizeWidth(ink, box, width), height);
    }

    private static Plane resizeWidth(Ink ink, Box box, int width) {
        Filter filter = Filter.of(box.width(), width);
        Plane out = new Plane(width, box.height());
        float[] row = new float[box.width()];
        for (int y = 0; y < box.height(); y++) {
            if (copyRow(ink, box, y, row)) {
                for (int x = 0; x < width; x++) {
                    out.values()[y * width + x] = filter.apply(x, row);
                }
            }
        }
        return out;
    }

    /** Copies the ink densities of one row, unless all of it is blank. */
    private static boolean copyRow(Ink ink, Box box, int y, float[] row) {
        int start = (box.top() + y) * ink.drawing().width() + box.left();
        int end = start + row.length;
        int first = ink.nextInked(start, end);
        if (first == end) {
            return false;
        }
        Arrays.fill(row, 0);
        for (int pixel = first; pixel < end; pixel = ink.nextInked(pixel + 1, end)) {
            row[pixel - start] = ink.density(pixel);
        }
        return true;
    }

    private static Plane resizeHeight(Plane in, int height) {
        Filter filter = Filter.of(in.height(), height);
        Plane out = new Plane(in.width(), height);
        for (int y = 0; y < height; y++) {
            float[] weights = filter.weights[y];
            for (int i = 0; i < weights.length; i++) {
                addRow(weights[i], in, filter.start[y] + i, out, y);
            }
        }
        return out;
    }

    /** Adds one row of {@code in}, times a weight, to one of {@code out}. */
    private static void addRow(float weight, Plane in, int from, Plane out, int to) {
        int width = in.width();
        for (int x = 0; x < width; x++) {
            out.values()[to * width + x] += weight * in.values()[from * width + x];
        }
    }

    /**
     * The weights with which input pixels make up output pixels along one axis.
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

        /** Samples the triangle 1 - |t| at equal steps, scaled to a sum of 1. */
        private static float[] triangle(double first, double step, int count) {
            double[] samples = new double[count];
            for (int i = 0; i < count; i++) {
                samples[i] = Math.max(0, 1 - Math.abs(first + i * step));
            }
            double sum = Arrays.stream(samples).sum();
            float[] weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = (float) (samples[i] / sum);
            }
            return weights;
        }

        float apply(int output, float[] row) {
            float[] window = weights[output];
            int from = start[output];
            float sum = 0;
            for (int i = 0; i < window.length; i++) {
                sum += window[i] * row[from + i];
            }
            return sum;
        }
    }
}
