package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Whatever the rows of a plain PNG, they become the greys that the platform's codec leads to, or are refused. */
class FastPngDecoderFuzzTest {
    private static final int[] COLOURS = {0, 2, 3, 4, 6};

    @FuzzTest(maxDuration = "60m")
    void readsAlike(byte[] data) {
        if (data.length < 4) {
            return;
        }
        ImageFile picture = Png.reduce(file(data));
        try {
            byte[] greys = FastPngDecoder.read(picture).greys();
            assertArrayEquals(DrawingDecoder.read(picture).greys(), greys);
        } catch (InvalidImageException refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }

    /** Kind, width, height and how the rest is cut into chunks; the rest is a palette and rows, deflated or as it is. */
    private static byte[] file(byte[] data) {
        int colours = COLOURS[(data[0] & 0x7F) % COLOURS.length];
        PngFile file = new PngFile().header(1 + (data[1] & 0x3F), 1 + (data[2] & 0x3F), 8, colours);
        byte[] rest = Arrays.copyOfRange(data, 4, data.length);
        if (colours == 3) {
            int entries = Math.min(data[3] & 0xFF, rest.length / 3);
            entries += entries == 2 || entries == 4 || entries == 16 ? 1 : 0; // else the platform repeats the last
            file.chunk("PLTE", Arrays.copyOf(rest, 3 * entries)).chunk("tRNS", Arrays.copyOf(rest, entries / 2));
        }
        byte[] pixels = data[0] < 0 ? rest : PngFile.deflate(rest);
        int cut = Math.min(pixels.length, data[3] & 0xFF);
        return file.chunk("IDAT", Arrays.copyOf(pixels, cut))
                .chunk("IDAT", Arrays.copyOfRange(pixels, cut, pixels.length))
                .end();
    }
}
