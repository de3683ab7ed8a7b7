package ink.neural.drawing;

/** Smooths the edges between blocks of a VP8 frame (RFC 6386, section 15). */
final class Vp8LoopFilter {
    private final byte[] pixels;
    /** The distance between pixels across the edge. */
    private int across;

    private int edgeLimit;
    private int interiorLimit;
    private int varianceLimit;

    Vp8LoopFilter(Vp8Plane plane) {
        pixels = plane.pixels;
    }

    /**
     * Sets the strength for a macroblock.
     *
     * @param level from 1 to 63
     * @param sharpness from 0 to 7
     */
    void setStrength(int level, int sharpness) {
        int interior = sharpness == 0 ? level : Math.min(9 - sharpness, level >> (sharpness > 4 ? 2 : 1));
        interiorLimit = Math.max(1, interior);
        edgeLimit = 2 * level + interiorLimit;
        varianceLimit = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    }

    /**
     * Smooths an edge between macroblocks.
     *
     * @param at the first pixel after the edge
     * @param along distance from each pixel on the edge to the next
     * @param across distance from pixel to pixel across the edge
     */
    void smoothOuter(int at, int along, int across, int length) {
        this.across = across;
        for (int i = 0; i < length; i++, at += along) {
            if (isWithinLimits(at, edgeLimit + 4)) {
                if (isHighVariance(at)) {
                    smoothNearest(at);
                } else {
                    smoothSix(at);
                }
            }
        }
    }

    /** Smooths an edge within a macroblock. */
    void smoothInner(int at, int along, int across, int length) {
        this.across = across;
        for (int i = 0; i < length; i++, at += along) {
            if (isWithinLimits(at, edgeLimit)) {
                if (isHighVariance(at)) {
                    smoothNearest(at);
                } else {
                    smoothFour(at);
                }
            }
        }
    }

    /** Smooths an edge with the simple filter. */
    void smoothSimply(int at, int along, int across, int length, boolean outer) {
        this.across = across;
        for (int i = 0; i < length; i++, at += along) {
            if (isWithinEdgeLimit(at, outer ? edgeLimit + 4 : edgeLimit)) {
                smoothNearest(at);
            }
        }
    }

    private int pixel(int at) {
        return pixels[at] & 0xFF;
    }

    private int difference(int a, int b) {
        return Math.abs(pixel(a) - pixel(b));
    }

    private boolean isWithinEdgeLimit(int at, int limit) {
        return 4 * difference(at - across, at) + difference(at - 2 * across, at + across) <= 2 * limit + 1;
    }

    private boolean isWithinLimits(int at, int limit) {
        return isWithinEdgeLimit(at, limit)
                && difference(at - 4 * across, at - 3 * across) <= interiorLimit
                && difference(at - 3 * across, at - 2 * across) <= interiorLimit
                && difference(at - 2 * across, at - across) <= interiorLimit
                && difference(at + 3 * across, at + 2 * across) <= interiorLimit
                && difference(at + 2 * across, at + across) <= interiorLimit
                && difference(at + across, at) <= interiorLimit;
    }

    private boolean isHighVariance(int at) {
        return difference(at - 2 * across, at - across) > varianceLimit || difference(at + across, at) > varianceLimit;
    }

    private static int signed(int number) {
        return Math.max(-128, Math.min(127, number));
    }

    /** Three times the step at the edge. */
    private int step(int at) {
        return 3 * (pixel(at) - pixel(at - across));
    }

    private int outerStep(int at) {
        return signed(pixel(at - 2 * across) - pixel(at + across));
    }

    private static int eighth(int number) {
        return Math.max(-16, Math.min(15, number >> 3));
    }

    /** Changes the pixels at a distance before and after the edge in opposite directions. */
    private void change(int at, int distance, int before, int after) {
        int first = at - (distance + 1) * across;
        int second = at + distance * across;
        pixels[first] = (byte) Vp8Plane.clamp(pixel(first) + before);
        pixels[second] = (byte) Vp8Plane.clamp(pixel(second) - after);
    }

    private void smoothNearest(int at) {
        int step = step(at) + outerStep(at);
        change(at, 0, eighth(step + 3), eighth(step + 4));
    }

    private void smoothFour(int at) {
        int step = step(at);
        int after = eighth(step + 4);
        int outer = after + 1 >> 1;
        change(at, 0, eighth(step + 3), after);
        change(at, 1, outer, outer);
    }

    private void smoothSix(int at) {
        int step = signed(step(at) + outerStep(at));
        for (int distance = 0; distance < 3; distance++) {
            int change = (27 - 9 * distance) * step + 63 >> 7;
            change(at, distance, change, change);
        }
    }
}
