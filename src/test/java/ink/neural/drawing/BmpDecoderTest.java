package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.decode;
import static ink.neural.drawing.SampleFiles.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.InvalidImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BmpDecoderTest {
    private static final int RED = 0xFFFF0000;
    private static final int BLUE = 0xFF0000FF;
    private static final int GREEN = 0xFF00FF00;

    private static BufferedImage noise(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(type);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i % 50 < 20 ? i / 50 * 0x010307 : random.nextInt());
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({
        "12, BI_RGB", // TYPE_BYTE_BINARY, 1 bit
        "13, BI_RGB", // TYPE_BYTE_INDEXED
        "13, BI_RLE8",
        "10, BI_RGB", // TYPE_BYTE_GRAY
        "5, BI_RGB", // TYPE_3BYTE_BGR
        "1, BI_RGB", // TYPE_INT_RGB
        "9, BI_RGB", // TYPE_USHORT_555_RGB
        "8, BI_BITFIELDS", // TYPE_USHORT_565_RGB
        "1, BI_BITFIELDS",
    })
    void filesAreDecodedAsByImageIo(int type, String compression) throws IOException {
        for (int width : new int[] {1, 2, 3, 31, 64, 101}) {
            byte[] file = SampleFiles.write("bmp", noise(width, 47, type), compression, false);
            Drawing expected = ReferenceDecoder.decode("bmp", file);
            Drawing drawing = decode(file);
            assertEquals(width, drawing.width());
            assertArrayEquals(expected.greys(), drawing.greys());
            assertArrayEquals(expected.colours(), drawing.colours());
        }
    }

    /** Starts a file with a version 3 header; the pixels follow at byte {@code 54 + space}. */
    private static ByteBuffer file(int width, int height, int depth, int compression, int space, int length) {
        ByteBuffer file = ByteBuffer.allocate(54 + space + length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(54 + space);
        file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) depth);
        return file.putInt(compression).position(54);
    }

    @Test
    void negativeHeightMeansRowsFromTheTop() {
        byte[] fromTop = file(1, -2, 24, 0, 0, 8)
                .put(new byte[] {0, 0, -1, 0, -1, 0, 0, 0})
                .array();
        assertArrayEquals(new int[] {RED, BLUE}, decode(fromTop).colours());
        byte[] fromBottom = file(1, 2, 24, 0, 0, 8)
                .put(new byte[] {0, 0, -1, 0, -1, 0, 0, 0})
                .array();
        assertArrayEquals(new int[] {BLUE, RED}, decode(fromBottom).colours());
    }

    @Test
    void alphaMaskIsHonoured() {
        ByteBuffer file = file(2, 1, 32, 6, 16, 8);
        file.putInt(0xFF)
                .putInt(0xFF00)
                .putInt(0xFF0000)
                .putInt(0xFF000000)
                .putInt(0x800000FF)
                .putInt(0xFFFF0000);
        assertArrayEquals(new int[] {0x80FF0000, BLUE}, decode(file.array()).colours());
    }

    @Test
    void pixelsWithoutAlphaMaskAreOpaque() {
        assertArrayEquals(
                new int[] {RED},
                decode(file(1, 1, 32, 0, 0, 4).putInt(0x00FF0000).array()).colours());
    }

    @Test
    void headerOfOs2IsRead() {
        ByteBuffer file = ByteBuffer.allocate(26 + 6 + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(36).putInt(0).putInt(32).putInt(12);
        file.putShort((short) 2).putShort((short) 1).putShort((short) 1).putShort((short) 1);
        file.put(new byte[] {0, 0, -1, -1, 0, 0}).put((byte) 0b0100_0000);
        assertArrayEquals(new int[] {RED, BLUE}, decode(file.array()).colours());
    }

    /** Four pixels per row with 4 bits each: red, blue, green are the first colours. */
    private static Drawing runs(int... codes) {
        return decode(runsFile(4, 2, codes));
    }

    private static byte[] runsFile(int width, int height, int... codes) {
        ByteBuffer file = file(width, height, 4, 2, 64, codes.length);
        file.putInt(54, 0xFF0000).putInt(58, 0x0000FF).putInt(62, 0x00FF00).position(118);
        for (int code : codes) {
            file.put((byte) code);
        }
        return file.array();
    }

    @Test
    void runsOfTwoColoursAlternate() {
        assertArrayEquals(
                new int[] {GREEN, GREEN, GREEN, GREEN, RED, BLUE, RED, BLUE},
                runs(4, 0x01, 0, 0, 4, 0x22, 0, 1).colours());
    }

    @Test
    void literalRunsAreRead() {
        assertArrayEquals(
                new int[] {RED, RED, RED, RED, BLUE, GREEN, BLUE, RED},
                runs(0, 3, 0x12, 0x10, 0, 0, 0, 1).colours());
    }

    @Test
    void skippedPixelsHaveTheFirstColour() {
        assertArrayEquals(
                new int[] {RED, RED, BLUE, RED, BLUE, RED, RED, RED},
                runs(1, 0x10, 0, 2, 1, 1, 1, 0x10, 0, 1).colours());
    }

    @Test
    void runsBeyondTheRowAreCut() {
        assertArrayEquals(
                new int[] {RED, RED, RED, RED, BLUE, BLUE, BLUE, BLUE},
                runs(255, 0x11, 0, 0, 0, 1).colours());
    }

    @Test
    void runsThatEndEarlyAreRefused() {
        assertEquals(Reason.NOT_AN_IMAGE, refusal(runsFile(4, 2, 4, 0x11)).reason());
        assertEquals(Reason.NOT_AN_IMAGE, refusal(runsFile(4, 2, 0, 200, 1)).reason());
    }

    @Test
    void fewRunsMayFillALargePicture() {
        assertEquals(1024, decode(runsFile(1024, 1024, 0, 1)).width());
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(runsFile(1024, 1025, 0, 1)).reason());
    }

    @ParameterizedTest
    @CsvSource({"2000000000, 1", "1, 2000000000", "1, -2000000000", "65536, 65536"})
    void tooLargeDimensionsAreRefused(int width, int height) {
        byte[] runs = runsFile(4, 2, 0, 1);
        ByteBuffer.wrap(runs).order(ByteOrder.LITTLE_ENDIAN).putInt(18, width).putInt(22, height);
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(runs).reason());
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(file(width, height, 1, 0, 8, 100).array()).reason());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1", "1, -2147483648", "-2147483648, 1"})
    void invalidDimensionsAreRefused(int width, int height) {
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(file(width, height, 24, 0, 0, 100).array()).reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 7, 9, 31, 64, -8})
    void unknownDepthIsRefused(int depth) {
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(file(1, 1, depth, 0, 1024, 100).array()).reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, -1})
    void otherCompressionIsRefusedByName(int compression) {
        InvalidImageException refusal =
                refusal(file(1, 1, 24, compression, 0, 100).array());
        assertTrue(refusal.getMessage().contains("uncompressed"), refusal.getMessage());
    }
}
