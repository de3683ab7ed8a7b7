package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pixel must be the one that ImageIO leads to. */
class FastPngDecoderTest {
    private static final int PALETTE = 3;
    private static final int RGBA = 6;
    private static final int PAETH = 4;

    private static void assertDecodedAsByImageIo(byte[] file) {
        PngImage image = PngParser.read(file);
        assertTrue(FastPngDecoder.supports(image));
        Drawing expected = assertDoesNotThrow(() -> ReferenceDecoder.decode("png", file));
        Drawing decoded = FastPngDecoder.decode(image);
        assertEquals(expected.width(), decoded.width());
        assertArrayEquals(expected.greys(), decoded.greys());
        assertArrayEquals(expected.colours(), decoded.colours());
    }

    private static Drawing decode(byte[] file) {
        return FastPngDecoder.decode(PngParser.read(file));
    }

    /** Makes rows of noise with one filter. Half of the rows start with a run of zeros. */
    private static byte[] rows(Random random, int width, int height, int samples, int filter) {
        int length = 1 + width * samples;
        byte[] rows = new byte[length * height];
        random.nextBytes(rows);
        for (int y = 0; y < height; y++) {
            rows[y * length] = (byte) filter;
            if (random.nextBoolean()) {
                int zeros = random.nextBoolean() ? length : 1 + random.nextInt(length);
                Arrays.fill(rows, y * length + 1, y * length + zeros, (byte) 0);
            }
        }
        return rows;
    }

    /** Makes such rows, each with a filter of its own. */
    private static byte[] rowsOfAllFilters(Random random, int width, int height, int samples) {
        int length = 1 + width * samples;
        byte[] rows = rows(random, width, height, samples, 0);
        for (int y = 0; y < height; y++) {
            rows[y * length] = (byte) random.nextInt(PAETH + 1);
        }
        return rows;
    }

    private static PngFile file(int width, int height, int colourType) {
        PngFile file = new PngFile().header(width, height, 8, colourType);
        return colourType == PALETTE ? file.chunk("PLTE", noise(3 * 256)) : file;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 6})
    void everyFilterOfEveryColourTypeIsUndone(int colourType) {
        Random random = new Random(colourType);
        int samples = PngFile.samplesPerPixel(colourType);
        for (int[] size : new int[][] {{1, 1}, {1, 40}, {40, 1}, {37, 53}, {300, 200}}) {
            PngFile mixed = file(size[0], size[1], colourType);
            assertDecodedAsByImageIo(mixed.pixels(rowsOfAllFilters(random, size[0], size[1], samples))
                    .end());
            for (int filter = 0; filter <= PAETH; filter++) {
                PngFile same = file(size[0], size[1], colourType);
                assertDecodedAsByImageIo(same.pixels(rows(random, size[0], size[1], samples, filter))
                        .end());
            }
        }
    }

    /** The rows differ in single bytes, so that the runs that they repeat are of every length. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 6})
    void rowsThatRepeatPartOfTheRowAboveAreDecoded(int colourType) {
        Random random = new Random(colourType);
        int samples = PngFile.samplesPerPixel(colourType);
        int length = 1 + 30 * samples;
        byte[] rows = rows(random, 30, 1, samples, 1);
        byte[] all = new byte[200 * length];
        for (int y = 0; y < 200; y++) {
            rows[0] = (byte) (random.nextInt(4) == 0 ? random.nextInt(PAETH + 1) : rows[0]);
            rows[1 + random.nextInt(length - 1)] += (byte) random.nextInt(2);
            System.arraycopy(rows, 0, all, y * length, length);
        }
        assertDecodedAsByImageIo(file(30, 200, colourType).pixels(all).end());
    }

    static List<Golden> goldens() {
        return Golden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void drawingsFromPillowAreDecoded(Golden golden) {
        assertDecodedAsByImageIo(golden.png());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED
            })
    void drawingsFromImageIoAreDecoded(int type) {
        assertDecodedAsByImageIo(Sketch.encode(Sketch.paper().f(60, 60, 1).as(type), "png"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "17, 0", "17, 7", "200, 200", "256, 0", "256, 256"})
    void paletteMayHaveAnySizeAndTransparentEntries(int entries, int alphas) {
        byte[] rows = new byte[256 * 2];
        for (int i = 0; i < 256; i++) {
            rows[2 * i + 1] = (byte) i;
        }
        PngFile file = new PngFile().header(1, 256, 8, PALETTE).chunk("PLTE", noise(3 * entries));
        if (alphas > 0) {
            file.chunk("tRNS", noise(alphas));
        }
        assertDecodedAsByImageIo(file.pixels(rows).end());
    }

    @Test
    void pixelsMayBeDividedAmongManyChunks() {
        byte[] deflated = PngFile.deflate(rowsOfAllFilters(new Random(1), 20, 20, 4));
        PngFile file = new PngFile().header(20, 20, 8, RGBA);
        for (byte one : deflated) {
            file.chunk("IDAT", one).chunk("IDAT");
        }
        assertDecodedAsByImageIo(file.end());
    }

    static List<PngFile> unsupportedKinds() {
        return List.of(
                new PngFile().header(4, 4, 16, RGBA),
                new PngFile().header(4, 4, 1, 0),
                new PngFile().header(4, 4, 8, 0).chunk("tRNS", new byte[2]),
                new PngFile().header(4, 4, 8, 2).chunk("tRNS", new byte[6]),
                new PngFile().header(4, 4, 8, RGBA, true));
    }

    @ParameterizedTest
    @MethodSource("unsupportedKinds")
    void otherKindsAreNotSupported(PngFile file) {
        byte[] png = file.pixels(new byte[200]).end();
        assertFalse(FastPngDecoder.supports(PngParser.read(png)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 67})
    void tooFewPixelsAreRefused(int length) {
        byte[] file =
                new PngFile().header(4, 4, 8, RGBA).pixels(new byte[length]).end();
        assertThrows(InvalidImageException.class, () -> decode(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 127, 255})
    void unknownFilterIsRefused(int filter) {
        byte[] file = new PngFile()
                .header(1, 1, 8, 0)
                .pixels(new byte[] {(byte) filter, 0})
                .end();
        assertThrows(InvalidImageException.class, () -> decode(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x78BB, 0x7901, 0x0000})
    void otherCompressionAndPresetDictionaryAreRefused(int zlibHeader) {
        byte[] pixels = PngFile.deflate(new byte[] {0, 0});
        assertDoesNotThrow(() -> decode(greyPixel(pixels)));
        pixels[0] = (byte) (zlibHeader >> 8);
        pixels[1] = (byte) zlibHeader;
        assertThrows(InvalidImageException.class, () -> decode(greyPixel(pixels)));
    }

    private static byte[] greyPixel(byte[] deflated) {
        return new PngFile().header(1, 1, 8, 0).chunk("IDAT", deflated).end();
    }
}
