package ink.neural.drawing.webp;

import ink.neural.drawing.pixel.Argb;

/** Smooths the edges between blocks of a VP8 frame (RFC 6386, section 15). */
final class Vp8LoopFilter {
    private static final int BLOCK = 4;

    private final Vp8Plane plane;
    private final byte[] pixels;
    /** The side of a macroblock in this plane. */
    private final int side;
    /** The distance between pixels across the edge. */
    private int across;

    private int edgeLimit;
    private int interiorLimit;
    private int varianceLimit;

    /**
     * Prepares to smooth a plane.
     *
     * @param side the side of its macroblocks: 16 in luma, 8 in chroma
     */
    Vp8LoopFilter(Vp8Plane plane, int side) {
        this.plane = plane;
        this.side = side;
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

    /** Smooths the left edge of a macroblock and the vertical edges within, then the horizontal edges likewise. */
    void smooth(int column, int row, boolean inner, boolean simple) {
        int first = plane.index(side * column, side * row);
        smooth(first, 1, plane.stride, column > 0, inner, simple);
        smooth(first, plane.stride, 1, row > 0, inner, simple);
    }

    /**
     * Smooths the edges of one direction.
     *
     * @param first the first pixel of the macroblock
     * @param across distance from pixel to pixel across an edge
     * @param along distance from each pixel on an edge to the next
     * @param outer whether there is a macroblock before the first edge
     * @param inner whether the edges within the macroblock are smoothed
     */
    private void smooth(int first, int across, int along, boolean outer, boolean inner, boolean simple) {
        this.across = across;
        int edges = inner ? side : 1;
        for (int edge = outer ? 0 : BLOCK; edge < edges; edge += BLOCK) {
            for (int i = 0, at = first + edge * across; i < side; i++, at += along) {
                if (simple) {
                    smoothSimply(at, edge == 0);
                } else {
                    smoothFully(at, edge == 0);
                }
            }
        }
    }

    private void smoothSimply(int at, boolean outer) {
        if (isWithinEdgeLimit(at, limit(outer))) {
            smoothNearest(at);
        }
    }

    private void smoothFully(int at, boolean outer) {
        if (!isWithinLimits(at, limit(outer))) {
            return;
        }
        if (isHighVariance(at)) {
            smoothNearest(at);
        } else if (outer) {
            smoothSix(at);
        } else {
            smoothFour(at);
        }
    }

    /** Edges between macroblocks are smoothed more often than those within. */
    private int limit(boolean outer) {
        return outer ? edgeLimit + 4 : edgeLimit;
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
        pixels[first] = (byte) Argb.clamp(pixel(first) + before);
        pixels[second] = (byte) Argb.clamp(pixel(second) - after);
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
