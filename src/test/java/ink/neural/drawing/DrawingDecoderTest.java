package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ink.neural.Sketch;
import ink.neural.drawing.InvalidImageException.Reason;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawingDecoderTest {
    private static final DrawingDecoder DECODER = new DrawingDecoder(1000, 500_000);
    private static final Sketch SKETCH =
            Sketch.paper(40, 30, Color.WHITE, Color.BLACK, 4).f(10, 4, 0.15);

    private static void assertClose(Drawing expected, Drawing actual, int tolerance) {
        assertEquals(expected.width(), actual.width());
        assertEquals(expected.height(), actual.height());
        for (int i = 0; i < expected.greys().length; i++) {
            assertEquals(expected.greys()[i] & 0xFF, actual.greys()[i] & 0xFF, tolerance, "at " + i);
        }
    }

    private static Reason reason(byte[] file) {
        return assertThrows(InvalidImageException.class, () -> DECODER.decode(file))
                .reason();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_BYTE_INDEXED,
            })
    void colourPngsAreDecoded(int type) {
        BufferedImage image = SKETCH.as(type);
        assertClose(Sketch.drawing(image), DECODER.decode(Sketch.encode(image, "png")), 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_BYTE_BINARY})
    void greyPngsKeepTheirStoredGreys(int type) {
        BufferedImage image = SKETCH.as(type);
        int shift = type == BufferedImage.TYPE_USHORT_GRAY ? 8 : 0;
        Drawing drawing = DECODER.decode(Sketch.encode(image, "png"));
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                int grey = image.getRaster().getSample(x, y, 0) >> shift;
                int stored = type == BufferedImage.TYPE_BYTE_BINARY ? 255 * grey : grey;
                assertEquals(stored, drawing.greys()[y * 40 + x] & 0xFF);
            }
        }
    }

    @Test
    void transparentPixelsAreCompositedOnWhite() {
        Sketch sketch = Sketch.paper(20, 20, new Color(0, 0, 0, 0), new Color(10, 20, 30, 128), 4);
        byte[] greys =
                DECODER.decode(sketch.jagged().stroke(3, 3, 15, 15).png()).greys();
        assertEquals(255, greys[0] & 0xFF);
        assertEquals(255 - (255 - 18.15) * 128 / 255, greys[9 * 20 + 9] & 0xFF, 0.5);
    }

    @Test
    void coloursAreKeptOnlyIfAPixelIsColouredOrNotOpaque() {
        Color clear = new Color(0, 0, 0, 0);
        assertNull(colours(Color.WHITE, Color.BLACK));
        assertNull(colours(Color.LIGHT_GRAY, Color.DARK_GRAY));
        assertEquals(Color.RED.getRGB(), colours(Color.WHITE, Color.RED)[10 * 20 + 10]);
        assertEquals(Color.WHITE.getRGB(), colours(Color.WHITE, Color.RED)[0]);
        assertEquals(Color.BLACK.getRGB(), colours(clear, Color.BLACK)[10 * 20 + 10]);
        assertEquals(0, colours(clear, Color.BLACK)[0]);
        assertEquals(Color.WHITE.getRGB(), colours(clear, Color.WHITE)[10 * 20 + 10]);
    }

    private static int[] colours(Color paper, Color ink) {
        return DECODER.decode(Sketch.paper(20, 20, paper, ink, 4)
                        .jagged()
                        .stroke(3, 10, 15, 10)
                        .png())
                .colours();
    }

    @Test
    void greyJpegHasNoColours() {
        assertNull(DECODER.decode(Sketch.encode(SKETCH.as(BufferedImage.TYPE_BYTE_GRAY), "jpeg"))
                .colours());
    }

    @Test
    void colourJpegsAreDecoded() {
        Drawing jpeg = DECODER.decode(Sketch.encode(SKETCH.as(BufferedImage.TYPE_3BYTE_BGR), "jpeg"));
        assertClose(SKETCH.drawing(), jpeg, 60);
    }

    @Test
    void greyJpegsAreDecoded() {
        Drawing jpeg = DECODER.decode(Sketch.encode(SKETCH.as(BufferedImage.TYPE_BYTE_GRAY), "jpeg"));
        assertClose(DECODER.decode(Sketch.encode(SKETCH.as(BufferedImage.TYPE_BYTE_GRAY), "png")), jpeg, 60);
    }

    @Test
    void imageAtTheLimitsIsDecoded() {
        assertEquals(
                1000,
                DECODER.decode(Sketch.paper(1000, 500, Color.WHITE, Color.BLACK, 1)
                                .png())
                        .width());
    }

    @ParameterizedTest
    @CsvSource({"1001, 1", "1, 1001", "1000, 501"})
    void imageAboveTheLimitsIsRefused(int width, int height) {
        assertEquals(
                Reason.TOO_MANY_PIXELS,
                reason(Sketch.paper(width, height, Color.WHITE, Color.BLACK, 1).png()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "bmp", "tiff"})
    void otherImageFormatsAreDecoded(String format) {
        BufferedImage image = SKETCH.as(BufferedImage.TYPE_3BYTE_BGR);
        assertClose(Sketch.drawing(image), DECODER.decode(Sketch.encode(image, format)), 8);
    }

    @ParameterizedTest
    @CsvSource({
        "'    ftypavif', AVIF",
        "'    ftypheic', HEIC",
        "'    ftypmif1', HEIC",
        "<svg xmlns='http://www.w3.org/2000/svg'/>, SVG",
        "' <?xml version=\"1.0\"?><!-- drawn --><svg/>', SVG",
        "%PDF-1.7, PDF",
        "8BPS    , Photoshop",
        "hello, not an image"
    })
    void refusalNamesTheFormatAndWhatIsAccepted(String file, String name) {
        InvalidImageException refusal =
                assertThrows(InvalidImageException.class, () -> DECODER.decode(file.getBytes()));
        assertEquals(Reason.NOT_AN_IMAGE, refusal.reason());
        assertTrue(refusal.getMessage().contains(name), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("PNG, JPEG, WebP, GIF, BMP or TIFF"), refusal.getMessage());
    }

    @Test
    void weightIsKnownBeforeDecoding() {
        assertEquals(40 * 30, DECODER.parse(SKETCH.png()).weight());
        assertEquals(
                4 * 40 * 30,
                DECODER.parse(SampleFiles.write("tiff", SKETCH.image(), "LZW", false))
                        .weight());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hello", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7"})
    void dataThatIsNotAnImageIsRefused(String text) {
        assertEquals(Reason.NOT_AN_IMAGE, reason(text.getBytes()));
    }

    /** Files whose headers claim the largest dimensions that their formats can express. */
    static Map<String, byte[]> filesThatClaimHugeDimensions() {
        byte[] jpeg = SampleFiles.JPEG.clone();
        int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0");
        ByteBuffer.wrap(jpeg).putInt(frame + 5, -1);
        byte[] bmp = SampleFiles.RLE_BMP.clone();
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putLong(18, 0x7FFFFFFF_7FFFFFFFL);
        byte[] webp = SampleFiles.LOSSY_WEBP.clone();
        ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).putInt(26, 0x3FFF_3FFF);
        return Map.of(
                "PNG",
                new PngFile()
                        .header(-1 >>> 1, -1 >>> 1, 8, 6)
                        .pixels(new byte[99])
                        .end(),
                "JPEG",
                jpeg,
                "WebP",
                webp,
                "GIF",
                new GifFile(65535, 65535)
                        .colours(0)
                        .frame(0, 0, 65535, 65535, 2, 1)
                        .end(),
                "BMP",
                bmp,
                "TIFF",
                new TiffFile(1, 1, 2, 3, 8)
                        .tag(256, 0xFFFFFFFFL)
                        .tag(257, 0xFFFFFFFFL)
                        .end());
    }

    /** Nothing is decoded, nor is memory allocated for pixels. */
    @ParameterizedTest
    @ValueSource(strings = {"PNG", "JPEG", "WebP", "GIF", "BMP", "TIFF"})
    void hugeDimensionsAreRefusedFromTheHeader(String format) {
        byte[] file = filesThatClaimHugeDimensions().get(format);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long memory = threads.getCurrentThreadAllocatedBytes();
            long start = threads.getCurrentThreadCpuTime();
            assertEquals(Reason.TOO_MANY_PIXELS, reason(file));
            shortest = Math.min(shortest, threads.getCurrentThreadCpuTime() - start);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - memory);
        }
        assertTrue(least < 100_000, least + " bytes");
        assertTrue(shortest < 1_000_000, shortest + " ns");
    }
}
