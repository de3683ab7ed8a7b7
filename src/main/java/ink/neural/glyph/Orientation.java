package ink.neural.glyph;

/** How the glyphs lie that a model was trained on. Each is its own inverse. */
public enum Orientation {
    /** As written. */
    UPRIGHT,
    /** Flipped left to right. */
    MIRRORED,
    /** Rows and columns exchanged, as EMNIST is published. */
    TRANSPOSED;

    /**
     * Turns an upright glyph so, or one turned so upright again.
     *
     * @param pixels a square of {@code size * size} values, row by row
     * @param size length of its side
     * @return a new square
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
