package ink.neural.ink;

import ink.neural.ink.Ink.Box;
import java.util.Arrays;

/** Finds frames and bars around a picture: lines of one colour from edge to edge, beside which the picture has another. */
final class Margins {
    /** How far a pixel may be from the colour of its line. */
    private static final int TOLERANCE = 24;
    /** The share of a line's pixels that have its colour. */
    private static final double UNIFORM = 0.97;
    /** The share of an inner line's pixels that may have the frame's colour. */
    private static final double CONTACT = 0.1;
    /** Pixels over which the edge of a frame may be blurred. */
    private static final int BLUR = 3;

    private static final int MAX_NESTED = 4;

    private final Channel channel;

    private Margins(Channel channel) {
        this.channel = channel;
    }

    /** The part of a picture inside its frames and bars. */
    static Box inside(Channel channel) {
        Margins margins = new Margins(channel);
        Box box = channel.bounds();
        for (int i = 0; i < MAX_NESTED; i++) {
            Box inner = margins.inside(box);
            if (inner.equals(box)) {
                break;
            }
            box = inner;
        }
        return box;
    }

    private Box inside(Box box) {
        int[] colours = {
            median(row(box, box.top())),
            median(row(box, box.bottom() - 1)),
            median(column(box, box.left())),
            median(column(box, box.right() - 1))
        };
        for (int colour : colours) {
            Box inner = peel(box, colour);
            if (!inner.equals(box) && (hasContrast(inner) || isLarge(inner, box))) {
                return inner;
            }
        }
        return box;
    }

    /** Takes off the outer lines of a colour. Returns the same box if what remains is not separate from them. */
    private Box peel(Box box, int colour) {
        int left = box.left();
        int top = box.top();
        int right = box.right();
        int bottom = box.bottom();
        while (top < bottom && share(row(box, top), colour) >= UNIFORM) {
            top++;
        }
        while (bottom > top && share(row(box, bottom - 1), colour) >= UNIFORM) {
            bottom--;
        }
        Box rows = new Box(left, top, right - left, bottom - top);
        if (rows.height() <= 2 * BLUR) {
            return box;
        }
        while (left < right && share(column(rows, left), colour) >= UNIFORM) {
            left++;
        }
        while (right > left && share(column(rows, right - 1), colour) >= UNIFORM) {
            right--;
        }
        Box inner = new Box(left, top, right - left, bottom - top);
        if (inner.width() <= 2 * BLUR) {
            return box;
        }
        int blurTop = top == box.top() ? 0 : blur(depth -> row(inner, inner.top() + depth), colour);
        int blurBottom = bottom == box.bottom() ? 0 : blur(depth -> row(inner, inner.bottom() - 1 - depth), colour);
        int blurLeft = left == box.left() ? 0 : blur(depth -> column(inner, inner.left() + depth), colour);
        int blurRight = right == box.right() ? 0 : blur(depth -> column(inner, inner.right() - 1 - depth), colour);
        if (Math.max(Math.max(blurTop, blurBottom), Math.max(blurLeft, blurRight)) > BLUR) {
            return box;
        }
        return new Box(
                left + blurLeft,
                top + blurTop,
                inner.width() - blurLeft - blurRight,
                inner.height() - blurTop - blurBottom);
    }

    /** How many lines are blurred between a frame and the picture. More than the limit if there is no clear edge. */
    private static int blur(java.util.function.IntFunction<byte[]> line, int colour) {
        int depth = 0;
        while (depth <= BLUR && share(line.apply(depth), colour) > CONTACT) {
            depth++;
        }
        return depth == 0 ? 0 : depth > BLUR ? depth : Math.min(BLUR, depth + 1);
    }

    /** Whether a box is blank paper rather than a thick stroke. */
    private static boolean isLarge(Box inner, Box box) {
        return inner.width() >= 0.5 * box.width() && inner.height() >= 0.5 * box.height();
    }

    /** Whether there is more in a box than one colour and its blurred rim. */
    private boolean hasContrast(Box box) {
        int[] counts = new int[256];
        for (int y = box.top() + BLUR; y < box.bottom() - BLUR; y++) {
            for (int x = box.left() + BLUR; x < box.right() - BLUR; x++) {
                counts[channel.value(x, y)]++;
            }
        }
        int total = Arrays.stream(counts).sum();
        return Noise.percentile(counts, total - 1 - total / 2000) - Noise.percentile(counts, total / 2000)
                > 2 * TOLERANCE;
    }

    private byte[] row(Box box, int y) {
        int start = y * channel.width() + box.left();
        return Arrays.copyOfRange(channel.values(), start, start + box.width());
    }

    private byte[] column(Box box, int x) {
        byte[] column = new byte[box.height()];
        for (int i = 0; i < column.length; i++) {
            column[i] = channel.values()[(box.top() + i) * channel.width() + x];
        }
        return column;
    }

    private static int median(byte[] line) {
        int[] counts = new int[256];
        for (byte value : line) {
            counts[value & 0xFF]++;
        }
        return Noise.percentile(counts, line.length / 2);
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
