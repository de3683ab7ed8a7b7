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
import org.junit.jupiter.params.provider.ValueSource;

/** The greys must be those that the platform's codec leads to. */
class FastPngDecoderTest {
    private static final int PALETTE = 3;

    static int samples(int colours) {
        return new int[] {1, 0, 3, 1, 2, 0, 4}[colours];
    }

    private static void assertReadAlike(byte[] file) {
        ImageFile picture = Png.reduce(file);
        assertTrue(FastPngDecoder.recognises(picture));
        Drawing expected = DrawingDecoder.read(picture);
        Drawing read = FastPngDecoder.read(picture);
        assertEquals(expected.width(), read.width());
        assertArrayEquals(expected.greys(), read.greys());
    }

    /** Rows of noise, some of which begin with zeros, filtered one way, or each its own if {@code filter} is -1. */
    private static byte[] rows(Random random, int width, int height, int samples, int filter) {
        int stride = 1 + width * samples;
        byte[] rows = new byte[stride * height];
        random.nextBytes(rows);
        for (int y = 0; y < height; y++) {
            rows[y * stride] = (byte) (filter < 0 ? random.nextInt(5) : filter);
            if (random.nextInt(2) == 0) {
                int zeros = random.nextBoolean() ? stride : 1 + random.nextInt(stride);
                Arrays.fill(rows, y * stride + 1, y * stride + zeros, (byte) 0);
            }
        }
        return rows;
    }

    private static PngFile file(int width, int height, int colours) {
        PngFile file = new PngFile().header(width, height, 8, colours);
        return colours == PALETTE ? file.chunk("PLTE", noise(3 * 256)) : file;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 4, 6})
    void undoesEveryFilterOfEveryKindAsThePlatformDoes(int colours) {
        Random random = new Random(colours);
        for (int filter = -1; filter < 5; filter++) {
            for (int[] size : new int[][] {{1, 1}, {1, 40}, {40, 1}, {37, 53}, {300, 200}}) {
                byte[] rows = rows(random, size[0], size[1], samples(colours), filter);
                assertReadAlike(file(size[0], size[1], colours).pixels(rows).end());
            }
        }
    }

    @Test
    void readsDrawingsAsThePlatformDoes() {
        Golden.all().forEach(golden -> assertReadAlike(golden.png()));
        Sketch sketch = Sketch.paper().f(60, 60, 1);
        for (int type : new int[] {
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_BYTE_INDEXED
        }) {
            assertReadAlike(Sketch.encode(sketch.as(type), "png"));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "17, 0", "17, 7", "200, 200", "256, 0", "256, 256"})
    void takesAPaletteOfAnySizeWithSomeOfItTransparent(int entries, int opacities) {
        byte[] rows = new byte[256 * 2];
        for (int i = 0; i < 256; i++) {
            rows[2 * i + 1] = (byte) i;
        }
        PngFile file = new PngFile().header(1, 256, 8, PALETTE).chunk("PLTE", noise(3 * entries));
        if (opacities > 0) {
            file.chunk("tRNS", noise(opacities));
        }
        assertReadAlike(file.pixels(rows).end());
    }

    @Test
    void joinsPixelsInManyChunks() {
        byte[] rows = rows(new Random(1), 20, 20, 4, -1);
        byte[] deflated = PngFile.deflate(rows);
        PngFile file = new PngFile().header(20, 20, 8, 6);
        for (byte one : deflated) {
            file.chunk("IDAT", one).chunk("IDAT");
        }
        assertReadAlike(file.end());
    }

    @Test
    void leavesOtherKindsToThePlatform() {
        byte[] pixels = new byte[200];
        List<PngFile> others = List.of(
                new PngFile().header(4, 4, 16, 6),
                new PngFile().header(4, 4, 1, 0),
                new PngFile().header(4, 4, 8, 5),
                new PngFile().header(4, 4, 8, 3),
                new PngFile().header(4, 4, 8, 0).chunk("tRNS", new byte[2]),
                new PngFile().header(4, 4, 8, 2).chunk("tRNS", new byte[6]),
                new PngFile()
                        .chunk(
                                "IHDR", (byte) 0, (byte) 0, (byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 4,
                                (byte) 8, (byte) 6, (byte) 0, (byte) 0, (byte) 1));
        for (PngFile other : others) {
            assertFalse(
                    FastPngDecoder.recognises(Png.reduce(other.pixels(pixels).end())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 67})
    void refusesTooFewPixels(int length) {
        byte[] file = new PngFile().header(4, 4, 8, 6).pixels(new byte[length]).end();
        assertThrows(InvalidImageException.class, () -> FastPngDecoder.read(Png.reduce(file)));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 127, 255})
    void refusesUnknownFilters(int filter) {
        byte[] file = new PngFile()
                .header(1, 1, 8, 0)
                .pixels(new byte[] {(byte) filter, 0})
                .end();
        assertThrows(InvalidImageException.class, () -> FastPngDecoder.read(Png.reduce(file)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x78BB, 0x7901, 0x0000})
    void refusesWhatIsNotDeflatedOrNeedsADictionary(int header) {
        byte[] pixels = PngFile.deflate(new byte[] {0, 0});
        assertDoesNotThrow(() -> FastPngDecoder.read(Png.reduce(grey(pixels))));
        pixels[0] = (byte) (header >> 8);
        pixels[1] = (byte) header;
        assertThrows(InvalidImageException.class, () -> FastPngDecoder.read(Png.reduce(grey(pixels))));
    }

    private static byte[] grey(byte[] deflated) {
        return new PngFile().header(1, 1, 8, 0).chunk("IDAT", deflated).end();
    }
}
