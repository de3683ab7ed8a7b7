package ink.neural.ink;

import ink.neural.drawing.Drawing;
import java.util.Arrays;

/** Chooses the channel that shows the ink best: brightness, opacity, or a mixture of the colours. */
final class InkChannel {
    /** The share of a picture that is transparent if it has no paper of its own. */
    private static final double MIN_TRANSPARENT = 0.02;
    /** The largest standard deviation, in grey levels, of the colours of one pen. */
    private static final int ONE_COLOUR = 16;
    /** The paper under a colour is light up to this luma and dark beyond it. */
    private static final int LIGHT = 160;
    /** The paper's colour is taken from this many tiles a side, which may differ in light. */
    private static final int TILES = 8;
    /** Keeps a ratio to the paper's colour finite. */
    private static final int OFFSET = 32;
    /** The paper's colour is taken from about so many pixels. */
    private static final double SAMPLES = 16384;
    /** Brightness shows ink well enough if the ink's direction in colour space is within 45 degrees of grey. */
    private static final double NEAR_GREY = Math.sqrt(0.5);

    private static final int ITERATIONS = 50;

    private final Drawing drawing;
    private final int[] colours;

    private InkChannel(Drawing drawing) {
        this.drawing = drawing;
        this.colours = drawing.colours();
    }

    static Channel of(Drawing drawing) {
        byte[] values = drawing.colours() == null ? drawing.greys() : new InkChannel(drawing).values();
        return new Channel(drawing.width(), drawing.height(), values);
    }

    private byte[] values() {
        if (isTransparent()) {
            return hasOneColour() ? transparencies() : onContrastingPaper();
        }
        double[] direction = direction();
        double alongGrey = (direction[0] + direction[1] + direction[2]) / Math.sqrt(3);
        return Math.abs(alongGrey) >= NEAR_GREY ? drawing.greys() : project(direction);
    }

    private boolean isTransparent() {
        long transparent =
                Arrays.stream(colours).filter(argb -> argb >>> 24 < 128).count();
        return transparent > MIN_TRANSPARENT * colours.length;
    }

    /** Whether what is opaque has one colour, so that opacity is ink. */
    private boolean hasOneColour() {
        return isUniform(16) && isUniform(8) && isUniform(0);
    }

    private boolean isUniform(int shift) {
        double weights = 0;
        double sum = 0;
        double squares = 0;
        for (int argb : colours) {
            int alpha = argb >>> 24;
            int value = argb >> shift & 0xFF;
            weights += alpha;
            sum += (double) alpha * value;
            squares += (double) alpha * value * value;
        }
        double mean = sum / Math.max(1, weights);
        return squares / Math.max(1, weights) - mean * mean <= ONE_COLOUR * ONE_COLOUR;
    }

    private byte[] transparencies() {
        byte[] values = new byte[colours.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) ~(colours[i] >>> 24);
        }
        return values;
    }

    /** Light colours are composited on black, dark ones on white. */
    private byte[] onContrastingPaper() {
        double weights = 0;
        double sum = 0;
        byte[] onBlack = new byte[colours.length];
        for (int i = 0; i < colours.length; i++) {
            int alpha = colours[i] >>> 24;
            int luma = Drawing.grey(colours[i] | 0xFF000000) & 0xFF;
            weights += alpha;
            sum += (double) alpha * luma;
            onBlack[i] = (byte) (alpha * luma / 255);
        }
        return sum > LIGHT * weights ? onBlack : drawing.greys();
    }

    /**
     * The direction in colour space in which the ink differs from the paper: the dominant eigenvector of the second moment
     * of all differences. Strong differences count more.
     */
    private double[] direction() {
        double[][] moment = new double[3][3];
        int step = Math.max(1, (int) Math.ceil(Math.sqrt(colours.length / SAMPLES)));
        int side = Math.max(step, (Math.max(drawing.width(), drawing.height()) + TILES - 1) / TILES);
        for (int top = 0; top < drawing.height(); top += side) {
            for (int left = 0; left < drawing.width(); left += side) {
                addDifferences(sample(left, top, side, step), moment);
            }
        }
        return dominantEigenvector(moment);
    }

    private int[] sample(int left, int top, int side, int step) {
        int right = Math.min(drawing.width(), left + side);
        int bottom = Math.min(drawing.height(), top + side);
        int[] pixels = new int[((right - left + step - 1) / step) * ((bottom - top + step - 1) / step)];
        int count = 0;
        for (int y = top; y < bottom; y += step) {
            for (int x = left; x < right; x += step) {
                pixels[count++] = colours[y * drawing.width() + x];
            }
        }
        return pixels;
    }

    private static void addDifferences(int[] pixels, double[][] moment) {
        double[] paper = {median(pixels, 16), median(pixels, 8), median(pixels, 0)};
        double[] difference = new double[3];
        for (int pixel : pixels) {
            double squared = 0;
            for (int c = 0; c < 3; c++) {
                difference[c] = (paper[c] - (pixel >> 16 - 8 * c & 0xFF)) / (paper[c] + OFFSET);
                squared += difference[c] * difference[c];
            }
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    moment[a][b] += squared * difference[a] * difference[b];
                }
            }
        }
    }

    private static int median(int[] pixels, int shift) {
        int[] counts = new int[256];
        for (int pixel : pixels) {
            counts[pixel >> shift & 0xFF]++;
        }
        return new Histogram(counts, pixels.length).median();
    }

    /** Power iteration, from a direction near grey. */
    private static double[] dominantEigenvector(double[][] matrix) {
        double[] vector = {0.62, 0.58, 0.53};
        for (int i = 0; i < ITERATIONS; i++) {
            double[] next = new double[3];
            for (int a = 0; a < 3; a++) {
                next[a] = matrix[a][0] * vector[0] + matrix[a][1] * vector[1] + matrix[a][2] * vector[2];
            }
            double length = Math.sqrt(next[0] * next[0] + next[1] * next[1] + next[2] * next[2]);
            if (length == 0) {
                return vector;
            }
            Arrays.setAll(vector, a -> next[a] / length);
        }
        return vector;
    }

    /** Projects the colours on a direction, and scales the result to 0 to 255. */
    private byte[] project(double[] direction) {
        double lowest = 0;
        double highest = 0;
        for (double part : direction) {
            lowest += 255 * Math.min(0, part);
            highest += 255 * Math.max(0, part);
        }
        float scale = (float) (255 / (highest - lowest));
        float red = scale * (float) direction[0];
        float green = scale * (float) direction[1];
        float blue = scale * (float) direction[2];
        float offset = 0.5f - scale * (float) lowest;
        byte[] values = new byte[colours.length];
        for (int i = 0; i < values.length; i++) {
            int argb = colours[i];
            values[i] = (byte) (offset + red * (argb >> 16 & 0xFF) + green * (argb >> 8 & 0xFF) + blue * (argb & 0xFF));
        }
        return values;
    }
}
