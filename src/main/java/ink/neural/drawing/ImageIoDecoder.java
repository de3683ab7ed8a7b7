package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes any supported image with the JDK's ImageIO. */
final class ImageIoDecoder {
    private ImageIoDecoder() {}

    /**
     * Decodes a parsed image.
     *
     * @throws InvalidImageException if ImageIO cannot decode it; on damaged files it throws many kinds of unchecked
     *     exception
     */
    static Drawing decode(ImageFile image) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(image.format()).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(image.bytes()))) {
            reader.setInput(in, true, true);
            return ExifOrientation.turnUpright(toDrawing(reader.read(0)), image.orientation());
        } catch (IOException | RuntimeException e) {
            throw damaged();
        } finally {
            reader.dispose();
        }
    }

    /** Reads the raster. {@code BufferedImage.getRGB} is slow and applies a gamma curve to greyscale images. */
    private static Drawing toDrawing(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int[] palette = image.getColorModel() instanceof IndexColorModel colours ? palette(colours) : null;
        DrawingBuilder drawing = new DrawingBuilder(width, height);
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                drawing.set(y * width + x, palette == null ? argb(row, i, bands, shift) : palette[row[i]]);
            }
        }
        return drawing.drawing();
    }

    /** Builds a pixel from one band (grey), two (grey, alpha), three (RGB) or four (RGB, alpha). */
    private static int argb(int[] row, int i, int bands, int shift) {
        int red = row[i] >> shift;
        int green = bands < 3 ? red : row[i + 1] >> shift;
        int blue = bands < 3 ? red : row[i + 2] >> shift;
        int alpha = bands % 2 == 0 ? row[i + bands - 1] >> shift : 255;
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    private static int[] palette(IndexColorModel colours) {
        int[] argb = new int[colours.getMapSize()];
        colours.getRGBs(argb);
        return argb;
    }
}
