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
    /**
     * The column after the last.
     *
     * @return left and width together
     */
    public int right() {
        return left + width;
    }

    /**
     * The row after the last.
     *
     * @return top and height together
     */
    public int bottom() {
        return top + height;
    }

    /**
     * The smallest rectangle that contains this one and another.
     *
     * @param other the other rectangle
     * @return the common bounding box
     */
    public Box union(Box other) {
        int unionLeft = Math.min(left, other.left);
        int unionTop = Math.min(top, other.top);
        return new Box(
                unionLeft,
                unionTop,
                Math.max(right(), other.right()) - unionLeft,
                Math.max(bottom(), other.bottom()) - unionTop);
    }

    /**
     * Whether this rectangle contains another.
     *
     * @param other the other rectangle
     * @return true if no pixel of the other lies outside this one
     */
    public boolean contains(Box other) {
        return union(other).equals(this);
    }

    /**
     * Whether this rectangle has pixels in common with another.
     *
     * @param other the other rectangle
     * @return true if some pixel lies in both
     */
    public boolean overlaps(Box other) {
        return left < other.right() && other.left < right() && top < other.bottom() && other.top < bottom();
    }

    /**
     * The rectangle on a picture that is larger.
     *
     * @param factor how many times as large the picture is in each direction
     * @return the rectangle with all numbers multiplied
     */
    public Box enlarged(int factor) {
        return new Box(factor * left, factor * top, factor * width, factor * height);
    }

    /**
     * The rectangle at another place.
     *
     * @param columns how far it moves to the right
     * @param rows how far it moves down
     * @return the rectangle after the move
     */
    public Box move(int columns, int rows) {
        return new Box(left + columns, top + rows, width, height);
    }
}
