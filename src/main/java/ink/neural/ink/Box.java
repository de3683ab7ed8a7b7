package ink.neural.ink;

/**
 * A rectangle of pixels.
 *
 * @param left its first column
 * @param top its first row
 * @param width columns
 * @param height rows
 */
public record Box(int left, int top, int width, int height) {
    /** The column after the last. */
    int right() {
        return left + width;
    }

    /** The row after the last. */
    int bottom() {
        return top + height;
    }

    /** The smallest rectangle that contains this one and another. */
    Box union(Box other) {
        int unionLeft = Math.min(left, other.left);
        int unionTop = Math.min(top, other.top);
        return new Box(
                unionLeft,
                unionTop,
                Math.max(right(), other.right()) - unionLeft,
                Math.max(bottom(), other.bottom()) - unionTop);
    }

    boolean contains(Box other) {
        return union(other).equals(this);
    }

    Box move(int columns, int rows) {
        return new Box(left + columns, top + rows, width, height);
    }
}
