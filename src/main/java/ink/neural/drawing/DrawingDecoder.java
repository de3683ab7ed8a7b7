package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import ink.neural.drawing.InvalidImageException.Reason;

/**
 * Decodes untrusted image files. Each file is first parsed and checked against the limits. No pixel is decoded before
 * that. A picture of more than a megapixel is reduced while it is decoded, see {@link BoxFilter}.
 *
 * @param maxSide the largest width and height in pixels
 * @param maxPixels the largest number of pixels, at most 2 to the power of 28; where a pixel costs more to decode, it
 *     counts as several
 */
public record DrawingDecoder(int maxSide, int maxPixels) {
    /**
     * Whether a file has a format that can be decoded.
     *
     * @param start the file, or at least its first 64 bytes
     * @return false if it is too short to tell
     */
    public static boolean recognises(byte[] start) {
        return PngParser.recognises(start)
                || JpegParser.recognises(start)
                || WebpDecoder.recognises(start)
                || GifDecoder.recognises(start)
                || TiffDecoder.recognises(start)
                || BmpDecoder.recognises(start);
    }

    /**
     * Decodes an image file.
     *
     * @param file a PNG, JPEG, WebP, GIF, BMP or TIFF file
     * @return the image, turned upright
     * @throws InvalidImageException if the file is none of these, is damaged or not supported, or exceeds the limits
     */
    public Drawing decode(byte[] file) {
        return decode(parse(file));
    }

    /**
     * Parses an image file and checks it against the limits, which takes little time.
     *
     * @param file a PNG, JPEG, WebP, GIF, BMP or TIFF file
     * @return the file, ready to be decoded
     * @throws InvalidImageException if the file is none of these, is damaged or not supported, or exceeds the limits
     */
    public ImageFile parse(byte[] file) {
        ImageFile image = parseAny(file);
        requireWithinLimits(image);
        return image;
    }

    /**
     * Decodes a parsed image file.
     *
     * @param image a file that this decoder has parsed
     * @return the image, turned upright
     * @throws InvalidImageException if the file is damaged
     */
    public Drawing decode(ImageFile image) {
        return ExifOrientation.turnUpright(image.pixels().get(), image.orientation());
    }

    private static ImageFile parseAny(byte[] file) {
        if (PngParser.recognises(file)) {
            return PngParser.parse(file);
        }
        if (JpegParser.recognises(file)) {
            return JpegParser.parse(file);
        }
        if (WebpDecoder.recognises(file)) {
            return WebpDecoder.parse(file);
        }
        if (GifDecoder.recognises(file)) {
            return GifDecoder.parse(file);
        }
        if (TiffDecoder.recognises(file)) {
            return TiffDecoder.parse(file);
        }
        if (BmpDecoder.recognises(file)) {
            return BmpDecoder.parse(file);
        }
        throw ForeignFormat.refusal(file);
    }

    private void requireWithinLimits(ImageFile image) {
        int width = image.width();
        int height = image.height();
        if (width < 1 || height < 1) {
            throw notAnImage("The image has an invalid width or height.");
        }
        if (image.dataWeight() > maxPixels) {
            throw new InvalidImageException(
                    Reason.TOO_MANY_PIXELS,
                    "The compressed data of the image are as much work as %d pixels. The limit is %d in total. Send a JPEG image or one of fewer pixels."
                            .formatted(image.dataWeight(), maxPixels));
        }
        if (width > maxSide || height > maxSide || image.weight() > maxPixels) {
            throw new InvalidImageException(
                    Reason.TOO_MANY_PIXELS,
                    "The image is %d x %d pixels. The limits for its kind are %d pixels per side and %d in total."
                            .formatted(width, height, maxSide, maxPixels / image.decodeCost()));
        }
    }
}
