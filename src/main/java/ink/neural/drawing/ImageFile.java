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
 * @param deflated bytes of its deflate stream, or 0 if there is none
 * @param orientation EXIF orientation from 1 to 8, where 1 is upright
 * @param pixels decodes the pixels as they are stored, or throws {@link InvalidImageException}
 */
public record ImageFile(
        int width, int height, int decodeCost, int deflated, int orientation, Supplier<Drawing> pixels) {
    /** What a deflated byte may cost, in pixels. In a stream of tiny blocks it takes 110 ns, a pixel at most 45 ns. */
    static final int COST_OF_DEFLATED_BYTE = 2;

    /**
     * The time it takes to decode the image.
     *
     * @return in pixels of a plain image
     */
    public long weight() {
        return Math.max((long) width * height * decodeCost, (long) deflated * COST_OF_DEFLATED_BYTE);
    }
}
