package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.decode;
import static ink.neural.drawing.SampleFiles.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ink.neural.drawing.InvalidImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffDecoderTest {
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int COMPRESSION = 259;
    private static final int ORIENTATION = 274;
    private static final int ROWS_PER_STRIP = 278;
    private static final int EXTRA_SAMPLES = 338;

    private static BufferedImage noise(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(type);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i % 50 < 30 ? 0xFF000000 | i / 50 * 0x010307 : random.nextInt());
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({
        "12", // TYPE_BYTE_BINARY
        "13", // TYPE_BYTE_INDEXED
        "10", // TYPE_BYTE_GRAY
        "11", // TYPE_USHORT_GRAY
        "5", // TYPE_3BYTE_BGR
        "6", // TYPE_4BYTE_ABGR
        "1", // TYPE_INT_RGB
        "2", // TYPE_INT_ARGB
    })
    void filesAreDecodedAsByImageIo(int type) throws IOException {
        for (String compression : new String[] {null, "PackBits", "LZW", "Deflate", "ZLib"}) {
            for (int width : new int[] {1, 7, 64, 333}) {
                byte[] file = SampleFiles.write("tiff", noise(width, 60, type), compression, false);
                Drawing expected = ReferenceDecoder.decode("tiff", file);
                Drawing drawing = decode(file);
                assertArrayEquals(expected.greys(), drawing.greys(), compression);
                assertArrayEquals(expected.colours(), drawing.colours(), compression);
            }
        }
    }

    private static int[] colours(byte[] file) {
        return decode(file).colours();
    }

    @Test
    void whiteMayBeZero() {
        byte[] file = new TiffFile(2, 1, WHITE_IS_ZERO, 1, 8)
                .strip((byte) 0, (byte) 200)
                .end();
        assertArrayEquals(new byte[] {-1, 55}, decode(file).greys());
    }

    @ParameterizedTest
    @CsvSource({"1, 0x40, 255", "2, 0x30, 255", "4, 0x0F, 255"})
    void samplesMayShareAByte(int depth, int data, int second) {
        byte[] file =
                new TiffFile(2, 1, BLACK_IS_ZERO, 1, depth).strip((byte) data).end();
        assertArrayEquals(new byte[] {0, (byte) second}, decode(file).greys());
    }

    @Test
    void paletteIsRead() {
        byte[] file = new TiffFile(2, 1, PALETTE, 1, 1)
                .tag(320, 0xFFFF, 0x8080, 0, 0x4040, 0, 0xFFFF)
                .strip((byte) 0x40)
                .end();
        assertArrayEquals(new int[] {0xFFFF0000, 0xFF8040FF}, colours(file));
    }

    @Test
    void alphaMayBeMultipliedInOrNot() {
        TiffFile unassociated = new TiffFile(1, 1, RGB, 4, 8).tag(EXTRA_SAMPLES, 2);
        assertArrayEquals(
                new int[] {0x80402010},
                colours(unassociated.strip(new byte[] {64, 32, 16, -128}).end()));
        TiffFile associated = new TiffFile(1, 1, RGB, 4, 8).tag(EXTRA_SAMPLES, 1);
        assertArrayEquals(
                new int[] {0x807F3F1F},
                colours(associated.strip(new byte[] {64, 32, 16, -128}).end()));
        TiffFile unspecified = new TiffFile(1, 1, RGB, 4, 8).tag(EXTRA_SAMPLES, 0);
        assertArrayEquals(
                new int[] {0xFF402010},
                colours(unspecified.strip(new byte[] {64, 32, 16, -128}).end()));
    }

    @Test
    void inksAreConverted() {
        byte[] file = new TiffFile(3, 1, CMYK, 4, 8)
                .strip(new byte[] {0, -1, -1, 0, -1, -1, 0, 0, 0, 0, 0, 0})
                .end();
        assertArrayEquals(new int[] {0xFFFF0000, 0xFF0000FF, 0xFFFFFFFF}, colours(file));
    }

    @Test
    void samplesOf16BitsAreInTheOrderOfTheFile() {
        TiffFile big = new TiffFile(ByteOrder.BIG_ENDIAN)
                .tag(256, 1)
                .tag(257, 1)
                .tag(258, 16)
                .tag(262, 1);
        assertEquals(0x12, decode(big.strip((byte) 0x12, (byte) 0x34).end()).greys()[0]);
        TiffFile little = new TiffFile(1, 1, BLACK_IS_ZERO, 1, 16);
        assertEquals(0x12, decode(little.strip((byte) 0x34, (byte) 0x12).end()).greys()[0]);
    }

    @Test
    void stripsFollowEachOther() {
        byte[] file = new TiffFile(1, 5, BLACK_IS_ZERO, 1, 8)
                .tag(ROWS_PER_STRIP, 2)
                .strip((byte) 1, (byte) 2)
                .strip((byte) 3, (byte) 4)
                .strip((byte) 5)
                .end();
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, decode(file).greys());
    }

    @Test
    void tilesAreCutAtTheEdges() {
        TiffFile file = new TiffFile(20, 18, BLACK_IS_ZERO, 1, 8);
        for (int tile = 1; tile <= 4; tile++) {
            byte[] pixels = new byte[256];
            Arrays.fill(pixels, (byte) tile);
            file.strip(pixels);
        }
        byte[] greys = decode(file.endWithTiles(16, 16)).greys();
        assertArrayEquals(
                new byte[] {1, 2, 2, 3, 4},
                new byte[] {greys[15], greys[16], greys[19], greys[17 * 20 + 15], greys[17 * 20 + 19]});
    }

    @ParameterizedTest
    @CsvSource({"1, 1 2 3 4", "2, 2 1 4 3", "3, 4 3 2 1", "4, 3 4 1 2", "6, 3 1 4 2", "9, 1 2 3 4"})
    void imageIsTurnedUpright(int orientation, String greys) {
        byte[] file = new TiffFile(2, 2, BLACK_IS_ZERO, 1, 8)
                .tag(ORIENTATION, orientation)
                .strip(new byte[] {1, 2, 3, 4})
                .end();
        assertEquals(greys, Arrays.toString(decode(file).greys()).replaceAll("[\\[\\],]", ""));
    }

    @ParameterizedTest
    @CsvSource({"4294967295, 1", "1, 4294967295", "65536, 65536", "4097, 1"})
    void tooLargeDimensionsAreRefused(long width, long height) {
        TiffFile file = new TiffFile(1, 1, BLACK_IS_ZERO, 1, 8).tag(256, width).tag(257, height);
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(file.strip((byte) 1).end()).reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 7, 9, 34712, 50000})
    void otherCompressionIsRefusedByName(int compression) {
        TiffFile file = new TiffFile(1, 1, BLACK_IS_ZERO, 1, 8).tag(COMPRESSION, compression);
        assertTrue(refusal(file.strip((byte) 1).end()).getMessage().contains("compression"));
    }

    @ParameterizedTest
    @CsvSource({
        "258, 3",
        "258, 32",
        "258, 0",
        "262, 6",
        "262, 8",
        "277, 0",
        "277, 6",
        "277, 4294967295",
        "284, 2",
        "266, 2",
        "339, 3",
        "317, 3",
        "278, 0",
        "256, 0",
        "257, 0",
        "273, 4294967295",
        "279, 4294967295",
        "279, 0"
    })
    void otherKindsAndNonsenseAreRefused(int tag, long number) {
        byte[] file = new TiffFile(2, 2, BLACK_IS_ZERO, 1, 8)
                .tag(tag, number)
                .strip(new byte[] {1, 2, 3, 4})
                .end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(file).reason());
    }

    @Test
    void bigTiffIsRefusedByName() {
        byte[] file = new TiffFile(1, 1, BLACK_IS_ZERO, 1, 8).strip((byte) 1).end();
        file[2] = 43;
        assertTrue(refusal(file).getMessage().contains("BigTIFF"));
    }

    @Test
    void tilesMuchLargerThanTheImageAreRefused() {
        byte[] file =
                new TiffFile(1, 4000, BLACK_IS_ZERO, 1, 8).strip(new byte[100]).endWithTiles(65520, 4000);
        assertTrue(refusal(file).getMessage().contains("tiles"));
    }

    @Test
    void countOfMillionsIsRefused() {
        byte[] file = new TiffFile(2, 2, BLACK_IS_ZERO, 1, 8).strip(new byte[4]).end();
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(4);
        for (int i = 0; i < bytes.getShort(directory); i++) {
            byte[] wrong = file.clone();
            ByteBuffer.wrap(wrong).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 6 + 12 * i, 0x7FFFFFFF);
            assertFalse(refusal(wrong).getMessage().isBlank());
        }
    }

    /** Each of the strips would skip all of the same bytes before its row. */
    /** Each strip would otherwise have tables of its own, of 16 KiB. */
    @Test
    void thousandsOfStripsShareTheTablesOfLzw() {
        TiffFile tiff =
                new TiffFile(1, 16_384, BLACK_IS_ZERO, 1, 8).tag(COMPRESSION, 5).tag(ROWS_PER_STRIP, 1);
        for (int i = 0; i < 16_384; i++) {
            tiff.strip(
                    (byte) 0b1000_0000, (byte) 0b00_011111, (byte) 0b11_100000, (byte) 0b001_00000); // clear, 127, end
        }
        byte[] file = tiff.end();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Drawing drawing = SampleFiles.parse(file).pixels().get();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(127, drawing.greys()[16_383]);
        assertTrue(allocated < 16 << 20, allocated + " bytes");
    }

    @Test
    void stripsThatOverlapAreRefused() {
        byte[] nothing = new byte[500_000];
        Arrays.fill(nothing, (byte) -128);
        long[] lengths = new long[4096];
        Arrays.fill(lengths, nothing.length);
        long[] offsets = new long[4096];
        Arrays.fill(offsets, 8);
        byte[] file = new TiffFile(1, 4096, BLACK_IS_ZERO, 1, 8)
                .tag(COMPRESSION, 32773)
                .tag(ROWS_PER_STRIP, 1)
                .tag(273, offsets)
                .tag(279, lengths)
                .strip(nothing)
                .end();
        assertTrue(refusal(file).getMessage().contains("overlap"));
    }

    @Test
    void manyStripsAreDecodedQuickly() {
        for (int compression : new int[] {1, 5, 8, 32773}) {
            byte[] row =
                    switch (compression) {
                        case 5 -> new byte[] {(byte) 0x80, 0x00, 0x20, 0x20};
                        case 8 -> PngFile.deflate(new byte[1]);
                        default -> new byte[] {0, 0};
                    };
            TiffFile file = new TiffFile(1, 4096, BLACK_IS_ZERO, 1, 8)
                    .tag(COMPRESSION, compression)
                    .tag(ROWS_PER_STRIP, 1);
            for (int y = 0; y < 4096; y++) {
                file.strip(row);
            }
            assertEquals(4096, decode(file.end()).height());
        }
    }

    @Test
    void claimOfMillionsOfStripsTakesNoMemory() {
        byte[] file = new TiffFile(1, 1, BLACK_IS_ZERO, 1, 8)
                .tag(257, 0x7FFFFFFF)
                .tag(ROWS_PER_STRIP, 1)
                .tag(273, new long[3])
                .tag(279, new long[3])
                .end();
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(4);
        for (int i = 0; i < bytes.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if (bytes.getShort(entry) == 273) {
                bytes.putInt(entry + 4, 0x7FFFFFFF);
            }
        }
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(file).reason());
    }
}
