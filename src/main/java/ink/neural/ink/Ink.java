package ink.neural.ink;

/**
 * What is ink on a picture. The ink density of a pixel is 0 where there is bare paper and grows with the ink, up to 255.
 *
 * @param width columns
 * @param height rows
 * @param levels {@code width * height} pixels, row by row from the top left, as unsigned bytes
 * @param densities the ink density of each of the 256 levels
 * @param boundingBox the smallest rectangle that contains all pixels of at least a fifth of the peak density
 */
public record Ink(int width, int height, byte[] levels, float[] densities, Box boundingBox) {
    /** The bounding box keeps pixels of at least this fraction of the peak density, and so drops the faint rim of a stroke. */
    public static final float CROP_THRESHOLD = 0.2f;

    /**
     * Ink whose levels are its densities.
     *
     * @param width columns
     * @param height rows
     * @param levels the density of each pixel, at least one of which is above 0
     * @return the ink
     */
    public static Ink of(int width, int height, byte[] levels) {
        float[] densities = new float[256];
        for (int level = 0; level < densities.length; level++) {
            densities[level] = level;
        }
        return new Ink(width, height, levels, densities, boundingBox(width, height, levels));
    }

    private static Box boundingBox(int width, int height, byte[] levels) {
        int peak = 0;
        for (byte level : levels) {
            peak = Math.max(peak, level & 0xFF);
        }
        int least = (int) Math.ceil(CROP_THRESHOLD * peak);
        int left = width;
        int top = height;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if ((levels[y * width + x] & 0xFF) >= least) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        return new Box(left, top, right - left, bottom - top);
    }

    /**
     * The ink density of a pixel.
     *
     * @param pixel index of the pixel
     * @return from 0 to 255
     */
    public float density(int pixel) {
        return densities[levels[pixel] & 0xFF];
    }

    /**
     * The highest ink density.
     *
     * @return above 0
     */
    public float peak() {
        boolean[] occurs = new boolean[256];
        for (byte level : levels) {
            occurs[level & 0xFF] = true;
        }
        float peak = 0;
        for (int level = 0; level < occurs.length; level++) {
            peak = occurs[level] ? Math.max(peak, densities[level]) : peak;
        }
        return peak;
    }

    /**
     * Copies the ink densities of consecutive pixels.
     *
     * @param start index of the first pixel
     * @param row receives the densities
     */
    public void copyRow(int start, float[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = densities[levels[start + x] & 0xFF];
        }
    }
}
