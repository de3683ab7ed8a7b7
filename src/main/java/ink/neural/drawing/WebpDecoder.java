package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import ink.neural.drawing.webp.InvalidWebpException;
import ink.neural.drawing.webp.WebpImage;

/** Decodes WebP files by means of the package {@link ink.neural.drawing.webp}. */
final class WebpDecoder {
    private static final int DECODE_COST = 8;

    private WebpDecoder() {}

    /** Whether a file starts as a WebP does. */
    static boolean recognises(byte[] file) {
        return WebpImage.recognises(file);
    }

    /**
     * Parses a WebP file.
     *
     * @throws InvalidImageException if the file is truncated or damaged, or contains no image
     */
    static ImageFile parse(byte[] file) {
        try {
            WebpImage image = WebpImage.parse(file);
            int orientation = image.exif() == null ? ExifOrientation.UPRIGHT : ExifOrientation.read(image.exif());
            return new ImageFile(image.width(), image.height(), DECODE_COST, 0, orientation, () -> decode(image));
        } catch (InvalidWebpException e) {
            throw notAnImage(e.getMessage());
        }
    }

    private static Drawing decode(WebpImage image) {
        BoxFilter pixels = BoxFilter.ofRows(image.width(), image.height());
        try {
            image.decode(pixels::addRow);
        } catch (InvalidWebpException e) {
            throw notAnImage(e.getMessage());
        }
        return pixels.drawing();
    }
}
