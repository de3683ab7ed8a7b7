package ink.neural.drawing;

/**
 * A decoded image.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param greys {@code width * height} pixels, row by row from the top left; each is its brightness on white paper, an
 *     unsigned byte from 0 (black) to 255 (white)
 * @param colours the same pixels as {@code 0xAARRGGBB}, not premultiplied; null if every pixel is an opaque grey
 */
public record Drawing(int width, int height, byte[] greys, int[] colours) {
    /** The luma of white, in thousandths. */
    private static final int WHITE = 255_000;

    /**
     * An image of opaque greys.
     *
     * @param width columns, at least 1
     * @param height rows, at least 1
     * @param greys the brightness of each pixel
     */
    public Drawing(int width, int height, byte[] greys) {
        this(width, height, greys, null);
    }

    /**
     * Composites a colour on white paper and returns its brightness, the luma of ITU-R BT.601.
     *
     * @param argb {@code 0xAARRGGBB}, not premultiplied
     * @return an unsigned byte from 0 to 255
     */
    public static byte grey(int argb) {
        int luma = 299 * (argb >> 16 & 0xFF) + 587 * (argb >> 8 & 0xFF) + 114 * (argb & 0xFF);
        int darkness = (argb >>> 24) * (WHITE - luma);
        return (byte) ((255 * WHITE - darkness + WHITE / 2) / WHITE);
    }
}
