package ink.neural.drawing.webp;

import ink.neural.drawing.pixel.Argb;
import java.util.Arrays;

/** The inverse transforms from coefficients to pixels (RFC 6386, sections 14.3 and 14.4). */
final class Vp8Transform {
    private Vp8Transform() {}

    /**
     * Turns the Y2 block of a macroblock into the first coefficients of its 16 luma blocks, which come first, and sets it
     * to 0. This is an inverse Walsh-Hadamard transform.
     *
     * @param c the coefficients of the macroblock
     * @param from the index of the first of the Y2 block
     */
    static void spreadY2(int[] c, int from) {
        for (int i = from; i < from + 4; i++) {
            int a0 = c[i] + c[i + 12];
            int a1 = c[i + 4] + c[i + 8];
            int a2 = c[i + 4] - c[i + 8];
            int a3 = c[i] - c[i + 12];
            c[i] = a0 + a1;
            c[i + 4] = a3 + a2;
            c[i + 8] = a0 - a1;
            c[i + 12] = a3 - a2;
        }
        for (int y = 0; y < 4; y++) {
            int i = from + 4 * y;
            int a0 = c[i] + 3 + c[i + 3];
            int a1 = c[i + 1] + c[i + 2];
            int a2 = c[i + 1] - c[i + 2];
            int a3 = c[i] + 3 - c[i + 3];
            int to = 64 * y;
            c[to] = a0 + a1 >> 3;
            c[to + 16] = a3 + a2 >> 3;
            c[to + 32] = a0 - a1 >> 3;
            c[to + 48] = a3 - a2 >> 3;
        }
        Arrays.fill(c, from, from + 16, 0);
    }

    /**
     * Adds the inverse cosine transform of a block's coefficients to its pixels, and sets them to 0.
     *
     * @param at the first of its 4 x 4 pixels
     * @param c the coefficients of the macroblock
     * @param from the index of the first of this block
     */
    static void addTo(Vp8Plane plane, int at, int[] c, int from) {
        for (int i = from; i < from + 4; i++) {
            int a = c[i] + c[i + 8];
            int b = c[i] - c[i + 8];
            int d = times35468(c[i + 4]) - times85627(c[i + 12]);
            int e = times85627(c[i + 4]) + times35468(c[i + 12]);
            c[i] = a + e;
            c[i + 4] = b + d;
            c[i + 8] = b - d;
            c[i + 12] = a - e;
        }
        for (int y = 0; y < 4; y++) {
            int i = from + 4 * y;
            int a = c[i] + 4 + c[i + 2];
            int b = c[i] + 4 - c[i + 2];
            int d = times35468(c[i + 1]) - times85627(c[i + 3]);
            int e = times85627(c[i + 1]) + times35468(c[i + 3]);
            int row = at + y * plane.stride;
            add(plane.pixels, row, a + e);
            add(plane.pixels, row + 1, b + d);
            add(plane.pixels, row + 2, b - d);
            add(plane.pixels, row + 3, a - e);
        }
        Arrays.fill(c, from, from + 16, 0);
    }

    private static void add(byte[] pixels, int index, int eighths) {
        pixels[index] = (byte) Argb.clamp((pixels[index] & 0xFF) + (eighths >> 3));
    }

    /** The square root of 2, times the sine of pi / 8. */
    private static int times35468(int number) {
        return number * 35468 >> 16;
    }

    /** The square root of 2, times the cosine of pi / 8. */
    private static int times85627(int number) {
        return (number * 20091 >> 16) + number;
    }
}
