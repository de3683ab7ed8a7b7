package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.drawing.InvalidImageException.Reason;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to hurt, or only odd. */
class HostileImageTest {
    private static final DrawingDecoder DECODER = new DrawingDecoder(4096, 1024 * 1024);
    private static final Sketch SKETCH =
            Sketch.paper(24, 20, Color.WHITE, Color.BLACK, 3).f(5, 3, 0.1);
    private static final byte[] PNG = SKETCH.png();
    private static final byte[] JPEG = jpeg(SKETCH.as(BufferedImage.TYPE_3BYTE_BGR), false);
    private static final byte[] PROGRESSIVE = jpeg(SKETCH.as(BufferedImage.TYPE_3BYTE_BGR), true);
    private static final byte[] GREY_PNG = Sketch.encode(SKETCH.as(BufferedImage.TYPE_BYTE_GRAY), "png");
    private static final byte[] PALETTE_PNG = Sketch.encode(SKETCH.as(BufferedImage.TYPE_BYTE_INDEXED), "png");
    /** Length, type, data and checksum of a PNG's header. */
    private static final int HEADER_END = 8 + 25;

    static List<byte[]> files() {
        return List.of(PNG, GREY_PNG, PALETTE_PNG, JPEG, PROGRESSIVE);
    }

    private static byte[] jpeg(BufferedImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (progressive) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] insert(byte[] file, int at, byte[] part) {
        return join(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
    }

    private static byte[] chunk(String type, byte... data) {
        byte[] file = new PngFile().chunk(type, data).bytes();
        return Arrays.copyOfRange(file, 8, file.length);
    }

    private static InvalidImageException refusal(byte[] file) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThrows(InvalidImageException.class, () -> DECODER.decode(file)));
    }

    private static Drawing decode(byte[] file) {
        return assertTimeoutPreemptively(Duration.ofSeconds(5), () -> DECODER.decode(file));
    }

    /** Either reads the file or refuses it; anything else thrown fails the test. */
    private static boolean survives(byte[] file) {
        try {
            Drawing drawing = DECODER.decode(file);
            assertEquals(drawing.width() * drawing.height(), drawing.greys().length);
            return true;
        } catch (InvalidImageException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"30000, 30000", "2147483647, 1", "1, 2147483647", "65536, 65536", "4097, 1", "1025, 1024"})
    void refusesBombsByTheirDimensions(int width, int height) {
        byte[] bomb = new PngFile()
                .header(width, height, 1, 0)
                .pixels(new byte[100_000])
                .end();
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(bomb).reason());
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "5, 0", "-1, 5", "5, -1", "-2147483648, -2147483648"})
    void refusesImpossibleDimensions(int width, int height) {
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(new PngFile().header(width, height, 8, 0).pixels().end())
                        .reason());
    }

    @ParameterizedTest
    @CsvSource({"8, true, 512", "16, false, 256", "16, true, 256"})
    void countsPixelsThatTakeMoreEffortMoreThanOnce(int depth, boolean interlaced, int rows) {
        byte[] pixels = new byte[3 * 1024 * 1024];
        assertEquals(
                Reason.TOO_MANY_PIXELS,
                refusal(new PngFile()
                                .header(1024, rows + 1, depth, 0, interlaced)
                                .pixels(pixels)
                                .end())
                        .reason());
        assertEquals(
                1024,
                decode(new PngFile()
                                .header(1024, rows, depth, 0, interlaced)
                                .pixels(pixels)
                                .end())
                        .width());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iTXt", "iCCP", "tEXt", "eXIf", "sPLT", "hIST", "acTL", "fcTL", "fdAT", "xxXx"})
    void doesNotLookAtWhatIsNotPixels(String type) {
        byte[] bomb = PngFile.deflate(new byte[50_000_000]);
        byte[] text = join("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1), bomb);
        for (byte[] png : List.of(PNG, PALETTE_PNG)) {
            Drawing drawing = decode(insert(png, HEADER_END, chunk(type, text)));
            assertArrayEquals(decode(png).greys(), drawing.greys());
        }
    }

    @Test
    void doesNotInflateMoreThanThePixels() {
        Drawing drawing = decode(
                new PngFile().header(4, 4, 8, 0).pixels(new byte[100_000_000]).end());
        assertEquals(4, drawing.width());
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesEveryCutFile(byte[] file) {
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(InvalidImageException.class, () -> DECODER.decode(cut), "cut at " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void survivesEveryFlippedBit(byte[] file) {
        for (int bit = 0; bit < 8 * file.length; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            survives(flipped);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void survivesEveryByteAtItsExtremes(byte[] file) {
        for (int i = 0; i < file.length; i++) {
            for (int value : new int[] {0, 0x7F, 0x80, 0xFF}) {
                byte[] changed = file.clone();
                changed[i] = (byte) value;
                survives(changed);
            }
        }
    }

    @Test
    void survivesFlippedBitsUnderARightChecksum() {
        for (byte[] file : List.of(PNG, GREY_PNG, PALETTE_PNG)) {
            for (int bit = 8 * 16; bit < 8 * file.length; bit++) {
                byte[] flipped = file.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                survives(withChecksums(flipped));
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

    @Test
    void refusesAWrongChecksum() {
        byte[] wrong = PNG.clone();
        wrong[PNG.length - 1] ^= 1;
        assertEquals(Reason.NOT_AN_IMAGE, refusal(wrong).reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000, Integer.MAX_VALUE - 11})
    void refusesChunkLengthsThatLie(int length) {
        byte[] lying = new PngFile()
                .header(4, 4, 8, 0)
                .raw(ByteBuffer.allocate(12)
                        .putInt(length)
                        .put("IDAT".getBytes())
                        .array())
                .end();
        assertEquals(Reason.NOT_AN_IMAGE, refusal(lying).reason());
    }

    @Test
    void refusesAHeaderThatIsMissingOrComesTwice() {
        refusal(new PngFile().pixels(new byte[20]).end());
        refusal(new PngFile()
                .header(4, 4, 8, 0)
                .header(9999, 9999, 8, 0)
                .pixels(new byte[20])
                .end());
    }

    @Test
    void refusesAPngWithoutPixels() {
        refusal(new PngFile().header(4, 4, 8, 0).end());
        refusal(new PngFile().header(4, 4, 8, 3).pixels(new byte[20]).end());
    }

    @Test
    void takesTheStillPictureOfAnAnimation() {
        byte[] animated = insert(PNG, HEADER_END, join(chunk("acTL", new byte[8]), chunk("fcTL", new byte[26])));
        animated =
                insert(animated, animated.length - 12, join(chunk("fcTL", new byte[26]), chunk("fdAT", new byte[40])));
        assertArrayEquals(decode(PNG).greys(), decode(animated).greys());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4096", "4096, 1", "3, 5"})
    void readsOddShapes(int width, int height) {
        Drawing drawing = decode(new PngFile()
                .header(width, height, 8, 0)
                .pixels(new byte[height * (width + 1)])
                .end());
        assertEquals(width * height, drawing.greys().length);
        assertEquals(0, drawing.greys()[0]);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "2, 16", "4, 8", "4, 16", "6, 8", "6, 16"})
    void readsAllKindsOfPng(int colours, int depth) {
        int samples = new int[] {1, 0, 3, 0, 2, 0, 4}[colours];
        int rowLength = 1 + (8 * samples * depth + 7) / 8;
        byte[] rows = new byte[8 * rowLength];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (i % rowLength == 0 ? 0 : 0xFF);
        }
        Drawing drawing = decode(new PngFile()
                .header(8, 8, depth, colours)
                .chunk("gAMA", (byte) 0, (byte) 0, (byte) 0xB1, (byte) 0x8F)
                .pixels(rows)
                .end());
        byte[] white = new byte[64];
        Arrays.fill(white, (byte) 255);
        assertArrayEquals(white, drawing.greys());
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "0, 16", "2, 8", "2, 16"})
    void takesTheTransparentColourForTransparent(int colours, int depth) {
        int samples = colours == 0 ? 1 : 3;
        byte[] key = new byte[2 * samples];
        byte[] rows = new byte[4 * (1 + 4 * samples * depth / 8)];
        Drawing drawing = decode(new PngFile()
                .header(4, 4, depth, colours)
                .chunk("tRNS", key)
                .pixels(rows)
                .end());
        assertEquals(255, drawing.greys()[5] & 0xFF, "black is the colour that is transparent");
    }

    @ParameterizedTest
    @MethodSource("files")
    void doesNotMindWhatFollowsTheEnd(byte[] file) {
        byte[] polyglot = join(file, "PK\u0003\u0004<script>alert(1)</script>".getBytes(StandardCharsets.ISO_8859_1));
        assertArrayEquals(decode(file).greys(), decode(polyglot).greys());
    }

    @Test
    void refusesEndlessScans() {
        int lastScan = lastScan(PROGRESSIVE);
        byte[] scan = Arrays.copyOfRange(PROGRESSIVE, lastScan, PROGRESSIVE.length - 2);
        ByteArrayOutputStream endless = new ByteArrayOutputStream();
        endless.write(PROGRESSIVE, 0, PROGRESSIVE.length - 2);
        for (int i = 0; i < 10_000; i++) {
            endless.writeBytes(scan);
        }
        endless.write(PROGRESSIVE, PROGRESSIVE.length - 2, 2);
        assertTrue(refusal(endless.toByteArray()).getMessage().contains("scans"));
    }

    private static int lastScan(byte[] jpeg) {
        for (int i = jpeg.length - 2; ; i--) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDA) {
                return i;
            }
        }
    }

    @Test
    void refusesJpegBombsByTheirDimensions() {
        byte[] bomb = JPEG.clone();
        int frame = frame(bomb);
        ByteBuffer.wrap(bomb).putShort(frame + 5, (short) 65000).putShort(frame + 7, (short) 65000);
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(bomb).reason());
        byte[] progressive = jpeg(new BufferedImage(1000, 1000, BufferedImage.TYPE_3BYTE_BGR), true);
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(progressive).reason());
    }

    @Test
    void refusesCmykAndSaysSo() {
        byte[] cmyk = JPEG.clone();
        cmyk[frame(cmyk) + 9] = 4;
        assertTrue(refusal(cmyk).getMessage().contains("CMYK"));
    }

    private static int frame(byte[] jpeg) {
        for (int i = 0; ; i++) {
            if (jpeg[i] == (byte) 0xFF && (jpeg[i + 1] == (byte) 0xC0 || jpeg[i + 1] == (byte) 0xC2)) {
                return i;
            }
        }
    }

    /** What each orientation makes of the pixels A B C over D E F, so that undoing it gives them back. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, ABCDEF", "2, 3, CBAFED", "3, 3, FEDCBA", "4, 3, DEFABC",
        "5, 2, ADBECF", "6, 2, CFBEAD", "7, 2, FCEBDA", "8, 2, DAEBFC",
    })
    void turnsCameraPicturesUpright(int orientation, int width, String stored) {
        for (boolean little : new boolean[] {false, true}) {
            Drawing upright = decode(withExif(blocks(width, stored), orientation, little));
            assertEquals(3 * 16, upright.width());
            for (int i = 0; i < 6; i++) {
                int centre = (i / 3 * 16 + 8) * upright.width() + i % 3 * 16 + 8;
                assertEquals(40 * i, upright.greys()[centre] & 0xFF, 8, "block " + i);
            }
        }
    }

    /** A grey JPEG of blocks of 16 x 16 pixels, each as bright as its letter. */
    private static byte[] blocks(int width, String letters) {
        BufferedImage image = new BufferedImage(16 * width, 16 * 6 / width, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, 40 * (letters.charAt(y / 16 * width + x / 16) - 'A'));
            }
        }
        return jpeg(image, false);
    }

    private static byte[] withExif(byte[] jpeg, int orientation, boolean little) {
        ByteBuffer exif = ByteBuffer.allocate(36).putShort((short) 0xFFE1).putShort((short) 34);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put((little ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        exif.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        exif.putShort((short) 42).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        return insert(jpeg, 2, exif.array());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, -1, 255})
    void takesAnUnknownOrientationForUpright(int orientation) {
        byte[] jpeg = withExif(JPEG, orientation, false);
        assertArrayEquals(decode(JPEG).greys(), decode(jpeg).greys());
    }
}
