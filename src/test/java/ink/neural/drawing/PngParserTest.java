package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.PALETTE_PNG;
import static ink.neural.drawing.SampleFiles.PNG;
import static ink.neural.drawing.SampleFiles.decode;
import static ink.neural.drawing.SampleFiles.insert;
import static ink.neural.drawing.SampleFiles.join;
import static ink.neural.drawing.SampleFiles.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.InvalidImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG files that are crafted to exhaust the decoder, are malformed, or carry ancillary chunks. */
class PngParserTest {
    /** The signature, and the header chunk with its length, type, data and checksum. */
    private static final int HEADER_END = 8 + 25;
    /** A text chunk's data that would inflate to 50 MB. */
    private static final byte[] TEXT_BOMB =
            join("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1), PngFile.deflate(new byte[50_000_000]));

    private static byte[] chunk(String type, byte... data) {
        byte[] file = new PngFile().chunk(type, data).bytes();
        return Arrays.copyOfRange(file, 8, file.length);
    }

    @ParameterizedTest
    @CsvSource({"30000, 30000", "2147483647, 1", "1, 2147483647", "65536, 65536", "4097, 1", "1025, 1024"})
    void tooLargeDimensionsAreRefused(int width, int height) {
        byte[] bomb = new PngFile()
                .header(width, height, 1, 0)
                .pixels(new byte[100_000])
                .end();
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(bomb).reason());
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "5, 0", "-1, 5", "5, -1", "-2147483648, -2147483648"})
    void invalidDimensionsAreRefused(int width, int height) {
        byte[] file = new PngFile().header(width, height, 8, 0).pixels().end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @ParameterizedTest
    @CsvSource({"8, true, 512", "16, false, 256", "16, true, 256"})
    void pixelsThatCostMoreToDecodeCountSeveralTimes(int depth, boolean interlaced, int maxRows) {
        byte[] pixels = new byte[3 * 1024 * 1024];
        byte[] atTheLimit = new PngFile()
                .header(1024, maxRows, depth, 0, interlaced)
                .pixels(pixels)
                .end();
        byte[] aboveTheLimit = new PngFile()
                .header(1024, maxRows + 1, depth, 0, interlaced)
                .pixels(pixels)
                .end();
        assertEquals(1024, decode(atTheLimit).width());
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(aboveTheLimit).reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "iCCP", "tEXt", "sPLT", "hIST", "acTL", "fcTL", "fdAT", "xxXx"})
    void ancillaryChunksAreIgnored(String type) {
        for (byte[] png : List.of(PNG, PALETTE_PNG)) {
            byte[] withChunk = insert(png, HEADER_END, chunk(type, TEXT_BOMB));
            assertArrayEquals(decode(png).greys(), decode(withChunk).greys());
        }
    }

    @Test
    void dataBeyondThePixelsIsNotInflated() {
        byte[] bomb =
                new PngFile().header(4, 4, 8, 0).pixels(new byte[100_000_000]).end();
        assertEquals(4, decode(bomb).width());
    }

    @Test
    void millionsOfTinyChunksAreRefused() {
        PngFile file = new PngFile().header(4, 4, 8, 0);
        for (int i = 0; i < 600_000; i++) {
            file.chunk("IDAT");
        }
        assertTrue(refusal(file.pixels(new byte[20]).end()).getMessage().contains("chunks"));
    }

    @Test
    void wrongChecksumIsRefused() {
        byte[] wrong = PNG.clone();
        wrong[PNG.length - 1] ^= 1;
        assertEquals(Reason.NOT_AN_IMAGE, refusal(wrong).reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000, Integer.MAX_VALUE - 11})
    void wrongChunkLengthIsRefused(int length) {
        byte[] wrong = new PngFile()
                .header(4, 4, 8, 0)
                .raw(ByteBuffer.allocate(12)
                        .putInt(length)
                        .put("IDAT".getBytes())
                        .array())
                .end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(wrong).reason());
    }

    @Test
    void missingHeaderIsRefused() {
        byte[] file = new PngFile().pixels(new byte[20]).end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @Test
    void repeatedHeaderIsRefused() {
        byte[] file = new PngFile()
                .header(4, 4, 8, 0)
                .header(9999, 9999, 8, 0)
                .pixels(new byte[20])
                .end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @Test
    void missingPixelsAreRefused() {
        byte[] file = new PngFile().header(4, 4, 8, 0).end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @Test
    void missingPaletteIsRefused() {
        byte[] file = new PngFile().header(4, 4, 8, 3).pixels(new byte[20]).end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @Test
    void animationYieldsItsStillImage() {
        byte[] control = chunk("fcTL", new byte[26]);
        byte[] animated = insert(PNG, HEADER_END, join(chunk("acTL", new byte[8]), control));
        animated = insert(animated, animated.length - 12, join(control, chunk("fdAT", new byte[40])));
        assertArrayEquals(decode(PNG).greys(), decode(animated).greys());
    }
}
