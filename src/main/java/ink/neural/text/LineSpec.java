package ink.neural.text;

/**
 * The shape of the line images that a text network was trained on.
 *
 * @param height rows of an image
 * @param inkHeight rows that the ink fills, at most {@code height}
 * @param margin empty columns to the left of the ink, and at least as many to the right
 * @param maxStrokeWidth the widest strokes in pixels; a line of thicker strokes is made lower
 */
public record LineSpec(int height, int inkHeight, int margin, double maxStrokeWidth) {
    /** The width of an image is a multiple of this. */
    static final int COLUMN_STEP = 4;
}
