package ink.neural.robustness;

import java.awt.Color;
import java.util.SplittableRandom;

/** Colours as {@code 0xRRGGBB}. */
final class Colours {
    static final int BLACK = 0x000000;
    static final int WHITE = 0xFFFFFF;
    static final int BLUE_INK = 0x1F3A93;

    private Colours() {}

    static int grey(int level) {
        return level << 16 | level << 8 | level;
    }

    static int grey(int from, int to, SplittableRandom random) {
        return grey(random.nextInt(from, to));
    }

    static int any(SplittableRandom random, int... colours) {
        return colours[random.nextInt(colours.length)];
    }

    /** A dark ink: black, dark grey, blue, dark red or dark green. */
    static int ink(SplittableRandom random) {
        return any(random, 0x000000, 0x202020, BLUE_INK, 0x102A70, 0x7A1010, 0x0F5030);
    }

    /** The luma of ITU-R BT.601. */
    static double luma(int colour) {
        return 0.299 * (colour >> 16 & 0xFF) + 0.587 * (colour >> 8 & 0xFF) + 0.114 * (colour & 0xFF);
    }

    /**
     * The colour of a hue whose luma is nearest to the one that is wanted.
     *
     * @param hue from 0 (red) to 1
     */
    static int ofLuma(double hue, double luma) {
        int nearest = BLACK;
        for (int i = 0; i <= 200; i++) {
            float saturation = i <= 100 ? 1 : 1 - (i - 100) / 100f;
            int colour = Color.HSBtoRGB((float) hue, saturation, Math.min(1, i / 100f)) & WHITE;
            if (Math.abs(luma(colour) - luma) < Math.abs(luma(nearest) - luma)) {
                nearest = colour;
            }
        }
        return nearest;
    }
}
