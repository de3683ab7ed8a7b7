package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.Vp8Modes.SUB_DC;
import static ink.neural.drawing.webp.Vp8Modes.SUB_HORIZONTAL;
import static ink.neural.drawing.webp.Vp8Modes.SUB_HORIZONTAL_DOWN;
import static ink.neural.drawing.webp.Vp8Modes.SUB_LEFT_DOWN;
import static ink.neural.drawing.webp.Vp8Modes.SUB_RIGHT_DOWN;
import static ink.neural.drawing.webp.Vp8Modes.SUB_TRUE_MOTION;
import static ink.neural.drawing.webp.Vp8Modes.SUB_VERTICAL;
import static ink.neural.drawing.webp.Vp8Modes.SUB_VERTICAL_LEFT;
import static ink.neural.drawing.webp.Vp8Modes.SUB_VERTICAL_RIGHT;

import ink.neural.drawing.pixel.Argb;

/** Predicts the subblocks of a luma plane, of 4 x 4 pixels each (RFC 6386, section 12.3). */
final class Vp8Subblocks {
    private final Vp8Plane plane;
    /** The pixels around a subblock: four on the left from the bottom, the corner, eight above. */
    private final int[] edge = new int[13];

    Vp8Subblocks(Vp8Plane plane) {
        this.plane = plane;
    }

    /**
     * Predicts a subblock.
     *
     * @param mode one of {@link Vp8Modes}
     * @param macroblock the first pixel of its macroblock
     * @param at its own first pixel
     * @param lastInMacroblock whether it is in the last column of its macroblock
     * @param lastInPicture whether that is the last column of the picture
     */
    void predict(int mode, int macroblock, int at, boolean lastInMacroblock, boolean lastInPicture) {
        readEdge(macroblock, at, lastInMacroblock, lastInPicture);
        int mean = mode == SUB_DC ? mean() : 0;
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int pixel = mode == SUB_DC ? mean : directional(mode, x, y);
                plane.pixels[at + y * plane.stride + x] = (byte) pixel;
            }
        }
    }

    /**
     * Collects the edge. In the last column of subblocks, the four pixels above on the right are those above the
     * macroblock; in the last column of the picture, they repeat the last one there.
     */
    private void readEdge(int macroblock, int at, boolean lastInMacroblock, boolean lastInPicture) {
        int aboveMacroblock = macroblock - plane.stride;
        int aboveRight = lastInMacroblock ? aboveMacroblock + 16 : at - plane.stride + 4;
        for (int i = 0; i < 4; i++) {
            edge[i] = plane.get(at + (3 - i) * plane.stride - 1);
            edge[5 + i] = plane.get(at - plane.stride + i);
            edge[9 + i] = plane.get(lastInPicture ? aboveMacroblock + 15 : aboveRight + i);
        }
        edge[4] = plane.get(at - plane.stride - 1);
    }

    private int mean() {
        int sum = 4;
        for (int i = 0; i < 4; i++) {
            sum += edge[i] + edge[5 + i];
        }
        return sum >> 3;
    }

    private int directional(int mode, int x, int y) {
        return switch (mode) {
            case SUB_TRUE_MOTION -> Argb.clamp(edge[3 - y] + edge[5 + x] - edge[4]);
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
}
