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
    static final float CROP_THRESHOLD = 0.2f;

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

    /**
     * A rectangle of pixels.
     *
     * @param left its first column
     * @param top its first row
     * @param width columns
     * @param height rows
     */
    public record Box(int left, int top, int width, int height) {
        int right() {
            return left + width;
        }

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

        Box move(int right, int down) {
            return new Box(left + right, top + down, width, height);
        }
    }
}
