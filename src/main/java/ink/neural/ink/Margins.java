package ink.neural.ink;

import ink.neural.ink.Ink.Box;
import java.util.Arrays;

/** Finds frames and bars around a picture: lines of one colour from edge to edge, with another paper beside them. */
final class Margins {
    private static final int TOLERANCE = 20;
    /** The part of a line's pixels that have its colour, if it is a line of one colour. */
    private static final double UNIFORM = 0.97;

    private static final double DIFFERENT = 0.9;
    private static final int MAX_NESTED = 4;

    private final Channel channel;
    private int left;
    private int top;
    private int right;
    private int bottom;

    private Margins(Channel channel) {
        this.channel = channel;
        right = channel.width();
        bottom = channel.height();
    }

    /** The part of a picture inside its frames and bars. */
    static Box inside(Channel channel) {
        Margins margins = new Margins(channel);
        for (int i = 0; i < MAX_NESTED; i++) {
            if (!margins.trim()) {
                break;
            }
        }
        return new Box(margins.left, margins.top, margins.right - margins.left, margins.bottom - margins.top);
    }

    private boolean trim() {
        int fromTop = depth(true, 0);
        int fromBottom = depth(true, 1);
        if (fromTop + fromBottom < bottom - top) {
            top += fromTop;
            bottom -= fromBottom;
        } else {
            fromTop = fromBottom = 0;
        }
        int fromLeft = depth(false, 0);
        int fromRight = depth(false, 1);
        if (fromLeft + fromRight < right - left) {
            left += fromLeft;
            right -= fromRight;
        } else {
            fromLeft = fromRight = 0;
        }
        return fromTop + fromBottom + fromLeft + fromRight > 0;
    }

    /** How many lines from an edge are a bar. */
    private int depth(boolean rows, int end) {
        int lines = rows ? bottom - top : right - left;
        byte[] first = line(rows, end, 0, lines);
        int colour = median(first);
        int depth = 0;
        while (depth < lines && share(line(rows, end, depth, lines), colour) >= UNIFORM) {
            depth++;
        }
        if (depth == 0) {
            return 0;
        }
        for (int next = depth; next < Math.min(lines, depth + 3); next++) { // the edge may be blurred
            if (share(line(rows, end, next, lines), colour) <= 1 - DIFFERENT) {
                return next;
            }
        }
        return 0;
    }

    private byte[] line(boolean rows, int end, int index, int lines) {
        int at = end == 0 ? index : lines - 1 - index;
        byte[] line = new byte[rows ? right - left : bottom - top];
        for (int i = 0; i < line.length; i++) {
            line[i] = rows
                    ? channel.values()[(top + at) * channel.width() + left + i]
                    : channel.values()[(top + i) * channel.width() + left + at];
        }
        return line;
    }

    private static int median(byte[] line) {
        int[] sorted = new int[line.length];
        for (int i = 0; i < line.length; i++) {
            sorted[i] = line[i] & 0xFF;
        }
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double share(byte[] line, int colour) {
        int count = 0;
        for (byte value : line) {
            if (Math.abs((value & 0xFF) - colour) <= TOLERANCE) {
                count++;
            }
        }
        return (double) count / line.length;
    }
}
