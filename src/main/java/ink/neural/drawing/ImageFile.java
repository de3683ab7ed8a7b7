package ink.neural.drawing;

import java.util.function.Supplier;

/**
 * An image file that has been parsed but not decoded.
 *
 * @param width width in pixels, from the header
 * @param height height in pixels, from the header
 * @param decodeCost time to decode a pixel, as a multiple of that in a plain image: 2 in an interlaced PNG, 4 in a PNG
 *     of 16 bits per sample, a JPEG of several scans and a compressed TIFF, 8 in a WebP, and four times as much in a
 *     JPEG of CMYK colours
 * @param dataWeight time to decompress its data if they stand for few pixels, in pixels of a plain image
 * @param orientation EXIF orientation from 1 to 8, where 1 is upright
 * @param pixels decodes the pixels as they are stored, or throws {@link InvalidImageException}
 */
public record ImageFile(
        int width, int height, int decodeCost, long dataWeight, int orientation, Supplier<Drawing> pixels) {
    /** The weight of a byte of a deflate stream, which takes up to 110 ns where blocks are tiny. A pixel takes 45 ns. */
    static final int COST_OF_DEFLATED_BYTE = 2;

    /**
     * How much the picture is reduced while it is decoded.
     *
     * @return pixels of the file for each pixel of the drawing, in each direction; 1 for up to a megapixel
     */
    public int reduction() {
        return BoxFilter.factor(width, height);
    }

    /**
     * The time it takes to decode the image.
     *
     * @return in pixels of a plain image
     */
    public long weight() {
        return Math.max((long) width * height * decodeCost, dataWeight);
    }
}
