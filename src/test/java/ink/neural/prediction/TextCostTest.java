package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.config.Configurations;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.text.NoMatchException;
import ink.neural.text.TooMuchTextException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends, reading it costs bounded CPU time and memory. */
class TextCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Machines differ, and on a busy one a thread takes more CPU time for the same work. */
    private static final double MARGIN = 4;
    /** Milliseconds of CPU time for a line of 20 letters. */
    private static final double MAX_LINE = 60;
    /** Milliseconds of CPU time for any request. */
    private static final double MAX_REQUEST = 600;

    private static final long MAX_MEMORY = 512L << 20;

    private static final Map<String, TextOptions> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("no options", options(null, null));
        OPTIONS.put("1,000 states", options(".{0,64}".repeat(7), null));
        OPTIONS.put("states that multiply", options("(.{0,64}){6}|.*[a-m0-4A-M].{64}.*", null));
        OPTIONS.put("loops that multiply", options("(.*[a-m].{40}|.*[n-z0-9].{37}.*|.*[A-Z].{31}.*)+", null));
        OPTIONS.put("5,000 words", options(null, words(5000, 13, "abcdefghij")));
        OPTIONS.put("words of spaces", options(null, words(5000, 13, "ab ")));
        OPTIONS.put("long words", options(null, words(1600, 40, "abcdefghij ")));
        OPTIONS.put("words and pattern", options(".{0,64}".repeat(7), words(5000, 13, "lI1il")));
        OPTIONS.put(
                "words and loops",
                options("(.*[a-m].{40}|.*[n-z0-9].{37}.*|.*[A-Z].{31}.*)+", words(5000, 13, "lI1il")));
    }

    private static TextService service;

    @BeforeAll
    static void load() {
        ModelHolder holder = Predictions.holder(Configurations.of());
        service = Predictions.textService(Configurations.of("neural.ink.deadline.ms", "60000"), holder);
    }

    @AfterAll
    static void close() {
        service.holder.close();
    }

    private static TextOptions options(String pattern, List<String> words) {
        return new TextOptions(
                10,
                Optional.empty(),
                Optional.ofNullable(pattern),
                Optional.ofNullable(words),
                true,
                "the quick brown univ",
                false,
                true);
    }

    private static List<String> words(int count, int length, String characters) {
        Random random = new Random(1);
        return Stream.generate(() -> random.ints(length, 0, characters.length())
                        .mapToObj(i -> characters.substring(i, i + 1))
                        .collect(Collectors.joining()))
                .limit(count)
                .toList();
    }

    private static Stream<String> options() {
        return OPTIONS.keySet().stream();
    }

    /** Those that cost most on long texts, beside none. */
    private static Stream<String> expensiveOptions() {
        return Stream.of("no options", "loops that multiply", "long words");
    }

    @ParameterizedTest
    @MethodSource("options")
    void lineOf20LettersCostsLittle(String options) {
        assertCosts(MAX_LINE, options, Writing.of("thereby comes the man").png());
        assertCosts(MAX_LINE, options, Writing.form("A4Q7B2".repeat(3)).png());
    }

    @ParameterizedTest
    @MethodSource("expensiveOptions")
    void longestLineHasABound(String options) {
        assertCosts(
                MAX_REQUEST,
                options,
                Writing.of("thereby comes the man here ".repeat(6)).png());
    }

    @ParameterizedTest
    @MethodSource("expensiveOptions")
    void fullPageHasABound(String options) {
        String[] lines = Collections.nCopies(12, "thereby the man").toArray(String[]::new);
        assertCosts(MAX_REQUEST, options, Writing.of(lines).png());
    }

    @ParameterizedTest
    @MethodSource("expensiveOptions")
    void fullFormHasABound(String options) {
        String[] rows = Collections.nCopies(4, "A4Q7B2".repeat(4)).toArray(String[]::new);
        assertCosts(MAX_REQUEST, options, Writing.form(rows).png());
    }

    private static void assertCosts(double limit, String options, byte[] png) {
        double time = Double.MAX_VALUE;
        long memory = 0;
        for (int i = 0; i < 6 && time > MARGIN * limit; i++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            read(OPTIONS.get(options), png);
            time = Math.min(time, (THREADS.getCurrentThreadCpuTime() - start) / 1e6);
            memory = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        }
        System.out.printf("| %s | %.0f ms | %d MiB |%n", options, time, memory >> 20);
        assertTrue(time <= MARGIN * limit, time + " ms");
        assertTrue(memory <= MAX_MEMORY, (memory >> 20) + " MiB");
    }

    /** Reads a text, or finds out that there is none, none such or too much. */
    private static void read(TextOptions options, byte[] png) {
        try {
            service.read(options, () -> png);
        } catch (NoMatchException | TooMuchTextException | EmptyDrawingException e) {
            // that costs as much
        }
    }

    private static Stream<byte[]> marks() {
        return Stream.of(marks(12, 120, 16), marks(90, 16, 4), marks(12, 300, 4), marks(40, 40, 12));
    }

    /** Rows of ovals, with dots between them. */
    private static byte[] marks(int rows, int columns, int width) {
        int height = Math.min(70, 1000 / rows);
        BufferedImage image =
                new BufferedImage(10 + columns * width * 3 / 2, 10 + rows * height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setBackground(Color.WHITE);
        pen.clearRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Color.BLACK);
        pen.setStroke(new BasicStroke(1));
        for (int i = 0; i < rows * columns; i++) {
            int x = 5 + i % columns * width * 3 / 2;
            int y = 5 + i / columns * height;
            pen.drawOval(x, y, width, height * 2 / 3);
            pen.fillRect(x + width / 2, y + height * 3 / 4, 2, 2);
        }
        return Sketch.encode(image, "png");
    }

    @ParameterizedTest
    @MethodSource("marks")
    void manyMarksHaveABound(byte[] png) {
        assertCosts(MAX_REQUEST, "loops that multiply", png);
    }
}
