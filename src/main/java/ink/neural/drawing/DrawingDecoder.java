package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import ink.neural.drawing.InvalidImageException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG pictures nobody vouches for: the file is first reduced to what its pixels need and its
 * dimensions are checked before a single pixel is decoded.
 *
 * @param maxSide the most pixels in a row, and rows
 * @param maxPixels the most pixels in all; those that take more effort count so many times
 */
public record DrawingDecoder(int maxSide, int maxPixels) {
    /**
     * Decodes a picture.
     *
     * @param file a PNG or JPEG file
     * @return its pixels, upright
     * @throws InvalidImageException if it is anything else, damaged, or larger than the limits
     */
    public Drawing decode(byte[] file) {
        ImageFile picture = open(file);
        requireWithinLimits(picture);
        return FastPngDecoder.recognises(picture) ? FastPngDecoder.read(picture) : read(picture);
    }

    private static ImageFile open(byte[] file) {
        if (Png.recognises(file)) {
            return Png.reduce(file);
        }
        if (Jpeg.recognises(file)) {
            return Jpeg.reduce(file);
        }
        throw notAnImage("The data is neither a PNG nor a JPEG picture.");
    }

    private void requireWithinLimits(ImageFile picture) {
        int width = picture.width();
        int height = picture.height();
        if (width < 1 || height < 1) {
            throw notAnImage("The picture has no pixels.");
        }
        if (width > maxSide || height > maxSide || (long) width * height * picture.effort() > maxPixels) {
            throw new InvalidImageException(
                    Reason.TOO_MANY_PIXELS,
                    "The picture has %d x %d pixels; at most %d in a row or column and %d in all are read."
                            .formatted(width, height, maxSide, maxPixels / picture.effort()));
        }
    }

    /** Reads with the platform's own codec, which throws about anything at a damaged file. */
    static Drawing read(ImageFile picture) {
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(picture.format()).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture.bytes()))) {
            reader.setInput(in, true, true);
            return upright(picture.orientation(), greys(reader.read(0)));
        } catch (IOException | RuntimeException e) {
            throw notAnImage("The picture is damaged.");
        } finally {
            reader.dispose();
        }
    }

    /** Reads the raster: {@code getRGB} converts colours pixel by pixel, and bends the greys of a grey picture. */
    private static Drawing greys(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int excess = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int[] palette = image.getColorModel() instanceof IndexColorModel colours ? palette(colours) : null;
        byte[] greys = new byte[width * height];
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                int argb = palette == null ? argb(row, i, bands, excess) : palette[row[i]];
                greys[y * width + x] = Drawing.grey(argb);
            }
        }
        return new Drawing(width, height, greys);
    }

    /** One pixel of grey, grey and alpha, colour, or colour and alpha; of the samples' bits the upper eight. */
    private static int argb(int[] row, int i, int bands, int excess) {
        int red = row[i] >> excess;
        int green = bands < 3 ? red : row[i + 1] >> excess;
        int blue = bands < 3 ? red : row[i + 2] >> excess;
        int alpha = bands % 2 == 0 ? row[i + bands - 1] >> excess : 255;
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    private static int[] palette(IndexColorModel colours) {
        int[] argb = new int[colours.getMapSize()];
        colours.getRGBs(argb);
        return argb;
    }

    /** Undoes how the camera was held: orientations 5 to 8 swap the axes, then either may run backwards. */
    private static Drawing upright(int orientation, Drawing held) {
        if (orientation == 1) {
            return held;
        }
        boolean swapped = orientation >= 5;
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int width = swapped ? held.height() : held.width();
        int height = swapped ? held.width() : held.height();
        byte[] greys = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = swapped ? y : x;
                int row = swapped ? x : y;
                greys[y * width + x] = held.greys()[
                        (fromBottom ? held.height() - 1 - row : row) * held.width()
                                + (fromRight ? held.width() - 1 - column : column)];
            }
        }
        return new Drawing(width, height, greys);
    }
}
