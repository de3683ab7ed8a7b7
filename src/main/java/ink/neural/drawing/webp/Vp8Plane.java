package ink.neural.drawing.webp;

import ink.neural.drawing.pixel.Argb;
import java.util.Arrays;

/**
 * The luma or a chroma plane of a frame, with a border on the left and above for the prediction of macroblocks (RFC 6386,
 * sections 12.1 and 12.2). A pixel is named by its index in {@link #pixels}; the one above is {@link #stride} less.
 */
final class Vp8Plane {
    private static final int ABOVE = 127;
    private static final int LEFT = 129;

    final byte[] pixels;
    final int stride;

    Vp8Plane(int width, int height) {
        stride = width + 1;
        pixels = new byte[stride * (height + 1)];
        Arrays.fill(pixels, 0, stride, (byte) ABOVE);
        for (int y = 1; y <= height; y++) {
            pixels[y * stride] = (byte) LEFT;
        }
    }

    /** The index of a pixel. */
    int index(int x, int y) {
        return (y + 1) * stride + x + 1;
    }

    int get(int index) {
        return pixels[index] & 0xFF;
    }

    /**
     * Predicts a whole macroblock.
     *
     * @param mode one of {@link Vp8Modes}
     * @param at its first pixel
     * @param side 16 in luma, 8 in chroma
     * @param hasLeft whether there is a macroblock on the left
     * @param hasAbove whether there is one above
     */
    void predict(int mode, int at, int side, boolean hasLeft, boolean hasAbove) {
        int mean = mode == Vp8Modes.DC ? mean(at, side, hasLeft, hasAbove) : 0;
        int above = at - stride;
        int corner = get(above - 1);
        for (int y = 0; y < side; y++) {
            int row = at + y * stride;
            int left = get(row - 1);
            for (int x = 0; x < side; x++) {
                pixels[row + x] = (byte)
                        switch (mode) {
                            case Vp8Modes.DC -> mean;
                            case Vp8Modes.VERTICAL -> get(above + x);
                            case Vp8Modes.HORIZONTAL -> left;
                            default -> Argb.clamp(left + get(above + x) - corner);
                        };
            }
        }
    }

    /** The mean of those edges of a macroblock that lie within the picture. */
    private int mean(int at, int side, boolean hasLeft, boolean hasAbove) {
        if (!hasLeft && !hasAbove) {
            return 128;
        }
        int sum = 0;
        for (int i = 0; i < side; i++) {
            sum += hasLeft ? get(at + i * stride - 1) : 0;
            sum += hasAbove ? get(at - stride + i) : 0;
        }
        int count = hasLeft && hasAbove ? 2 * side : side;
        return (sum + count / 2) / count;
    }
}
