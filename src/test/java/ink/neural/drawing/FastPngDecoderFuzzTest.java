package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;

/** Any PNG of a kind that {@link FastPngDecoder} supports is either decoded as ImageIO decodes it, or refused. */
class FastPngDecoderFuzzTest {
    private static final int[] COLOUR_TYPES = {0, 2, 3, 4, 6};
    private static final int PALETTE = 3;

    @FuzzTest(maxDuration = "60m")
    void pixelsEqualThoseOfImageIo(byte[] data) throws IOException {
        if (data.length < 4) {
            return;
        }
        byte[] file = file(data);
        try {
            Drawing decoded = FastPngDecoder.decode(PngParser.read(file));
            Drawing expected = ReferenceDecoder.decode("png", file);
            assertArrayEquals(expected.greys(), decoded.greys());
            assertArrayEquals(expected.colours(), decoded.colours());
        } catch (InvalidImageException refused) {
            assertFalse(refused.getMessage().isBlank());
        }
    }

    /**
     * Builds a PNG. The first four bytes give the colour type and whether the rest is deflated here, the width, the
     * height, and where the pixel data is divided into two chunks. The rest is the palette and the filtered rows.
     */
    private static byte[] file(byte[] data) {
        int colourType = COLOUR_TYPES[(data[0] & 0x7F) % COLOUR_TYPES.length];
        PngFile file = new PngFile().header(1 + (data[1] & 0x3F), 1 + (data[2] & 0x3F), 8, colourType);
        byte[] rest = Arrays.copyOfRange(data, 4, data.length);
        if (colourType == PALETTE) {
            int entries = Math.min(data[3] & 0xFF, rest.length / 3);
            // With 2, 4 or 16 entries, ImageIO repeats the last one for indices beyond the palette.
            entries += entries == 2 || entries == 4 || entries == 16 ? 1 : 0;
            file.chunk("PLTE", Arrays.copyOf(rest, 3 * entries)).chunk("tRNS", Arrays.copyOf(rest, entries / 2));
        }
        byte[] pixels = data[0] < 0 ? rest : PngFile.deflate(rest);
        int cut = Math.min(pixels.length, data[3] & 0xFF);
        return file.chunk("IDAT", Arrays.copyOf(pixels, cut))
                .chunk("IDAT", Arrays.copyOfRange(pixels, cut, pixels.length))
                .end();
    }
}
