package ink.neural.benchmark;

import ink.neural.drawing.PngFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files like Chromium's canvas: RGBA, filter Sub on every row, zlib level 3. */
final class CanvasPng {
    private static final int RGBA = 6;
    private static final int SUB = 1;
    private static final int ZLIB_LEVEL = 3;

    private CanvasPng() {}

    static byte[] encode(BufferedImage image) throws IOException {
        return new PngFile()
                .header(image.getWidth(), image.getHeight(), 8, RGBA)
                .chunk("IDAT", deflated(image))
                .end();
    }

    private static byte[] deflated(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream rows = new DeflaterOutputStream(bytes, new Deflater(ZLIB_LEVEL))) {
            for (int y = 0; y < image.getHeight(); y++) {
                rows.write(SUB);
                for (int x = 0, left = 0; x < image.getWidth(); x++) {
                    int argb = image.getRGB(x, y);
                    for (int shift : new int[] {16, 8, 0, 24}) {
                        rows.write((argb >> shift) - (left >> shift));
                    }
                    left = argb;
                }
            }
        }
        return bytes.toByteArray();
    }
}
