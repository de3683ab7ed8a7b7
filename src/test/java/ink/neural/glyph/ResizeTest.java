package ink.neural.glyph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the two passes with the definition of the filter, evaluated pixel by pixel. */
class ResizeTest {
    private static final int WIDTH = 60;
    private static final int HEIGHT = 50;

    /** Noise on white paper, with blank rows and blank pixels in between. */
    private static Ink noise() {
        Random random = new Random(1);
        float[] densities = new float[256];
        for (int grey = 0; grey < densities.length; grey++) {
            densities[grey] = 255 - grey;
        }
        byte[] greys = new byte[WIDTH * HEIGHT];
        Arrays.fill(greys, (byte) 255);
        for (int y = 1; y < HEIGHT - 1; y++) {
            boolean blank = random.nextInt(4) == 0;
            for (int x = 1; x < WIDTH - 1 && !blank; x++) {
                greys[y * WIDTH + x] = (byte) (random.nextBoolean() ? 255 : random.nextInt(256));
            }
        }
        return new Ink(WIDTH, HEIGHT, greys, densities, new Box(0, 0, WIDTH, HEIGHT));
    }

    /** The weight of an input pixel in an output pixel along one axis, before normalisation. */
    private static double weight(int input, int output, double scale) {
        double distance = Math.abs(input + 0.5 - (output + 0.5) * scale);
        return Math.max(0, 1 - distance / Math.max(1, scale));
    }

    private static double expected(Ink ink, Box box, int x, int y, int width, int height) {
        double sum = 0;
        double weights = 0;
        for (int row = 0; row < box.height(); row++) {
            double rowWeight = weight(row, y, (double) box.height() / height);
            for (int column = 0; column < box.width(); column++) {
                double weight = rowWeight * weight(column, x, (double) box.width() / width);
                sum += weight * ink.density((box.top() + row) * WIDTH + box.left() + column);
                weights += weight;
            }
        }
        return sum / weights;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 60, 50, 24, 20",
        "7, 5, 41, 33, 24, 19",
        "7, 5, 24, 20, 24, 20",
        "10, 10, 5, 3, 24, 15",
        "10, 10, 1, 1, 24, 24",
        "3, 2, 50, 1, 24, 1",
        "3, 2, 1, 45, 1, 24",
        "0, 0, 60, 50, 1, 1",
    })
    void resultFollowsTheDefinition(int left, int top, int boxWidth, int boxHeight, int width, int height) {
        Ink ink = noise();
        Box box = new Box(left, top, boxWidth, boxHeight);
        Plane resized = Resize.resize(ink, box, width, height);
        assertEquals(width, resized.width());
        assertEquals(height, resized.height());
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertEquals(
                        expected(ink, box, x, y, width, height),
                        resized.values()[y * width + x],
                        1e-3,
                        "at (%d, %d)".formatted(x, y));
            }
        }
    }
}
