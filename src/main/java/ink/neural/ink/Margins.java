package ink.neural.ink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds frames and bars around a picture: lines of one colour from edge to edge, beside which the picture has another. */
final class Margins {
    /** How far a pixel may be from the colour of its line. */
    private static final int TOLERANCE = 24;
    /** The least share of a line's pixels that have its colour. */
    private static final double UNIFORM = 0.97;
    /** The largest share of the pixels beside a frame that may have its colour. */
    private static final double CONTACT = 0.1;
    /** The same of a bar at one side of a text, which may also be a stroke. Other strokes then touch it. */
    private static final double UNTOUCHED = 0.01;
    /** Pixels over which the edge of a frame may be blurred. */
    private static final int MAX_BLUR = 3;

    /** The largest ratio of the sides of blank paper. */
    private static final double MAX_ASPECT = 2.3;

    private static final int MAX_NESTED = 4;

    private enum Side {
        TOP,
        BOTTOM,
        LEFT,
        RIGHT;

        /** Takes lines off this side of a box. */
        Box trim(Box box, int lines) {
            int left = box.left() + (this == LEFT ? lines : 0);
            int top = box.top() + (this == TOP ? lines : 0);
            boolean isRow = this == TOP || this == BOTTOM;
            return new Box(left, top, box.width() - (isRow ? 0 : lines), box.height() - (isRow ? lines : 0));
        }

        int lines(Box box) {
            return this == TOP || this == BOTTOM ? box.height() : box.width();
        }

        /** Pixels of a line. */
        int length(Box box) {
            return this == TOP || this == BOTTOM ? box.width() : box.height();
        }
    }

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

    /** The same on a picture of text. A blank margin is no frame there, because the outline of a form may follow it. */
    static Box insideOfText(Channel channel) {
        Box inside = inside(channel);
        Margins margins = new Margins(channel);
        int outside = Histogram.of(margins.line(channel.bounds(), Side.TOP, 0)).median();
        int paper = channel.crop(inside).histogram().median();
        return margins.withoutBars(Math.abs(outside - paper) <= 2 * TOLERANCE ? channel.bounds() : inside);
    }

    /** Takes off bars at some sides, such as a table beside a page. The same box if strokes touch a bar, or nothing is left. */
    private Box withoutBars(Box box) {
        int paper = channel.crop(box).histogram().median();
        List<Side> barred = new ArrayList<>();
        Box inner = box;
        for (Side side : Side.values()) {
            int colour = Histogram.of(line(inner, side, 0)).median();
            int depth = Math.abs(colour - paper) <= 2 * TOLERANCE ? 0 : depth(inner, side, colour);
            if (depth > 0 && MAX_ASPECT * depth <= side.length(inner) && 2 * depth < side.lines(inner)) {
                barred.add(side);
                inner = side.trim(inner, depth);
            }
        }
        Box sharp = inner;
        for (Side side : barred) {
            int blur = blur(inner, side);
            int colour = Histogram.of(line(inner, side, -1)).median();
            if (blur > MAX_BLUR || share(line(inner, side, blur), colour) > UNTOUCHED) {
                return box;
            }
            sharp = side.trim(sharp, blur);
        }
        return hasContrast(sharp) ? sharp : box;
    }

    /** How many outer lines of a side have a colour. */
    private int depth(Box box, Side side, int colour) {
        int depth = 0;
        while (depth < side.lines(box) && share(line(box, side, depth), colour) >= UNIFORM) {
            depth++;
        }
        return depth;
    }

    private Box inside(Box box) {
        int[] colours = Arrays.stream(Side.values())
                .mapToInt(side -> Histogram.of(line(box, side, 0)).median())
                .distinct()
                .toArray();
        for (int colour : colours) {
            Box inner = peel(box, colour);
            if (!inner.equals(box) && (isPaper(inner, box) || hasContrast(inner))) {
                return inner;
            }
        }
        return box;
    }

    /** Takes off the outer lines of a colour. Returns the same box if there is no clear edge between them and the rest. */
    private Box peel(Box box, int colour) {
        Box inner = box;
        int[] depths = new int[Side.values().length];
        for (Side side : Side.values()) {
            int depth = depth(inner, side, colour);
            depths[side.ordinal()] = depth;
            inner = side.trim(inner, depth);
            if (side.lines(inner) <= 2 * MAX_BLUR) {
                return box;
            }
        }
        if (!isFrameOrBars(depths)) {
            return box;
        }
        Box sharp = inner;
        for (Side side : Side.values()) {
            int blur = depths[side.ordinal()] == 0 ? 0 : blur(inner, side);
            if (blur > MAX_BLUR) {
                return box;
            }
            sharp = side.trim(sharp, blur);
        }
        return sharp;
    }

    /** Whether lines were taken off all sides or two opposite ones. The bar of a T lies at one side only. */
    private static boolean isFrameOrBars(int[] depths) {
        boolean rows = depths[Side.TOP.ordinal()] > 0 && depths[Side.BOTTOM.ordinal()] > 0;
        boolean columns = depths[Side.LEFT.ordinal()] > 0 && depths[Side.RIGHT.ordinal()] > 0;
        long sides = Arrays.stream(depths).filter(depth -> depth > 0).count();
        return rows && columns || (rows || columns) && sides == 2;
    }

    /** Over how many lines the edge of a frame is blurred. More than the limit if there is no clear edge, as in a gradient. */
    private int blur(Box box, Side side) {
        int colour = Histogram.of(line(box, side, -1)).median();
        int depth = 0;
        while (depth <= MAX_BLUR && share(line(box, side, depth), colour) > CONTACT) {
            depth++;
        }
        return depth == 0 || depth >= MAX_BLUR ? depth : depth + 1;
    }

    /** Whether what lies inside a frame is too large for a thick stroke, and too broad for a 1. */
    private static boolean isPaper(Box inner, Box box) {
        boolean broad = Math.max(inner.width(), inner.height()) <= MAX_ASPECT * Math.min(inner.width(), inner.height());
        return broad && 2 * inner.width() >= box.width() && 2 * inner.height() >= box.height();
    }

    /** Whether there is more in a box than one colour and its blurred edge. */
    private boolean hasContrast(Box box) {
        Box core = new Box(
                box.left() + MAX_BLUR, box.top() + MAX_BLUR, box.width() - 2 * MAX_BLUR, box.height() - 2 * MAX_BLUR);
        if (core.width() < 1 || core.height() < 1) {
            return false;
        }
        Histogram histogram = channel.crop(core).histogram();
        int few = histogram.total() / 2000;
        return histogram.valueAt(histogram.total() - 1 - few) - histogram.valueAt(few) > 2 * TOLERANCE;
    }

    /** A row or column of a box, counted from a side. */
    private byte[] line(Box box, Side side, int depth) {
        return switch (side) {
            case TOP -> row(box, box.top() + depth);
            case BOTTOM -> row(box, box.bottom() - 1 - depth);
            case LEFT -> column(box, box.left() + depth);
            case RIGHT -> column(box, box.right() - 1 - depth);
        };
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

    /** The share of a line's pixels that have a colour. */
    private static double share(byte[] line, int colour) {
        int count = 0;
        for (byte value : line) {
            count += Math.abs((value & 0xFF) - colour) <= TOLERANCE ? 1 : 0;
        }
        return (double) count / line.length;
    }
}
