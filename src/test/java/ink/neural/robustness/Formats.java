package ink.neural.robustness;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.SplittableRandom;

/** The same drawing as files of other formats. */
final class Formats {
    private Formats() {}

    /** JPEG of quality 90, 50 and 20. */
    static byte[] jpeg(PenDrawing drawing, int strength, SplittableRandom random) {
        return ImageFiles.jpeg(image(drawing, random), Strength.of(strength, 0.9, 0.5, 0.2));
    }

    /** PNG with 16, 4 and 2 colours. */
    static byte[] palette(PenDrawing drawing, int strength, SplittableRandom random) {
        return ImageFiles.png(withColours(image(drawing, random), (int) Strength.of(strength, 16, 4, 2)));
    }

    /** GIF with 256, 16 and 2 colours. */
    static byte[] gif(PenDrawing drawing, int strength, SplittableRandom random) {
        return ImageFiles.other(withColours(image(drawing, random), (int) Strength.of(strength, 256, 16, 2)), "gif");
    }

    /** BMP: 24 bits, 8 bits and 1 bit a pixel. */
    static byte[] bmp(PenDrawing drawing, int strength, SplittableRandom random) {
        BufferedImage image = image(drawing, random);
        return ImageFiles.other(
                strength == 1 ? image : withColours(image, (int) Strength.of(strength, 0, 256, 2)), "bmp");
    }

    /** TIFF: 24 bits, 8 bits and 1 bit a pixel. */
    static byte[] tiff(PenDrawing drawing, int strength, SplittableRandom random) {
        BufferedImage image = image(drawing, random);
        return ImageFiles.other(
                strength == 1 ? image : withColours(image, (int) Strength.of(strength, 0, 256, 2)), "tiff");
    }

    /** Lossless WebP: opaque, then transparent with dark ink, then transparent with white ink. */
    static byte[] webp(PenDrawing drawing, int strength, SplittableRandom random) {
        return WebP.file(
                switch (strength) {
                    case 1 -> image(drawing, random);
                    case 2 -> Inks.transparent(drawing, Colours.ink(random));
                    default -> Inks.transparent(drawing, Colours.WHITE);
                });
    }

    private static BufferedImage image(PenDrawing drawing, SplittableRandom random) {
        return Picture.paper(drawing.width(), drawing.height(), Colours.WHITE)
                .paint(drawing.coverage(), Colours.ink(random))
                .image();
    }

    /** Reduces a picture to a palette of evenly spaced greys. */
    private static BufferedImage withColours(BufferedImage image, int colours) {
        byte[] levels = new byte[colours];
        for (int i = 0; i < colours; i++) {
            levels[i] = (byte) (255 * i / (colours - 1));
        }
        int bits = 32 - Integer.numberOfLeadingZeros(colours - 1);
        IndexColorModel palette = new IndexColorModel(bits, colours, levels, levels, levels);
        int type = bits <= 4 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED;
        BufferedImage reduced = new BufferedImage(image.getWidth(), image.getHeight(), type, palette);
        Graphics2D graphics = reduced.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return reduced;
    }
}
