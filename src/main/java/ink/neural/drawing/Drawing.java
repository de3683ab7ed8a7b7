package ink.neural.drawing;

/**
 * A picture as plain greys. A byte for each pixel is all that its characters need, and little to go over.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param greys {@code width * height} pixels row by row from the top left, each its brightness on white paper, 0 to 255
 *     as an unsigned byte
 */
public record Drawing(int width, int height, byte[] greys) {
    /**
     * Brightness on white paper, the luma of ITU-R BT.601.
     *
     * @param argb {@code 0xAARRGGBB}, not premultiplied
     * @return 0 to 255 as an unsigned byte
     */
    public static byte grey(int argb) {
        float opacity = (argb >>> 24) / 255f;
        float luma = 0.299f * (argb >> 16 & 0xFF) + 0.587f * (argb >> 8 & 0xFF) + 0.114f * (argb & 0xFF);
        return (byte) (opacity * luma + (1 - opacity) * 255 + 0.5f);
    }
}
