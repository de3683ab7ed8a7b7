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
        float luma = 0.299f * (argb >> 16 & 0xFF) + 0.587f * (argb >> 8 & 0xFF) + 0.114f * (argb & 0xFF);
        int alpha = argb >>> 24;
        if (alpha == 255) {
            return (byte) (luma + 0.5f);
        }
        float opacity = alpha / 255f;
        return (byte) (opacity * luma + (1 - opacity) * 255 + 0.5f);
    }
}
