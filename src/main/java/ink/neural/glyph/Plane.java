package ink.neural.glyph;

/**
 * Values over a rectangle, row by row.
 *
 * @param width values in a row
 * @param height rows
 * @param values {@code width * height} of them
 */
record Plane(int width, int height, float[] values) {
    Plane(int width, int height) {
        this(width, height, new float[width * height]);
    }

    float max() {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** Copies all of this into {@code target} with its upper left corner at (left, top). */
    void copyTo(Plane target, int left, int top) {
        for (int y = 0; y < height; y++) {
            System.arraycopy(values, y * width, target.values, (top + y) * target.width + left, width);
        }
    }
}
