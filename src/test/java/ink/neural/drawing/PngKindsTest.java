package ink.neural.drawing;

import static ink.neural.drawing.SampleFiles.decode;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.drawing.pixel.Argb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
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

    /** Noise of every kind, in one pass and interlaced, with and without a transparent colour. */
    @ParameterizedTest
    @CsvSource({
        "0, 1", "0, 2", "0, 4", "0, 8", "0, 16", "2, 8", "2, 16", "3, 1", "3, 2", "3, 4", "3, 8", "4, 8", "4, 16",
        "6, 8", "6, 16"
    })
    void everyKindIsDecodedAsByImageIo(int colourType, int depth) throws IOException {
        for (boolean interlaced : new boolean[] {false, true}) {
            for (boolean transparent : new boolean[] {false, true}) {
                for (int[] size : new int[][] {{1, 1}, {2, 3}, {5, 9}, {33, 47}}) {
                    byte[] file = noise(size[0], size[1], depth, colourType, interlaced, transparent);
                    PngImage image = PngParser.read(file);
                    Drawing expected = ReferenceDecoder.decode("png", file);
                    Drawing decoded = PngDecoder.decode(image);
                    assertArrayEquals(opaque(expected), opaque(decoded));
                    if (FastPngDecoder.supports(image)) {
                        assertArrayEquals(
                                decoded.greys(), FastPngDecoder.decode(image).greys());
                        assertArrayEquals(
                                decoded.colours(), FastPngDecoder.decode(image).colours());
                    }
                }
            }
        }
    }

    /** The colours, where all transparent ones are alike: those of a PNG with a transparent colour may differ. */
    private static int[] opaque(Drawing drawing) {
        int[] argb = drawing.colours();
        if (argb == null) {
            argb = new int[drawing.greys().length];
            for (int i = 0; i < argb.length; i++) {
                argb[i] = Argb.grey(drawing.greys()[i] & 0xFF);
            }
        }
        return Arrays.stream(argb).map(pixel -> pixel >>> 24 == 0 ? 0 : pixel).toArray();
    }

    private static byte[] noise(
            int width, int height, int depth, int colourType, boolean interlaced, boolean transparent) {
        Random random = new Random(width);
        int bits = PngFile.samplesPerPixel(colourType) * depth;
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        int[][] passes = interlaced
                ? new int[][] {
                    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
                }
                : new int[][] {{0, 0, 1, 1}};
        for (int[] pass : passes) {
            int columns = (width - pass[0] + pass[2] - 1) / pass[2];
            for (int y = pass[1]; y < height && columns > 0; y += pass[3]) {
                byte[] row = new byte[(columns * bits + 7) / 8];
                random.nextBytes(row);
                rows.write(random.nextInt(5));
                rows.writeBytes(row);
            }
        }
        PngFile file = new PngFile().header(width, height, depth, colourType, interlaced);
        if (colourType == 3) {
            byte[] palette = new byte[3 << depth];
            random.nextBytes(palette);
            file.chunk("PLTE", palette);
        }
        if (transparent && colourType == 3) {
            file.chunk("tRNS", (byte) 0, (byte) 100);
        } else if (transparent && colourType < 4) {
            file.chunk("tRNS", new byte[2 * PngFile.samplesPerPixel(colourType)]);
        }
        return file.pixels(rows.toByteArray()).end();
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "6, 8", "2, 8", "6, 16"})
    void largePictureIsReduced(int colourType, int depth) {
        byte[] file = noise(1026, 1030, depth, colourType, false, false);
        byte[] interlaced = noise(1026, 1030, depth, colourType, true, false);
        PngImage image = PngParser.read(file);
        Drawing drawing = PngDecoder.decode(image);
        assertEquals(513, drawing.width());
        assertEquals(515, drawing.height());
        assertEquals(513 * 515, PngDecoder.decode(PngParser.read(interlaced)).greys().length);
        if (FastPngDecoder.supports(image)) {
            assertArrayEquals(drawing.greys(), FastPngDecoder.decode(image).greys());
            assertArrayEquals(drawing.colours(), FastPngDecoder.decode(image).colours());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1234", "3, 4321", "2, 2143", "6, 3142", "8, 2413", "0, 1234"})
    void imageIsTurnedUprightByItsExifChunk(int orientation, String greys) {
        byte[] exif = new TiffFile(ByteOrder.BIG_ENDIAN)
                .tag(TiffDirectory.ORIENTATION, orientation)
                .end();
        byte[] file = new PngFile()
                .header(2, 2, 8, 0)
                .chunk("eXIf", exif)
                .chunk("eXIf") // Only the first counts. Thousands of damaged ones would each cost an exception.
                .pixels(new byte[] {0, 1, 2, 0, 3, 4})
                .end();
        assertEquals(greys, Arrays.toString(decode(file).greys()).replaceAll("\\D", ""));
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
