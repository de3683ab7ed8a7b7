package ink.neural.drawing;

/**
 * An image file that has been parsed but not decoded. The bytes hold only what the pixels need. Metadata, colour
 * profiles, thumbnails and animation frames are stripped, because decoding them takes time and memory and changes no
 * pixel.
 *
 * @param format {@code png} or {@code jpeg}
 * @param width width in pixels, from the header
 * @param height height in pixels, from the header
 * @param decodeCost time to decode a pixel, as a multiple of that in a plain image: 2 in an interlaced PNG, 4 in a
 *     PNG of 16 bits per sample, and 1 plus a quarter of the number of scans in a progressive JPEG, as each scan
 *     covers the whole image
 * @param orientation EXIF orientation from 1 to 8, where 1 is upright
 * @param bytes the stripped file
 */
public record ImageFile(String format, int width, int height, int decodeCost, int orientation, byte[] bytes) {
    /**
     * The time it takes to decode the image.
     *
     * @return in pixels of a plain image
     */
    public long weight() {
        return (long) width * height * decodeCost;
    }
}
