package ink.neural.drawing;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes images with an ImageIO reader that shares no code with this project's decoders. */
final class ReferenceDecoder {
    private ReferenceDecoder() {}

    /** Decodes a file with the JDK's reader of a format. */
    static Drawing decode(String format, byte[] file) throws IOException {
        return decode(ImageIO.getImageReadersByFormatName(format).next(), file);
    }

    static Drawing decode(ImageReaderSpi spi, byte[] file) throws IOException {
        return decode(spi.createReaderInstance(), file);
    }

    private static Drawing decode(ImageReader reader, byte[] file) throws IOException {
        try {
            reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
            return drawing(reader.read(0));
        } finally {
            reader.dispose();
        }
    }

    /** Reads the raster, because {@code BufferedImage.getRGB} applies a gamma curve to greyscale images. */
    private static Drawing drawing(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        DrawingBuilder drawing = new DrawingBuilder(width, raster.getHeight());
        boolean packed = !(image.getColorModel() instanceof ComponentColorModel);
        int[] row = new int[width * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                drawing.set(y * width + x, packed ? image.getRGB(x, y) : argb(row, i, bands, shift));
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
}
