package ink.neural.drawing;

import java.util.Arrays;

/**
 * The luma or a chroma plane of a VP8 frame, with a border on the left and above for the prediction (RFC 6386, section
 * 12). A pixel is named by its index in {@link #pixels}; the one above is {@link #stride} less.
 */
final class Vp8Plane {
    private static final int ABOVE = 127;
    private static final int LEFT = 129;

    static final int DC = 0;
    static final int VERTICAL = 1;
    static final int HORIZONTAL = 2;
    static final int TRUE_MOTION = 3;

    // The modes of subblocks, in the order of the RFC.
    static final int SUB_DC = 0;
    static final int SUB_TRUE_MOTION = 1;
    static final int SUB_VERTICAL = 2;
    static final int SUB_HORIZONTAL = 3;
    static final int SUB_LEFT_DOWN = 4;
    static final int SUB_RIGHT_DOWN = 5;
    static final int SUB_VERTICAL_RIGHT = 6;
    static final int SUB_VERTICAL_LEFT = 7;
    static final int SUB_HORIZONTAL_DOWN = 8;
    static final int SUB_HORIZONTAL_UP = 9;

    final byte[] pixels;
    final int stride;
    /** The pixels around a subblock: four on the left from the bottom, the corner, eight above. */
    private final int[] edge = new int[13];

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

    private int get(int index) {
        return pixels[index] & 0xFF;
    }

    static int clamp(int sample) {
        return Math.max(0, Math.min(255, sample));
    }

    /**
     * Predicts a whole macroblock.
     *
     * @param at its first pixel
     * @param side 16 in luma, 8 in chroma
     * @param hasLeft whether there is a macroblock on the left
     * @param hasAbove whether there is one above
     */
    void predict(int mode, int at, int side, boolean hasLeft, boolean hasAbove) {
        int mean = mode == DC ? mean(at, side, hasLeft, hasAbove) : 0;
        int above = at - stride;
        int corner = get(above - 1);
        for (int y = 0; y < side; y++) {
            int row = at + y * stride;
            int left = get(row - 1);
            for (int x = 0; x < side; x++) {
                pixels[row + x] = (byte)
                        switch (mode) {
                            case DC -> mean;
                            case VERTICAL -> get(above + x);
                            case HORIZONTAL -> left;
                            default -> clamp(left + get(above + x) - corner);
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

    /**
     * Predicts a subblock of 4 x 4 pixels.
     *
     * @param at its first pixel
     * @param aboveRight the four pixels above and on the right of it
     */
    void predictSubblock(int mode, int at, int[] aboveRight) {
        for (int i = 0; i < 4; i++) {
            edge[i] = get(at + (3 - i) * stride - 1);
            edge[5 + i] = get(at - stride + i);
            edge[9 + i] = aboveRight[i];
        }
        edge[4] = get(at - stride - 1);
        int mean = 4;
        for (int i = 0; i < 4; i++) {
            mean += edge[i] + edge[5 + i];
        }
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int pixel = mode == SUB_DC ? mean >> 3 : directional(mode, x, y);
                pixels[at + y * stride + x] = (byte) pixel;
            }
        }
    }

    private int directional(int mode, int x, int y) {
        return switch (mode) {
            case SUB_TRUE_MOTION -> clamp(edge[3 - y] + edge[5 + x] - edge[4]);
            case SUB_VERTICAL -> smooth(5 + x);
            case SUB_HORIZONTAL -> smooth(3 - y);
            case SUB_LEFT_DOWN -> smooth(6 + x + y);
            case SUB_RIGHT_DOWN -> smooth(4 + x - y);
            case SUB_VERTICAL_RIGHT -> verticalRight(x, y);
            case SUB_VERTICAL_LEFT -> verticalLeft(x, y);
            case SUB_HORIZONTAL_DOWN -> horizontalDown(x, y);
            default -> horizontalUp(x + 2 * y);
        };
    }

    private int verticalRight(int x, int y) {
        if (x == 0 && y > 1) {
            return smooth(5 - y);
        }
        int from = 4 + x - y / 2;
        return y % 2 == 0 ? between(from) : smooth(from);
    }

    private int verticalLeft(int x, int y) {
        if (x == 3 && y > 1) {
            return smooth(8 + y);
        }
        int from = 5 + x + y / 2;
        return y % 2 == 0 ? between(from) : smooth(from + 1);
    }

    private int horizontalDown(int x, int y) {
        if (y == 0 && x > 1) {
            return smooth(3 + x);
        }
        int from = 3 - y + x / 2;
        return x % 2 == 0 ? between(from) : smooth(from + 1);
    }

    private int horizontalUp(int step) {
        if (step > 5) {
            return edge[0];
        }
        int from = 3 - step / 2;
        return step % 2 == 0 ? between(from - 1) : smooth(from - 1);
    }

    /** The mean of two neighbours on the edge. */
    private int between(int from) {
        return edge[from] + edge[from + 1] + 1 >> 1;
    }

    /** The weighted mean of three neighbours. Beyond either end of the edge, its last pixel is repeated. */
    private int smooth(int centre) {
        int before = edge[Math.max(0, centre - 1)];
        int after = edge[Math.min(12, centre + 1)];
        return before + 2 * edge[centre] + after + 2 >> 2;
    }

    /**
     * Adds the inverse transform of a block's coefficients (RFC 6386, section 14.3), and sets them to 0.
     *
     * @param at the first of its 4 x 4 pixels
     * @param coefficients holds the coefficients
     * @param from the index of the first
     */
    void addInverse(int at, int[] coefficients, int from) {
        for (int i = from; i < from + 4; i++) {
            int a = coefficients[i] + coefficients[i + 8];
            int b = coefficients[i] - coefficients[i + 8];
            int c = times35468(coefficients[i + 4]) - times85627(coefficients[i + 12]);
            int d = times85627(coefficients[i + 4]) + times35468(coefficients[i + 12]);
            coefficients[i] = a + d;
            coefficients[i + 4] = b + c;
            coefficients[i + 8] = b - c;
            coefficients[i + 12] = a - d;
        }
        for (int y = 0; y < 4; y++) {
            int i = from + 4 * y;
            int a = coefficients[i] + 4 + coefficients[i + 2];
            int b = coefficients[i] + 4 - coefficients[i + 2];
            int c = times35468(coefficients[i + 1]) - times85627(coefficients[i + 3]);
            int d = times85627(coefficients[i + 1]) + times35468(coefficients[i + 3]);
            int row = at + y * stride;
            add(row, a + d);
            add(row + 1, b + c);
            add(row + 2, b - c);
            add(row + 3, a - d);
        }
        Arrays.fill(coefficients, from, from + 16, 0);
    }

    private void add(int index, int eighths) {
        pixels[index] = (byte) clamp(get(index) + (eighths >> 3));
    }

    private static int times35468(int number) {
        return number * 35468 >> 16;
    }

    private static int times85627(int number) {
        return (number * 20091 >> 16) + number;
    }
}
