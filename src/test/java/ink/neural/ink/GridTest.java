package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    private static Channel random(int width, int height) {
        byte[] values = new byte[width * height];
        new Random(3).nextBytes(values);
        return new Channel(width, height, values);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 160", "7, 5, 160", "160, 90, 160", "161, 90, 160", "250, 333, 54", "1, 1000, 54", "999, 2, 54"})
    void valuesAreTheMeansOfBlocks(int width, int height, int maxSide) {
        Channel channel = random(width, height);
        Grid grid = Grid.of(channel, maxSide);
        assertTrue(Math.max(grid.width(), grid.height()) <= maxSide);
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                assertEquals(mean(channel, x, y, grid.factor()), grid.values()[y * grid.width() + x], 1);
            }
        }
    }

    private static double mean(Channel channel, int column, int row, int factor) {
        double sum = 0;
        int count = 0;
        for (int y = row * factor; y < Math.min(channel.height(), (row + 1) * factor); y++) {
            for (int x = column * factor; x < Math.min(channel.width(), (column + 1) * factor); x++) {
                sum += channel.value(x, y);
                count++;
            }
        }
        return sum / count;
    }

    @Test
    void gridIsReducedAndEnlargedByWholeFactors() {
        Grid fine = Grid.of(random(500, 300), 160);
        Grid coarse = fine.reduce(54);
        assertTrue(Math.max(coarse.width(), coarse.height()) <= 54);
        Grid enlarged = coarse.enlargeTo(fine);
        assertEquals(fine.width(), enlarged.width());
        assertEquals(fine.height(), enlarged.height());
        int ratio = coarse.factor() / fine.factor();
        assertEquals(coarse.factor(), ratio * fine.factor());
        for (int i = 0; i < enlarged.values().length; i++) {
            int block = i / fine.width() / ratio * coarse.width() + i % fine.width() / ratio;
            assertEquals(coarse.values()[block], enlarged.values()[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 13, 1", "20, 13, 2", "20, 13, 5", "20, 13, 30", "1, 9, 2", "9, 1, 3", "1, 1, 4", "31, 32, 8"})
    void closingIsTheMinimumOfMaxima(int width, int height, int radius) {
        Grid grid = Grid.of(random(width, height), Math.max(width, height));
        int[] dilated = slide(grid.values(), width, radius, Math::max);
        int[] eroded = slide(grid.values(), width, radius, Math::min);
        assertArrayEquals(dilated, grid.dilate(radius).values());
        assertArrayEquals(eroded, grid.erode(radius).values());
        assertArrayEquals(
                slide(dilated, width, radius, Math::min), grid.close(radius).values());
    }

    /** Combines the values in the square around each position, by definition. */
    private static int[] slide(int[] values, int width, int radius, IntBinaryOperator combine) {
        int height = values.length / width;
        int[] result = values.clone();
        for (int i = 0; i < values.length; i++) {
            for (int y = Math.max(0, i / width - radius); y <= Math.min(height - 1, i / width + radius); y++) {
                for (int x = Math.max(0, i % width - radius); x <= Math.min(width - 1, i % width + radius); x++) {
                    result[i] = combine.applyAsInt(result[i], values[y * width + x]);
                }
            }
        }
        return result;
    }

    @Test
    void closingFillsNarrowStrokesAndKeepsWideOnes() {
        Scene scene = Scene.paper(60, 40, Scene.grey(200))
                .rectangle(10, 5, 4, 30, Scene.grey(10))
                .rectangle(30, 5, 12, 30, Scene.grey(10));
        Grid closed = Grid.of(new Channel(60, 40, scene.drawing().greys()), 60).close(3);
        assertEquals(200, closed.values()[20 * 60 + 12]);
        assertEquals(10, closed.values()[20 * 60 + 36]);
    }

    @Test
    void inversionAndHistogramCoverAllValues() {
        Channel channel = random(40, 30);
        Grid grid = Grid.of(channel, 40);
        assertArrayEquals(
                channel.inverted().values(), grid.inverted().toChannel().values());
        assertArrayEquals(channel.histogram().counts(), grid.histogram().counts());
    }
}
