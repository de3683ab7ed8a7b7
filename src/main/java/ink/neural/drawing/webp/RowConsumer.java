package ink.neural.drawing.webp;

/** Receives the rows of an image from the top. */
@FunctionalInterface
public interface RowConsumer {
    /**
     * Receives a row.
     *
     * @param y its number, from 0
     * @param argb its pixels as {@code 0xAARRGGBB}, not premultiplied; the array is used again for the next row
     */
    void accept(int y, int[] argb);
}
