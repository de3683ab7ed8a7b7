package ink.neural.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxFilterTest {
    private static final int BLACK = 0xFF000000;
    private static final int WHITE = 0xFFFFFFFF;
    /** Twice as many pixels as a drawing may hold. */
    private static final int WIDTH = 2048;

    private static final int HEIGHT = 1024;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1024, 1024, 1",
        "1025, 1024, 2",
        "1200, 1200, 2",
        "2048, 2048, 2",
        "2049, 2049, 3",
        "4096, 4096, 4",
        "16384, 1024, 4",
        "16384, 64, 1",
        "16384, 65, 2"
    })
    void factorIsTheSmallestThatSuffices(int width, int height, int factor) {
        assertEquals(factor, BoxFilter.factor(width, height));
    }

    /** Reduces a picture whose rows alternate between two pixels, of which each square holds both twice. */
    private static Drawing reduceMixture(int one, int other) {
        BoxFilter filter = BoxFilter.ofRows(WIDTH, HEIGHT);
        int[] row = new int[WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            int[] pair = {y % 2 == 0 ? one : other, y % 2 == 0 ? other : one};
            Arrays.setAll(row, x -> pair[x % 2]);
            filter.addRow(y, row);
        }
        return filter.drawing();
    }

    @Test
    void eachPixelIsTheMeanOfItsSquare() {
        Drawing drawing = reduceMixture(BLACK, WHITE);
        assertEquals(1024, drawing.width());
        assertEquals(512, drawing.height());
        assertNull(drawing.colours());
        for (byte grey : drawing.greys()) {
            assertEquals(128, grey & 0xFF);
        }
    }

    @Test
    void coloursAreWeightedByAlpha() {
        assertEquals(0x80FF0000, reduceMixture(0xFFFF0000, 0x0000FF00).colours()[0]);
        assertEquals(0xFF800080, reduceMixture(0xFFFF0000, 0xFF0000FF).colours()[0]);
        assertEquals(0x80FFFFFF, reduceMixture(0xFFFFFFFF, 0).colours()[0]);
        assertEquals(0, reduceMixture(0, 0x00123456).colours()[0]);
    }

    @Test
    void squaresAtTheEdgeAreSmaller() {
        BoxFilter filter = BoxFilter.ofRows(2001, 1001);
        int[] row = new int[2001];
        for (int y = 0; y < 1001; y++) {
            Arrays.fill(row, BLACK);
            row[2000] = y == 1000 ? 0xFFC8C8C8 : 0xFF646464;
            filter.addRow(y, row);
        }
        Drawing drawing = filter.drawing();
        assertEquals(1001, drawing.width());
        assertEquals(501, drawing.height());
        assertEquals(0, drawing.greys()[0]);
        assertEquals(100, drawing.greys()[1000] & 0xFF);
        assertEquals(200, drawing.greys()[501 * 1001 - 1] & 0xFF);
    }

    /** Rows from the top, rows from the bottom, and pixels in any order make the same drawing. */
    @ParameterizedTest
    @CsvSource({"37, 23", "2001, 1001", "1031, 3001"})
    void orderOfThePixelsDoesNotMatter(int width, int height) {
        BoxFilter downwards = BoxFilter.ofRows(width, height);
        BoxFilter upwards = BoxFilter.ofRows(width, height);
        BoxFilter columns = BoxFilter.ofPixels(width, height);
        for (int y = 0; y < height; y++) {
            downwards.addRow(y, row(width, y));
            upwards.addRow(height - 1 - y, row(width, height - 1 - y));
        }
        for (int start = 2; start >= 0; start--) {
            for (int y = 0; y < height; y++) {
                addEveryThird(columns, start, y, row(width, y));
            }
        }
        Drawing expected = downwards.drawing();
        for (Drawing drawing : new Drawing[] {upwards.drawing(), columns.drawing()}) {
            assertArrayEquals(expected.greys(), drawing.greys());
            assertArrayEquals(expected.colours(), drawing.colours());
        }
    }

    private static int[] row(int width, int y) {
        return new Random(y).ints(width).toArray();
    }

    private static void addEveryThird(BoxFilter filter, int start, int y, int[] row) {
        int[] third = new int[(row.length - start + 2) / 3];
        Arrays.setAll(third, i -> row[start + 3 * i]);
        filter.add(start, y, 3, third, third.length);
    }
}
