package ink.neural.ink;

import ink.neural.drawing.Drawing;
import java.util.Arrays;

/** Chooses the channel that shows the ink best: brightness, opacity, or a mixture of the colours. */
final class InkChannel {
    private InkChannel() {}

    static Channel of(Drawing drawing) {
        if (drawing.colours() == null) {
            return new Channel(drawing.width(), drawing.height(), drawing.greys());
        }
        if (isTransparent(drawing.colours())) {
            return ofTransparent(drawing);
        }
        return new Channel(drawing.width(), drawing.height(), ofOpaque(drawing));
    }

    private static boolean isTransparent(int[] colours) {
        int transparent = 0;
        for (int colour : colours) {
            if (colour >>> 24 < 128) {
                transparent++;
            }
        }
        return transparent > colours.length / 50;
    }

    private static Channel ofTransparent(Drawing drawing) {
        int[] colours = drawing.colours();
        byte[] values = new byte[colours.length];
        if (hasOneColour(colours)) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) ~(colours[i] >>> 24);
            }
        } else if (isLight(colours)) {
            for (int i = 0; i < values.length; i++) {
                int black = (colours[i] >>> 24) * (Drawing.grey(colours[i] | 0xFF000000) & 0xFF) / 255;
                values[i] = (byte) black;
            }
        } else {
            values = drawing.greys();
        }
        return new Channel(drawing.width(), drawing.height(), values);
    }

    private static boolean hasOneColour(int[] colours) {
        for (int shift = 0; shift <= 16; shift += 8) {
            double sum = 0;
            double squares = 0;
            double weights = 0;
            for (int colour : colours) {
                int alpha = colour >>> 24;
                int value = colour >> shift & 0xFF;
                weights += alpha;
                sum += alpha * value;
                squares += (double) alpha * value * value;
            }
            double mean = sum / weights;
            if (weights == 0 || squares / weights - mean * mean > 16 * 16) {
                return weights == 0;
            }
        }
        return true;
    }

    private static boolean isLight(int[] colours) {
        double sum = 0;
        double weights = 0;
        for (int colour : colours) {
            int alpha = colour >>> 24;
            weights += alpha;
            sum += (double) alpha * (Drawing.grey(colour | 0xFF000000) & 0xFF);
        }
        return sum > 160 * weights;
    }

    private static final int TILES = 8;

    private static byte[] ofOpaque(Drawing drawing) {
        double[] axis = axis(drawing);
        double luma = (axis[0] + axis[1] + axis[2]) / Math.sqrt(3);
        if (Math.abs(luma) > Math.sqrt(0.5)) {
            return drawing.greys();
        }
        return project(drawing.colours(), axis);
    }

    private static byte[] project(int[] colours, double[] axis) {
        double min = 0;
        double max = 0;
        for (double part : axis) {
            min += 255 * Math.min(0, part);
            max += 255 * Math.max(0, part);
        }
        float scale = (float) (255 / (max - min));
        float red = (float) axis[0] * scale;
        float green = (float) axis[1] * scale;
        float blue = (float) axis[2] * scale;
        float offset = (float) -min * scale + 0.5f;
        byte[] values = new byte[colours.length];
        for (int i = 0; i < values.length; i++) {
            int c = colours[i];
            values[i] = (byte) (offset + red * (c >> 16 & 0xFF) + green * (c >> 8 & 0xFF) + blue * (c & 0xFF));
        }
        return values;
    }

    /** The direction in colour space in which the ink differs from the paper. */
    private static double[] axis(Drawing drawing) {
        double[][] moment = new double[3][3];
        int width = drawing.width();
        int height = drawing.height();
        int step = Math.max(1, (int) Math.ceil(Math.sqrt(drawing.colours().length / 16384.0)));
        int tile = Math.max(step, (Math.max(width, height) + TILES - 1) / TILES);
        for (int top = 0; top < height; top += tile) {
            for (int left = 0; left < width; left += tile) {
                addMoment(moment, drawing, left, top, Math.min(width, left + tile), Math.min(height, top + tile), step);
            }
        }
        return dominantEigenvector(moment);
    }

    private static void addMoment(
            double[][] moment, Drawing drawing, int left, int top, int right, int bottom, int step) {
        int[] pixels = new int[((right - left + step - 1) / step) * ((bottom - top + step - 1) / step)];
        int count = 0;
        for (int y = top; y < bottom; y += step) {
            for (int x = left; x < right; x += step) {
                pixels[count++] = drawing.colours()[y * drawing.width() + x];
            }
        }
        double[] paper = new double[3];
        int[] values = new int[count];
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < count; i++) {
                values[i] = pixels[i] >> 16 - 8 * c & 0xFF;
            }
            Arrays.sort(values);
            paper[c] = values[count / 2];
        }
        double[] difference = new double[3];
        for (int pixel : pixels) {
            double energy = 0;
            for (int c = 0; c < 3; c++) {
                difference[c] = (paper[c] - (pixel >> 16 - 8 * c & 0xFF)) / (paper[c] + 32);
                energy += difference[c] * difference[c];
            }
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    moment[a][b] += energy * difference[a] * difference[b];
                }
            }
        }
    }

    /** Power iteration. */
    private static double[] dominantEigenvector(double[][] matrix) {
        double[] vector = {0.62, 0.58, 0.53};
        for (int i = 0; i < 50; i++) {
            double[] next = new double[3];
            double length = 0;
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    next[a] += matrix[a][b] * vector[b];
                }
                length += next[a] * next[a];
            }
            if (length == 0) {
                return vector;
            }
            for (int a = 0; a < 3; a++) {
                vector[a] = next[a] / Math.sqrt(length);
            }
        }
        return vector;
    }
}
