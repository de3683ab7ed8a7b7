package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import ink.neural.drawing.Drawing;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a picture shows, its ink costs bounded time and memory and fails in no other way than by being empty. */
class InkCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Nanoseconds, some ten times what a megapixel costs, because the code may not be compiled yet. */
    private static final long MAX_TIME = 500_000_000;

    private static final long MAX_MEMORY = 64L << 20;
    private static final int SIDE = 1024;

    private static final Map<String, Supplier<Drawing>> HOSTILE = new LinkedHashMap<>();

    static {
        HOSTILE.put("black and white noise", () -> noise(SIDE, SIDE, 1, 2));
        HOSTILE.put("grey noise", () -> noise(SIDE, SIDE, 1, 256));
        HOSTILE.put("coloured noise", () -> colouredNoise(0xFF000000));
        HOSTILE.put("coloured noise of any opacity", () -> colouredNoise(0));
        HOSTILE.put("wide noise", () -> noise(16 * SIDE, SIDE / 16, 1, 2));
        HOSTILE.put("high noise", () -> noise(SIDE / 16, 16 * SIDE, 1, 2));
        HOSTILE.put("chess board", () -> pattern((x, y) -> x + y & 1));
        HOSTILE.put("coarse chess board", () -> pattern((x, y) -> x / 4 + y / 4 & 1));
        HOSTILE.put("dust on a hundredth", () -> dust(0.01));
        HOSTILE.put("dust on a tenth", () -> dust(0.1));
        HOSTILE.put("fine grid", () -> pattern((x, y) -> x % 8 == 0 || y % 8 == 0 ? 0 : 1));
        HOSTILE.put("grid", () -> pattern((x, y) -> x % 30 == 0 || y % 30 == 0 ? 0 : 1));
        HOSTILE.put("vertical lines", () -> pattern((x, y) -> x % 2));
        HOSTILE.put("horizontal lines", () -> pattern((x, y) -> y % 2));
        HOSTILE.put("blobs", () -> noise(SIDE, SIDE, 6, 2));
        HOSTILE.put("spiral", () -> pattern((x, y) -> spiral(x - SIDE / 2.0, y - SIDE / 2.0)));
        HOSTILE.put("nested frames", () -> pattern((x, y) -> depth(x, y) / 8 % 2));
        HOSTILE.put("high frames", () -> highFrames(16, 16 * SIDE));
        HOSTILE.put("rings", () -> pattern((x, y) -> x * x / 3000 + y * y / 3000 & 1));
        HOSTILE.put("comb", () -> pattern((x, y) -> y > 4 && x % 2 == 1 ? 1 : 0));
    }

    /** Squares of random greys, of which there are two or more. */
    private static Drawing noise(int width, int height, int square, int greys) {
        Random random = new Random(1);
        int columns = (width + square - 1) / square;
        int[] levels = random.ints((long) columns * (height / square + 1), 0, greys)
                .map(level -> 255 * level / (greys - 1))
                .toArray();
        byte[] values = new byte[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) levels[i / width / square * columns + i % width / square];
        }
        return new Drawing(width, height, values);
    }

    /** Nested frames of one pixel, of which each row has many runs. */
    private static Drawing highFrames(int width, int height) {
        byte[] greys = new byte[width * height];
        for (int i = 0; i < greys.length; i++) {
            int fromSide = Math.min(i % width, width - 1 - i % width);
            greys[i] = (byte) (fromSide % 2 == 0 ? 255 : 0);
        }
        return new Drawing(width, height, greys);
    }

    private static Drawing colouredNoise(int opacity) {
        return coloured(
                SIDE,
                SIDE,
                new Random(2)
                        .ints((long) SIDE * SIDE)
                        .map(argb -> argb | opacity)
                        .toArray());
    }

    private static Drawing coloured(int width, int height, int[] colours) {
        byte[] greys = new byte[colours.length];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = Drawing.grey(colours[i]);
        }
        return new Drawing(width, height, greys, colours);
    }

    /** Black where the pattern is 0, white elsewhere. */
    private static Drawing pattern(IntBinaryOperator pattern) {
        byte[] greys = new byte[SIDE * SIDE];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) (pattern.applyAsInt(i % SIDE, i / SIDE) == 0 ? 0 : 255);
        }
        return new Drawing(SIDE, SIDE, greys);
    }

    private static Drawing dust(double share) {
        return Scene.paper(SIDE, SIDE, 0xFFFFFFFF).dust(share, 0).drawing();
    }

    private static int spiral(double x, double y) {
        return (int) (Math.hypot(x, y) / 4 + Math.atan2(y, x) / Math.PI + 2) & 1;
    }

    private static int depth(int x, int y) {
        return Math.min(Math.min(x, SIDE - 1 - x), Math.min(y, SIDE - 1 - y));
    }

    private static Stream<String> hostile() {
        return HOSTILE.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostilePictureCostsBoundedTimeAndMemory(String name) {
        Drawing drawing = HOSTILE.get(name).get();
        extract(drawing);
        long memory = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        extract(drawing);
        long time = THREADS.getCurrentThreadCpuTime() - start;
        memory = THREADS.getCurrentThreadAllocatedBytes() - memory;
        assertTrue(time <= MAX_TIME, time / 1_000_000 + " ms");
        assertTrue(memory <= MAX_MEMORY, (memory >> 20) + " MiB");
    }

    private static Stream<Arguments> sizes() {
        return Stream.of(
                arguments(1, 1),
                arguments(1, 5000),
                arguments(5000, 1),
                arguments(2, 2),
                arguments(3, 3),
                arguments(2, 700),
                arguments(47, 49),
                arguments(48, 48),
                arguments(4000, 7));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void anySizeHasInkOrNone(int width, int height) {
        for (int seed = 0; seed < 40; seed++) {
            extract(randomPicture(width, height, new Random(seed)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomPictureHasInkOrNone(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            int longest = random.nextBoolean() ? 20 : 250;
            extract(randomPicture(1 + random.nextInt(longest), 1 + random.nextInt(longest), random));
        }
    }

    /** Rectangles, lines and noise of random colours on random paper. */
    private static Drawing randomPicture(int width, int height, Random random) {
        int[] colours = new int[width * height];
        Arrays.fill(colours, colour(random));
        for (int shapes = random.nextInt(12); shapes > 0; shapes--) {
            fill(colours, width, colour(random), random);
        }
        if (random.nextBoolean()) {
            int mask = random.nextInt() & (random.nextBoolean() ? 0x000F0F0F : 0x00FFFFFF);
            Arrays.setAll(colours, i -> colours[i] ^ random.nextInt() & mask);
        }
        return coloured(width, height, colours);
    }

    private static int colour(Random random) {
        return random.nextInt(5) == 0 ? random.nextInt() : Scene.grey(random.nextInt(3) * 255 / 2);
    }

    /** Paints a rectangle, often a thin one. */
    private static void fill(int[] colours, int width, int argb, Random random) {
        int height = colours.length / width;
        int left = random.nextInt(width);
        int top = random.nextInt(height);
        int right = left + 1 + random.nextInt(random.nextBoolean() ? Math.min(4, width - left) : width - left);
        int bottom = top + 1 + random.nextInt(random.nextBoolean() ? Math.min(4, height - top) : height - top);
        for (int y = top; y < bottom; y++) {
            Arrays.fill(colours, y * width + left, y * width + Math.min(right, width), argb);
        }
    }

    /** Extracts the ink, if any, and checks what holds for all ink. */
    private static void extract(Drawing drawing) {
        Ink ink;
        try {
            ink = InkExtractor.extract(drawing);
        } catch (EmptyDrawingException e) {
            return;
        }
        assertEquals(drawing.width(), ink.width());
        assertEquals(drawing.height(), ink.height());
        assertEquals(drawing.width() * drawing.height(), ink.levels().length);
        assertTrue(ink.boundingBox().width() >= 1 && ink.boundingBox().height() >= 1, "no empty box");
        assertTrue(new Box(0, 0, ink.width(), ink.height()).contains(ink.boundingBox()), "the box lies in the picture");
    }
}
