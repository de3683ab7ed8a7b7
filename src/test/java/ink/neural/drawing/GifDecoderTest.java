package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.decode;
import static ink.neural.drawing.SampleFiles.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.InvalidImageException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GifDecoderTest {
    private static final int RED = 0xFFFF0000;
    private static final int BLUE = 0xFF0000FF;
    /** GIF's LZW codes, of 3 bits and then 4: clear (4), red, blue, red, blue, end (5). */
    private static final int[] RED_BLUE_RED_BLUE = {0x44, 0x10, 0x05};
    /** Clear, red, end. */
    private static final int[] ONE_RED = {0x44, 0x01};

    private static BufferedImage image(int width, int height, int bits) {
        Random random = new Random(bits);
        byte[] palette = new byte[3 << bits];
        random.nextBytes(palette);
        IndexColorModel colours = new IndexColorModel(bits, 1 << bits, palette, 0, false);
        int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(width, height, type, colours);
        for (int i = 0; i < width * height; i++) {
            // Runs, so that strings become long, and noise.
            int index = i % 97 < 40 ? i / 97 : random.nextInt(1 << bits);
            image.getRaster().setSample(i % width, i / width, 0, index & (1 << bits) - 1);
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 100, 1", "50, 50, 1", "100, 1, 2", "33, 77, 4", "300, 200, 8", "7, 5, 8", "500, 500, 8"})
    void filesAreDecodedAsByImageIo(int width, int height, int bits) throws IOException {
        byte[] interlaced = SampleFiles.write("gif", image(width, height, bits), null, true);
        byte[] plain = SampleFiles.write("gif", image(width, height, bits), null, false);
        for (byte[] file : new byte[][] {plain, interlaced}) {
            Drawing expected = ReferenceDecoder.decode("gif", file);
            assertArrayEquals(expected.greys(), decode(file).greys());
            assertArrayEquals(expected.colours(), decode(file).colours());
        }
    }

    private static GifFile redAndBlue() {
        return new GifFile(2, 2).colours(0xFF0000, 0x0000FF);
    }

    @Test
    void pixelsAreDecoded() {
        Drawing drawing =
                decode(redAndBlue().frame(0, 0, 2, 2, 2, RED_BLUE_RED_BLUE).end());
        assertArrayEquals(new int[] {RED, BLUE, RED, BLUE}, drawing.colours());
    }

    @Test
    void transparentColourIsKept() {
        Drawing drawing = decode(redAndBlue()
                .transparent(1)
                .frame(0, 0, 2, 2, 2, RED_BLUE_RED_BLUE)
                .end());
        assertArrayEquals(new int[] {RED, 0, RED, 0}, drawing.colours());
    }

    @Test
    void frameStandsAtItsPlaceOnTransparentGround() {
        byte[] file = new GifFile(4, 3)
                .colours(0xFF0000, 0x0000FF)
                .frame(1, 1, 2, 2, 2, RED_BLUE_RED_BLUE)
                .end();
        assertArrayEquals(
                new int[] {0, 0, 0, 0, 0, RED, BLUE, 0, 0, RED, BLUE, 0},
                decode(file).colours());
    }

    @Test
    void frameThatExceedsTheScreenEnlargesIt() {
        byte[] file = new GifFile(1, 1)
                .colours(0xFF0000, 0x0000FF)
                .frame(1, 0, 2, 2, 2, RED_BLUE_RED_BLUE)
                .end();
        assertArrayEquals(new int[] {0, RED, BLUE, 0, RED, BLUE}, decode(file).colours());
    }

    @Test
    void firstFrameOfAnAnimationIsDecoded() {
        byte[] file = redAndBlue()
                .frame(0, 0, 2, 2, 2, RED_BLUE_RED_BLUE)
                .frame(0, 0, 1, 1, 2, ONE_RED)
                .end();
        assertArrayEquals(new int[] {RED, BLUE, RED, BLUE}, decode(file).colours());
    }

    @ParameterizedTest
    @CsvSource({"65535, 65535", "4097, 1", "1, 4097", "1025, 1024"})
    void tooLargeDimensionsAreRefused(int width, int height) {
        byte[] largeScreen = new GifFile(width, height)
                .colours(0)
                .frame(0, 0, 1, 1, 2, ONE_RED)
                .end();
        byte[] largeFrame = new GifFile(1, 1)
                .colours(0)
                .frame(0, 0, width, height, 2, ONE_RED)
                .end();
        byte[] farFrame = new GifFile(1, 1)
                .colours(0)
                .frame(width, height, 1, 1, 2, ONE_RED)
                .end();
        for (byte[] file : new byte[][] {largeScreen, largeFrame, farFrame}) {
            assertEquals(Reason.TOO_MANY_PIXELS, refusal(file).reason());
        }
    }

    @Test
    void tooFewPixelsAreRefused() {
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(redAndBlue().frame(0, 0, 2, 3, 2, RED_BLUE_RED_BLUE).end())
                        .reason());
    }

    @Test
    void fileWithoutColoursOrFramesIsRefused() {
        assertTrue(refusal(redAndBlue().end()).getMessage().contains("no image"));
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(new GifFile(2, 2)
                                .frame(0, 0, 2, 2, 2, RED_BLUE_RED_BLUE)
                                .end())
                        .reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 12, 255})
    void unknownSymbolLengthIsRefused(int symbolBits) {
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(redAndBlue()
                                .frame(0, 0, 2, 2, symbolBits, RED_BLUE_RED_BLUE)
                                .end())
                        .reason());
    }

    @Test
    void millionsOfTinyBlocksAreSkippedQuickly() {
        GifFile file = redAndBlue();
        for (int i = 0; i < 1_000_000; i++) {
            file.extension(0xFE, 0);
        }
        assertEquals(
                2, decode(file.frame(0, 0, 2, 2, 2, RED_BLUE_RED_BLUE).end()).width());
    }

    /** Each code of 0b100 clears the table of strings. */
    @Test
    void millionsOfClearCodesAreRefusedQuickly() {
        int[] clears = new int[900_000];
        for (int i = 0; i < clears.length; i++) {
            clears[i] = new int[] {0b00_100_100, 0b1_100_100_1, 0b100_100_10}[i % 3];
        }
        byte[] file = new GifFile(100, 100)
                .colours(1, 2, 3, 4)
                .frame(0, 0, 100, 100, 2, clears)
                .end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @Test
    void codeBeyondTheTableIsRefused() {
        byte[] file = new GifFile(9, 9)
                .colours(1, 2, 3, 4)
                .frame(0, 0, 9, 9, 2, 0b111_00_100, 0xFF, 0xFF)
                .end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @Test
    void dataAfterTheFrameDoesNotMatter() {
        byte[] file = redAndBlue().frame(0, 0, 2, 2, 2, RED_BLUE_RED_BLUE).end();
        byte[] withoutTrailer = Arrays.copyOf(file, file.length - 1);
        assertArrayEquals(decode(file).colours(), decode(withoutTrailer).colours());
    }
}
