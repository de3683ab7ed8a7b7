package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.LOSSLESS_WEBP;
import static ink.neural.drawing.SampleFiles.LOSSY_WEBP;
import static ink.neural.drawing.SampleFiles.decode;
import static ink.neural.drawing.SampleFiles.join;
import static ink.neural.drawing.SampleFiles.refusal;
import static ink.neural.drawing.SampleFiles.resource;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.InvalidImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pixel must be the one that Google's decoder wrote to a PNG; the files are in {@code resources/webp}. */
class WebpDecoderTest {
    private static final int FIRST_CHUNK = 12;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lossy-1x1", "lossy-17x33", "lossy-segments", "lossy-simple-filter", "lossy-noise",
                "lossy-noise-simple-filter", "lossy-alpha", "lossy-alpha-reduced", "lossy-alpha-stored", "lossless",
                "lossless-alpha", "lossless-1x1", "lossless-noise", "animation"
            })
    void filesAreDecodedAsByLibwebp(String name) {
        Drawing expected = decode(resource("/webp/" + name + ".png"));
        Drawing decoded = decode(resource("/webp/" + name + ".webp"));
        assertEquals(expected.width(), decoded.width());
        assertArrayEquals(expected.greys(), decoded.greys());
        assertArrayEquals(visible(expected), visible(decoded));
    }

    /** The colours, where those that are transparent count as black. */
    private static int[] visible(Drawing drawing) {
        return drawing.colours() == null
                ? null
                : Arrays.stream(drawing.colours())
                        .map(pixel -> pixel >>> 24 == 0 ? 0 : pixel)
                        .toArray();
    }

    private static byte[] chunk(String type, byte... data) {
        return ByteBuffer.allocate(8 + data.length + data.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static byte[] file(byte[]... chunks) {
        byte[] all = join(chunks);
        ByteBuffer file = ByteBuffer.allocate(FIRST_CHUNK + all.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + all.length);
        return file.put("WEBP".getBytes(StandardCharsets.US_ASCII)).put(all).array();
    }

    private static byte[] extendedHeader(int flags, int width, int height) {
        return chunk(
                "VP8X",
                ByteBuffer.allocate(10)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) flags)
                        .putInt(4, width - 1)
                        .put(7, (byte) (height - 1))
                        .put(8, (byte) (height - 1 >> 8))
                        .array());
    }

    /** The chunks of a file that consists of nothing but its pixels. */
    private static byte[] chunks(byte[] file) {
        return Arrays.copyOfRange(file, FIRST_CHUNK, file.length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void imageIsTurnedUprightByItsExifChunk(boolean named) {
        byte[] exif = new TiffFile(ByteOrder.LITTLE_ENDIAN)
                .tag(TiffDirectory.ORIENTATION, 6)
                .end();
        byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        Drawing stored = decode(LOSSY_WEBP);
        Drawing turned = decode(file(
                extendedHeader(8, stored.width(), stored.height()),
                chunks(LOSSY_WEBP),
                chunk("EXIF", named ? join(name, exif) : exif)));
        assertEquals(stored.height(), turned.width());
        assertEquals(stored.greys()[0], turned.greys()[turned.width() - 1]);
    }

    @ParameterizedTest
    @CsvSource({"0, 10 20 30 40 50 60", "1, 10 30 60 50 100 160", "2, 10 30 60 50 80 120", "3, 10 30 60 50 120 210"})
    void alphaThatIsNotCompressedIsRead(int filter, String expected) {
        byte[] pixels = chunks(resource("/webp/lossy-1x1.webp"));
        pixels[14] = 3;
        pixels[16] = 2;
        byte[] alpha =
                chunk("ALPH", (byte) (filter << 2), (byte) 10, (byte) 20, (byte) 30, (byte) 40, (byte) 50, (byte) 60);
        int[] colours = decode(file(extendedHeader(16, 3, 2), alpha, pixels)).colours();
        int[] alphas = Arrays.stream(colours).map(pixel -> pixel >>> 24).toArray();
        assertEquals(expected, Arrays.toString(alphas).replaceAll("[\\[\\],]", ""));
    }

    @Test
    void frameStandsAtItsPlaceOnTransparentGround() {
        Drawing stored = decode(LOSSY_WEBP);
        byte[] frame = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 1)
                .putInt(3, 2)
                .putInt(6, stored.width() - 1)
                .putInt(9, stored.height() - 1)
                .array();
        byte[] animation = file(
                extendedHeader(2, 30, 50), chunk("ANIM", new byte[6]), chunk("ANMF", join(frame, chunks(LOSSY_WEBP))));
        Drawing drawing = decode(animation);
        assertEquals(30, drawing.width());
        assertEquals(50, drawing.height());
        assertEquals(0, drawing.colours()[4 * 30 + 1]);
        assertEquals(0, drawing.colours()[3 * 30 + 2]);
        assertEquals(stored.colours()[0], drawing.colours()[4 * 30 + 2]);
        int last = (4 + stored.height() - 1) * 30 + 2 + stored.width() - 1;
        assertEquals(stored.colours()[stored.colours().length - 1], drawing.colours()[last]);
        assertEquals(0, drawing.colours()[last + 1]);
    }

    @Test
    void canvasThatDoesNotFitThePixelsIsRefused() {
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(file(extendedHeader(0, 16, 33), chunks(LOSSY_WEBP))).reason());
        assertEquals(
                Reason.NOT_AN_IMAGE,
                refusal(file(extendedHeader(0, 18, 33), chunks(LOSSY_WEBP))).reason());
    }

    @Test
    void tooLargeDimensionsAreRefused() {
        byte[] lossy = LOSSY_WEBP.clone();
        ByteBuffer.wrap(lossy).order(ByteOrder.LITTLE_ENDIAN).putInt(26, 0x3FFF_3FFF);
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(lossy).reason());
        byte[] lossless = LOSSLESS_WEBP.clone();
        int size = indexOf(lossless, "VP8L") + 9;
        ByteBuffer.wrap(lossless).order(ByteOrder.LITTLE_ENDIAN).putInt(size, -1 >>> 4);
        assertTrue(refusal(lossless).getMessage().length() > 0);
        byte[] bare = file(chunk("VP8L", (byte) 0x2F, (byte) -1, (byte) -1, (byte) -1, (byte) 0x0F));
        assertEquals(Reason.TOO_MANY_PIXELS, refusal(bare).reason());
    }

    private static int indexOf(byte[] file, String text) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void pixelsCountEightTimes() {
        assertEquals(8 * 17 * 33, SampleFiles.DECODER.parse(LOSSY_WEBP).weight());
    }

    @Test
    void fileWithoutPixelsIsRefused() {
        assertTrue(refusal(file(extendedHeader(0, 5, 5))).getMessage().contains("no image"));
        assertTrue(refusal(file()).getMessage().contains("no image"));
    }

    @Test
    void manyChunksAreSkippedQuickly() {
        byte[] chunks = new byte[8_000_000];
        for (int i = 0; i < chunks.length; i += 8) {
            chunks[i] = 'x';
        }
        assertEquals(17, decode(file(chunks, chunks(LOSSY_WEBP))).width());
    }

    /** Every one of the codes would take memory. */
    @Test
    void hundredsOfThousandsOfPrefixCodesAreRefused() {
        ImageFile file = SampleFiles.parse(withGroups(1024, 65_536));
        InvalidImageException refusal =
                assertThrows(InvalidImageException.class, () -> file.pixels().get());
        assertTrue(refusal.getMessage().contains("complex"));
    }

    @Test
    void moreGroupsOfPrefixCodesThanBlocksAreRefused() {
        assertEquals(300, decode(withGroups(300, 75 * 75)).width());
        assertTrue(refusal(withGroups(300, 75 * 75 + 1)).getMessage().contains("damaged"));
    }

    /** A square lossless image in blocks of 4 by 4 pixels, all of the last of many groups of five prefix codes. */
    private static byte[] withGroups(int side, int groups) {
        String symbol0 = "1000";
        StringBuilder bits = new StringBuilder("00" + "1000"); // no transform, no cache, groups of 4 x 4 pixels
        bits.append('0').append(symbol(groups - 1 & 0xFF)).append(symbol(groups - 1 >> 8));
        bits.append(symbol0.repeat(3)).append(symbol0.repeat(5 * groups));
        byte[] data = new byte[5 + bits.length() / 8 + 1];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x2F).putInt(side - 1 | side - 1 << 14);
        for (int i = 0; i < bits.length(); i++) {
            data[5 + i / 8] |= (byte) (bits.charAt(i) - '0' << i % 8);
        }
        return file(chunk("VP8L", data));
    }

    /** A code of one symbol of 8 bits, the lowest first. */
    private static String symbol(int symbol) {
        StringBuilder bits = new StringBuilder("101");
        for (int i = 0; i < 8; i++) {
            bits.append(symbol >> i & 1);
        }
        return bits.toString();
    }
}
