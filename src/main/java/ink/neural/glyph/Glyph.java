package ink.neural.glyph;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A character as a model sees it. Full ink is 1, paper is 0.
 *
 * @param size side of the square in pixels
 * @param orientation how the glyph is turned
 * @param pixels {@code size * size} values from 0 to 1, row by row
 */
public record Glyph(int size, Orientation orientation, float[] pixels) {
    /**
     * Turns the glyph the way a person reads it.
     *
     * @return the upright glyph
     */
    public Glyph upright() {
        return new Glyph(size, Orientation.UPRIGHT, orientation.apply(pixels, size));
    }

    /**
     * Encodes the glyph as an image, white ink on black.
     *
     * @return a greyscale PNG file of {@code size} by {@code size} pixels
     */
    public byte[] png() {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        int[] greys = new int[pixels.length];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = Math.round(255 * pixels[i]);
        }
        image.getRaster().setPixels(0, 0, size, size, greys);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
