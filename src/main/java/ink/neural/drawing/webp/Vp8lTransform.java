package ink.neural.drawing.webp;

import ink.neural.drawing.pixel.Argb;
import ink.neural.drawing.pixel.PackedSamples;
import java.util.Arrays;

/**
 * A transform that an encoder has applied to an image so that it can be compressed better (RFC 9649, section 3.5).
 *
 * @param type how to undo it
 * @param width of the image before the transform
 * @param sizeBits the binary logarithm of the side of the blocks to which the parameters apply; for a palette, that of how
 *     many indices are stored in a pixel
 * @param parameters a colour for each block, the colours of the palette, or null
 */
record Vp8lTransform(int type, int width, int sizeBits, int[] parameters) {
    static final int PREDICTOR = 0;
    static final int COLOUR = 1;
    static final int SUBTRACT_GREEN = 2;
    static final int PALETTE = 3;

    static Vp8lTransform subtractGreen(int width) {
        return new Vp8lTransform(SUBTRACT_GREEN, width, 0, null);
    }

    /** A palette of up to 256 colours, each of which is stored as its difference from the one before. */
    static Vp8lTransform palette(int width, int count, int[] differences) {
        int[] colours = Arrays.copyOf(differences, 256);
        for (int i = 1; i < count; i++) {
            colours[i] = PackedSamples.add(colours[i], colours[i - 1]);
        }
        int sizeBits = count <= 2 ? 3 : count <= 4 ? 2 : count <= 16 ? 1 : 0;
        return new Vp8lTransform(PALETTE, width, sizeBits, colours);
    }

    /** Divides by a power of two, rounding up. */
    static int divideUp(int size, int bits) {
        return size + (1 << bits) - 1 >> bits;
    }

    /** The width of the image after the transform. */
    int storedWidth() {
        return type == PALETTE ? divideUp(width, sizeBits) : width;
    }

    /** Undoes the transform, in the same array where possible. */
    int[] invert(int[] pixels, int height) {
        switch (type) {
            case PREDICTOR -> addPredictions(pixels, height);
            case COLOUR -> addColours(pixels, height);
            case SUBTRACT_GREEN -> addGreen(pixels);
            default -> {
                return lookUp(pixels, height);
            }
        }
        return pixels;
    }

    private void addPredictions(int[] pixels, int height) {
        int blocksAcross = divideUp(width, sizeBits);
        pixels[0] = PackedSamples.add(pixels[0], Argb.OPAQUE);
        for (int x = 1; x < width; x++) {
            pixels[x] = PackedSamples.add(pixels[x], pixels[x - 1]);
        }
        for (int y = 1, i = width; y < height; y++) {
            int block = (y >> sizeBits) * blocksAcross;
            pixels[i] = PackedSamples.add(pixels[i], pixels[i - width]);
            i++;
            for (int x = 1; x < width; x++, i++) {
                int mode = parameters[block + (x >> sizeBits)] >> 8 & 0xF;
                pixels[i] = PackedSamples.add(pixels[i], prediction(mode, pixels, i));
            }
        }
    }

    /** The prediction of a pixel from its neighbours (3.5.1). That on the right of a row begins the next. */
    private int prediction(int mode, int[] pixels, int i) {
        int left = pixels[i - 1];
        int top = pixels[i - width];
        int topLeft = pixels[i - width - 1];
        int topRight = pixels[i - width + 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> average(average(left, topRight), top);
            case 6 -> average(left, topLeft);
            case 7 -> average(left, top);
            case 8 -> average(topLeft, top);
            case 9 -> average(top, topRight);
            case 10 -> average(average(left, topLeft), average(top, topRight));
            case 11 -> difference(top, topLeft) < difference(left, topLeft) ? left : top;
            case 12 -> gradient(left, top, topLeft, 1);
            case 13 -> {
                int mean = average(left, top);
                yield gradient(mean, mean, topLeft, 2);
            }
            default -> Argb.OPAQUE;
        };
    }

    private static int average(int one, int other) {
        return PackedSamples.average(one, other);
    }

    /** The sum of the differences between the channels of two colours. */
    private static int difference(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            sum += Math.abs((one >>> shift & 0xFF) - (other >>> shift & 0xFF));
        }
        return sum;
    }

    /** {@code start + (end - origin) / divisor} in each channel, but at least 0 and at most 255. */
    private static int gradient(int start, int end, int origin, int divisor) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int step = ((end >>> shift & 0xFF) - (origin >>> shift & 0xFF)) / divisor;
            result |= Argb.clamp((start >>> shift & 0xFF) + step) << shift;
        }
        return result;
    }

    /** Adds what was predicted of red from green, and of blue from green and red (3.5.2). */
    private void addColours(int[] pixels, int height) {
        int blocksAcross = divideUp(width, sizeBits);
        for (int y = 0, i = 0; y < height; y++) {
            int block = (y >> sizeBits) * blocksAcross;
            for (int x = 0; x < width; x++, i++) {
                int factors = parameters[block + (x >> sizeBits)];
                int pixel = pixels[i];
                int green = pixel >> 8;
                int red = (pixel >> 16) + product(factors, green);
                int blue = pixel + product(factors >> 8, green) + product(factors >> 16, red);
                pixels[i] = pixel & 0xFF00FF00 | (red & 0xFF) << 16 | blue & 0xFF;
            }
        }
    }

    private static int product(int factor, int sample) {
        return (byte) factor * (byte) sample >> 5;
    }

    private static void addGreen(int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            int green = pixels[i] >> 8 & 0xFF;
            pixels[i] = PackedSamples.add(pixels[i], green << 16 | green);
        }
    }

    /** Replaces indices by colours. Where there are few colours, a pixel holds several indices. */
    private int[] lookUp(int[] packed, int height) {
        int packedWidth = storedWidth();
        int depth = 8 >> sizeBits;
        int perPixel = 1 << sizeBits;
        int[] pixels = sizeBits == 0 ? packed : new int[width * height];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                int indices = packed[y * packedWidth + (x >> sizeBits)] >> 8 & 0xFF;
                int index = indices >> depth * (x & perPixel - 1) & (1 << depth) - 1;
                pixels[i] = parameters[index];
            }
        }
        return pixels;
    }
}
