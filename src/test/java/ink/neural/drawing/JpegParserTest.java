package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.CMYK_JPEG;
import static ink.neural.drawing.SampleFiles.JPEG;
import static ink.neural.drawing.SampleFiles.PROGRESSIVE_JPEG;
import static ink.neural.drawing.SampleFiles.decode;
import static ink.neural.drawing.SampleFiles.insert;
import static ink.neural.drawing.SampleFiles.jpeg;
import static ink.neural.drawing.SampleFiles.refusal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.InvalidImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEG files that are crafted to exhaust the decoder, are not supported, or carry an EXIF orientation. */
class JpegParserTest {
    private static final int END_MARKER_LENGTH = 2;

    /** Finds the last marker with one of the given codes. */
    private static int lastMarker(byte[] jpeg, int... codes) {
        for (int i = jpeg.length - 2; ; i--) {
            int code = jpeg[i + 1] & 0xFF;
            if (jpeg[i] == (byte) 0xFF && Arrays.stream(codes).anyMatch(wanted -> wanted == code)) {
                return i;
            }
        }
    }

    private static int frameHeader(byte[] jpeg) {
        return lastMarker(jpeg, 0xC0, 0xC2);
    }

    @Test
    void thousandsOfSegmentsAreRefused() {
        byte[] comment = {(byte) 0xFF, (byte) 0xFE, 0, 2};
        byte[] thousands = new byte[20_000 * comment.length];
        for (int i = 0; i < thousands.length; i++) {
            thousands[i] = comment[i % comment.length];
        }
        assertTrue(refusal(insert(JPEG, 2, thousands)).getMessage().contains("segments"));
        assertEquals(24, decode(insert(JPEG, 2, Arrays.copyOf(thousands, 4000))).width());
    }

    /** Each of its blocks is 8 or 16 pixels wide. */
    @Test
    void aNarrowImageWeighsAsMuchAsItsBlocks() {
        byte[] narrow = jpeg(new BufferedImage(1, 1600, BufferedImage.TYPE_3BYTE_BGR), false);
        assertEquals(16 * 1600, SampleFiles.parse(narrow).weight());
        byte[] whole = jpeg(new BufferedImage(100, 100, BufferedImage.TYPE_3BYTE_BGR), false);
        assertEquals(100 * 100, SampleFiles.parse(whole).weight());
    }

    @Test
    void compressedBytesHaveAWeight() {
        BufferedImage tiny = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
        byte[] file = jpeg(tiny, false);
        byte[] longer = insert(file, file.length - END_MARKER_LENGTH, new byte[100_000]);
        assertTrue(SampleFiles.parse(file).weight() < 1000);
        assertTrue(SampleFiles.parse(longer).weight() >= 100_000);
    }

    @Test
    void thousandsOfScansAreRefused() {
        int end = PROGRESSIVE_JPEG.length - END_MARKER_LENGTH;
        byte[] scan = Arrays.copyOfRange(PROGRESSIVE_JPEG, lastMarker(PROGRESSIVE_JPEG, 0xDA), end);
        ByteArrayOutputStream endless = new ByteArrayOutputStream();
        endless.write(PROGRESSIVE_JPEG, 0, end);
        for (int i = 0; i < 10_000; i++) {
            endless.writeBytes(scan);
        }
        endless.write(PROGRESSIVE_JPEG, end, END_MARKER_LENGTH);
        assertTrue(refusal(endless.toByteArray()).getMessage().contains("scans"));
    }

    @Test
    void tooLargeDimensionsAreRefused() {
        byte[] bomb = JPEG.clone();
        int frame = frameHeader(bomb);
        ByteBuffer.wrap(bomb).putShort(frame + 5, (short) 65000).putShort(frame + 7, (short) 65000);
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(bomb).reason());
    }

    @Test
    void pixelsOfAProgressiveJpegCountSeveralTimes() {
        BufferedImage image = new BufferedImage(1000, 1000, BufferedImage.TYPE_3BYTE_BGR);
        assertEquals(1000, decode(jpeg(image, false)).width());
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(jpeg(image, true)).reason());
    }

    /** The file, which Pillow wrote, shows fields of cyan, red and grey. Pillow stores inks inverted, as Adobe does. */
    @Test
    void inksAreConverted() {
        assertFields(0x00FFFF, 0xFF0000, 0x7F7F7F, decode(CMYK_JPEG));
    }

    private static void assertFields(int first, int second, int third, Drawing drawing) {
        int[] expected = {first, second, third};
        for (int field = 0; field < 3; field++) {
            int actual = drawing.colours()[8 * drawing.width() + 16 * field + 8];
            for (int shift = 0; shift < 24; shift += 8) {
                assertEquals(expected[field] >> shift & 0xFF, actual >> shift & 0xFF, 8, "field " + field);
            }
        }
    }

    /** Without Adobe's marker, inks are not inverted; with its transform 2, they are stored as YCCK. */
    @Test
    void inksMayBeStoredInOtherWays() {
        byte[] plain = CMYK_JPEG.clone();
        plain[lastMarker(plain, 0xEE) + 1] = (byte) 0xEF;
        assertEquals(0, decode(plain).greys()[8 * 48 + 8] & 0xFF, 8);
        byte[] ycck = CMYK_JPEG.clone();
        ycck[lastMarker(ycck, 0xEE) + 15] = 2;
        int[] colours = decode(ycck).colours();
        assertEquals(48 * 16, colours.length);
        // Y, Cb and Cr of 0, 255 and 255 are RGB of 178, 0 and 225, which are inks of 77, 255 and 30.
        assertEquals(77, colours[8 * 48 + 8] >> 16 & 0xFF, 8);
        assertEquals(30, colours[8 * 48 + 8] & 0xFF, 8);
    }

    @Test
    void largeJpegsAreReduced() {
        BufferedImage image = new BufferedImage(1000, 1100, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 1000 * 1100; i++) {
            image.setRGB(i % 1000, i / 1000, i / 1000 < 550 ? 0xFF0000 : 0x0000FF);
        }
        for (boolean progressive : new boolean[] {false, true}) {
            Drawing drawing = new DrawingDecoder(5000, 1 << 24).decode(jpeg(image, progressive));
            assertEquals(500, drawing.width());
            assertEquals(550, drawing.height());
            assertEquals(0xFE, drawing.colours()[0] >> 16 & 0xFF, 3);
            assertEquals(0xFE, drawing.colours()[549 * 500] & 0xFF, 3);
        }
    }

    /** {@code stored} is how each orientation stores the image whose rows are ABC and DEF. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, ABCDEF", "2, 3, CBAFED", "3, 3, FEDCBA", "4, 3, DEFABC",
        "5, 2, ADBECF", "6, 2, CFBEAD", "7, 2, FCEBDA", "8, 2, DAEBFC",
    })
    void imageIsTurnedUprightByItsExifOrientation(int orientation, int storedWidth, String stored) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            Drawing upright = decode(withExif(blocks(storedWidth, stored), orientation, order));
            assertEquals(3 * 16, upright.width());
            for (int i = 0; i < 6; i++) {
                int centre = (i / 3 * 16 + 8) * upright.width() + i % 3 * 16 + 8;
                assertEquals(40 * i, upright.greys()[centre] & 0xFF, 8, "block " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, -1, 255})
    void invalidExifOrientationIsIgnored(int orientation) {
        byte[] jpeg = withExif(JPEG, orientation, ByteOrder.BIG_ENDIAN);
        assertArrayEquals(decode(JPEG).greys(), decode(jpeg).greys());
    }

    /** Thousands of damaged ones would each cost an exception. */
    @Test
    void onlyTheFirstExifSegmentCounts() {
        byte[] upright = withExif(JPEG, 1, ByteOrder.BIG_ENDIAN);
        Drawing turned = decode(withExif(upright, 6, ByteOrder.BIG_ENDIAN));
        assertEquals(decode(JPEG).height(), turned.width());
        assertEquals(decode(JPEG).width(), turned.height());
    }

    /** A greyscale JPEG of blocks of 16 x 16 pixels, whose brightness rises from A to F. */
    private static byte[] blocks(int width, String letters) {
        BufferedImage image = new BufferedImage(16 * width, 16 * 6 / width, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, 40 * (letters.charAt(y / 16 * width + x / 16) - 'A'));
            }
        }
        return jpeg(image, false);
    }

    private static byte[] withExif(byte[] jpeg, int orientation, ByteOrder order) {
        ByteBuffer exif = ByteBuffer.allocate(36).putShort((short) 0xFFE1).putShort((short) 34);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        String mark = order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM";
        exif.put(mark.getBytes(StandardCharsets.US_ASCII)).order(order);
        exif.putShort((short) 42).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        return insert(jpeg, 2, exif.array());
    }
}
