package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.decode;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PNG files of every colour type, bit depth and shape. */
class PngKindsTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "2, 16", "4, 8", "4, 16", "6, 8", "6, 16"})
    void everyColourTypeAndBitDepthIsDecoded(int colourType, int depth) {
        int rowLength = 1 + (8 * PngFile.samplesPerPixel(colourType) * depth + 7) / 8;
        byte[] rows = new byte[8 * rowLength];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) (i % rowLength == 0 ? 0 : 0xFF);
        }
        Drawing drawing = decode(new PngFile()
                .header(8, 8, depth, colourType)
                .chunk("gAMA", (byte) 0, (byte) 0, (byte) 0xB1, (byte) 0x8F)
                .pixels(rows)
                .end());
        byte[] white = new byte[64];
        Arrays.fill(white, (byte) 255);
        assertArrayEquals(white, drawing.greys());
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "0, 16", "2, 8", "2, 16"})
    void transparentColourIsWhite(int colourType, int depth) {
        int samples = PngFile.samplesPerPixel(colourType);
        byte[] transparentBlack = new byte[2 * samples];
        byte[] blackRows = new byte[4 * (1 + 4 * samples * depth / 8)];
        Drawing drawing = decode(new PngFile()
                .header(4, 4, depth, colourType)
                .chunk("tRNS", transparentBlack)
                .pixels(blackRows)
                .end());
        assertEquals(255, drawing.greys()[5] & 0xFF);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4096", "4096, 1", "3, 5"})
    void extremeShapesAreDecoded(int width, int height) {
        Drawing drawing = decode(new PngFile()
                .header(width, height, 8, 0)
                .pixels(new byte[height * (width + 1)])
                .end());
        assertEquals(width * height, drawing.greys().length);
        assertEquals(0, drawing.greys()[0]);
    }
}
