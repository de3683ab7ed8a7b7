package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Sketch;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InkPngTest {
    /** Ink whose densities are its levels. */
    private static Ink ink(int width, int height, int... levels) {
        byte[] bytes = new byte[width * height];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) levels[i];
        }
        float[] densities = new float[256];
        for (int level = 0; level < densities.length; level++) {
            densities[level] = level;
        }
        return new Ink(width, height, bytes, densities, new Box(0, 0, width, height));
    }

    private static BufferedImage png(Ink ink, int maxSide) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(InkPng.of(ink, maxSide)));
        assertEquals(BufferedImage.TYPE_BYTE_GRAY, image.getType());
        return image;
    }

    private static int grey(BufferedImage image, int x, int y) {
        return image.getRaster().getSample(x, y, 0);
    }

    @Test
    void densestInkIsBlackAndPaperIsWhite() throws IOException {
        BufferedImage image = png(ink(3, 1, 0, 50, 100), 512);
        assertEquals(255, grey(image, 0, 0));
        assertEquals(128, grey(image, 1, 0));
        assertEquals(0, grey(image, 2, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "280, 280, 280, 280",
        "512, 1, 512, 1",
        "513, 10, 512, 10",
        "1024, 512, 512, 256",
        "600, 4000, 77, 512",
        "1, 5000, 1, 512"
    })
    void largePictureIsReducedAndItsAspectKept(int width, int height, int newWidth, int newHeight) throws IOException {
        BufferedImage image = png(ink(width, height, new int[width * height]), 512);
        assertEquals(newWidth, image.getWidth());
        assertEquals(newHeight, image.getHeight());
    }

    @Test
    void pixelIsTheMeanOfTheAreaThatItCovers() throws IOException {
        // Three columns become two: the middle one belongs to both by half.
        BufferedImage image = png(ink(3, 3, 200, 0, 0, 200, 0, 0, 200, 0, 0), 2);
        assertEquals(0, grey(image, 0, 0));
        assertEquals(255, grey(image, 1, 1));
        image = png(ink(3, 3, 200, 200, 0, 200, 200, 0, 200, 200, 0), 2);
        assertEquals(0, grey(image, 0, 1));
        assertEquals(170, grey(image, 1, 0), "a third is ink");
    }

    @Test
    void everyPixelCountsTheSame() throws IOException {
        int[] levels = new Random(1).ints(1000 * 700, 0, 256).toArray();
        double[] means = new double[40 * 28];
        for (int i = 0; i < levels.length; i++) {
            means[i / 25_000 * 40 + i % 1000 / 25] += levels[i] / 625.0;
        }
        double peak = Arrays.stream(means).max().orElseThrow();
        BufferedImage image = png(ink(1000, 700, levels), 40);
        for (int i = 0; i < means.length; i++) {
            assertEquals(255 - 255 * means[i] / peak, grey(image, i % 40, i / 40), 0.51, "pixel " + i);
        }
    }

    @Test
    void noInkIsAWhitePicture() throws IOException {
        assertEquals(255, grey(png(ink(2, 2, 0, 0, 0, 0), 512), 1, 1));
    }

    @Test
    void inkOfADrawingIsBlackWhateverItsColour() throws IOException {
        for (Color[] colours : new Color[][] {{Color.WHITE, Color.BLACK}, {Color.BLACK, Color.WHITE}}) {
            Ink ink = InkExtractor.extract(Sketch.paper(1000, 1000, colours[0], colours[1], 60)
                    .stroke(300, 500, 700, 500)
                    .drawing());
            BufferedImage image = png(ink, 500);
            assertEquals(0, grey(image, 250, 250));
            assertEquals(255, grey(image, 250, 350));
            assertEquals(0, grey(image, 200, 250));
            assertEquals(255, grey(image, 100, 250));
        }
    }
}
