package ink.neural.glyph;

/**
 * A rectangle of ink densities, row by row.
 *
 * @param width columns
 * @param height rows
 * @param values {@code width * height} densities
 */
public record Plane(int width, int height, float[] values) {
    /**
     * A plane of zeros.
     *
     * @param width columns
     * @param height rows
     */
    public Plane(int width, int height) {
        this(width, height, new float[width * height]);
    }

    float max() {
        float max = 0;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /**
     * Divides by the peak density.
     *
     * @return the plane with a maximum of 1
     */
    public Plane normalized() {
        float peak = max();
        float[] normalized = new float[values.length];
        for (int i = 0; i < normalized.length; i++) {
            normalized[i] = values[i] / peak;
        }
        return new Plane(width, height, normalized);
    }

    /** Returns a plane of the given size with this one in its middle and zeros around it. */
    Plane padTo(int paddedWidth, int paddedHeight) {
        Plane padded = new Plane(paddedWidth, paddedHeight);
        int left = (paddedWidth - width) / 2;
        int top = (paddedHeight - height) / 2;
        for (int y = 0; y < height; y++) {
            System.arraycopy(values, y * width, padded.values, (top + y) * paddedWidth + left, width);
        }
        return padded;
    }
}
