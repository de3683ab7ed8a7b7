package ink.neural.drawing;

/**
 * A picture as plain pixels.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param argb {@code width * height} pixels row by row from the top left, each {@code 0xAARRGGBB}, not premultiplied
 */
public record Drawing(int width, int height, int[] argb) {}
