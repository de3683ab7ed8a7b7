package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.DECODER;
import static ink.neural.drawing.SampleFiles.decode;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid files of every format, damaged in every place. */
class DamagedFileTest {
    private static final String FILES = "ink.neural.drawing.SampleFiles#everyKind";

    /** Asserts that a file is either decoded or refused. Any other exception fails the test. */
    private static void assertDecodedOrRefused(byte[] file) {
        try {
            Drawing drawing = DECODER.decode(file);
            int pixels = drawing.width() * drawing.height();
            assertEquals(pixels, drawing.greys().length);
            assertTrue(drawing.colours() == null || drawing.colours().length == pixels);
        } catch (InvalidImageException e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    private static byte[] flipBit(byte[] file, int bit) {
        byte[] flipped = file.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    @ParameterizedTest
    @MethodSource(FILES)
    void truncatedFileIsDecodedOrRefused(byte[] file) {
        for (int length = 0; length < file.length; length++) {
            assertDecodedOrRefused(Arrays.copyOf(file, length));
        }
        byte[] half = Arrays.copyOf(file, file.length / 2);
        assertThrows(InvalidImageException.class, () -> DECODER.decode(half));
    }

    @ParameterizedTest
    @MethodSource("ink.neural.drawing.SampleFiles#all")
    void everyTruncatedFileIsRefused(byte[] file) {
        for (int length = 0; length < file.length; length++) {
            byte[] truncated = Arrays.copyOf(file, length);
            assertThrows(InvalidImageException.class, () -> DECODER.decode(truncated), "truncated at " + length);
        }
    }

    @ParameterizedTest
    @MethodSource(FILES)
    void fileWithAFlippedBitIsDecodedOrRefused(byte[] file) {
        for (int bit = 0; bit < 8 * file.length; bit++) {
            assertDecodedOrRefused(flipBit(file, bit));
        }
    }

    @ParameterizedTest
    @MethodSource(FILES)
    void fileWithAnExtremeByteIsDecodedOrRefused(byte[] file) {
        for (int i = 0; i < file.length; i++) {
            for (int value : new int[] {0, 0x7F, 0x80, 0xFF}) {
                byte[] changed = file.clone();
                changed[i] = (byte) value;
                assertDecodedOrRefused(changed);
            }
        }
    }

    @Test
    void pngWithAFlippedBitAndMatchingChecksumIsDecodedOrRefused() {
        for (byte[] file : List.of(SampleFiles.PNG, SampleFiles.GREY_PNG, SampleFiles.PALETTE_PNG)) {
            for (int bit = 8 * 16; bit < 8 * file.length; bit++) {
                assertDecodedOrRefused(withChecksums(flipBit(file, bit)));
            }
        }
    }

    private static byte[] withChecksums(byte[] png) {
        ByteBuffer file = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; ) {
            int length = file.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 crc = new CRC32();
            crc.update(png, at + 4, length + 4);
            file.putInt(at + 8 + length, (int) crc.getValue());
            at += length + 12;
        }
        return png;
    }

    @ParameterizedTest
    @MethodSource(FILES)
    void dataAfterTheEndOfTheImageIsIgnored(byte[] file) {
        byte[] script = "PK\u0003\u0004<script>alert(1)</script>".getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(
                decode(file).greys(), decode(SampleFiles.join(file, script)).greys());
    }
}
