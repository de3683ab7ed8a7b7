package ink.neural.glyph;

/** How the glyphs a model was trained on are turned. Each orientation is its own inverse. */
public enum Orientation {
    /** As a person reads it. */
    UPRIGHT,
    /** Mirrored left to right. */
    MIRRORED,
    /** Rows and columns swapped, as in the published EMNIST files. */
    TRANSPOSED;

    /**
     * Turns an upright glyph into this orientation, or a glyph of this orientation upright.
     *
     * @param pixels {@code size * size} values, row by row
     * @param size side of the square
     * @return a new array of the turned values
     */
    public float[] apply(float[] pixels, int size) {
        float[] turned = new float[pixels.length];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                turned[y * size + x] = switch (this) {
                    case UPRIGHT -> pixels[y * size + x];
                    case MIRRORED -> pixels[y * size + size - 1 - x];
                    case TRANSPOSED -> pixels[x * size + y];
                };
            }
        }
        return turned;
    }
}
