package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.bulk.Bulks.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IDX files of vertical bars, which are read as l. */
class IdxTest {
    private static final int SIDE = 28;
    private static final String IMAGES = "x-images-idx3-ubyte";
    private static final String LABELS = "x-labels-idx1-ubyte";

    @TempDir
    Path folder;

    private Path in;

    @BeforeEach
    void createFolder() throws IOException {
        in = Files.createDirectory(folder.resolve("in"));
    }

    /** Bars, and what the header says about them. */
    private void writeBars(int bars, int count, int height, int width) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(16 + bars * SIDE * SIDE);
        file.putInt(0x803).putInt(count).putInt(height).putInt(width);
        byte[] bar = new byte[SIDE * SIDE]; // transposed
        Arrays.fill(bar, SIDE * 13 + 4, SIDE * 13 + 24, (byte) 255);
        Arrays.fill(bar, SIDE * 14 + 4, SIDE * 14 + 24, (byte) 255);
        for (int i = 0; i < bars; i++) {
            file.put(bar);
        }
        Files.write(in.resolve(IMAGES), file.array());
    }

    private void writeLabels(int count, int... labels) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(count);
        for (int label : labels) {
            file.put((byte) label);
        }
        Files.write(in.resolve(LABELS), file.array());
    }

    private static List<String> lines(int bars) {
        return IntStream.rangeClosed(1, bars)
                .mapToObj(i -> IMAGES + ":" + i + " l")
                .toList();
    }

    private static List<String> withProblem(List<String> lines, int position, String source) {
        return Stream.of(
                        lines.subList(0, position).stream(),
                        Stream.of(source + " not-an-image"),
                        lines.subList(position, lines.size()).stream())
                .flatMap(each -> each)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"2, 3, it ends after 2 of 3", "3, 2, more than the 2", "1, -1, 1 of 4294967295"})
    void headerThatPromisesAnotherNumberIsAProblem(int bars, int count, String detail) throws IOException {
        writeBars(bars, count, SIDE, SIDE);
        int read = (int) Math.min(bars, Integer.toUnsignedLong(count));
        assertEquals(withProblem(lines(read), read, IMAGES), Bulks.read(in));
        assertTrue(Bulks.details(in).get(0).contains(detail), Bulks.details(in).get(0));
    }

    @Test
    void filesThatAreNoPicturesAreOneLine() throws IOException {
        writeBars(1, 1, 1 << 30, 1 << 30);
        assertEquals(List.of(IMAGES + " not-an-image"), Bulks.read(in), "huge");
        writeBars(1, 1, 0, SIDE);
        assertEquals(List.of(IMAGES + " not-an-image"), Bulks.read(in), "flat");
        Files.write(in.resolve(IMAGES), new byte[6]);
        assertEquals(List.of(IMAGES + " not-an-image"), Bulks.read(in), "short");
        Files.write(in.resolve(IMAGES), new byte[0]);
        assertEquals(List.of(IMAGES + " no-image"), Bulks.read(in), "empty");
    }

    @Test
    void namesMayHaveCapitals() throws IOException {
        writeBars(1, 1, SIDE, SIDE);
        writeLabels(1, 47); // l
        Files.move(in.resolve(IMAGES), in.resolve("X-IMAGES-IDX3-UBYTE"));
        Files.move(in.resolve(LABELS), in.resolve("X-LABELS-IDX1-UBYTE"));
        Run run = Bulks.run(in.toString(), "--out", folder.resolve("a.jsonl").toString());
        assertTrue(run.console().contains("right          100.00 %"), run.console());
    }

    @ParameterizedTest
    @ValueSource(strings = {IMAGES, LABELS})
    void onlyOneFileOfAPairMayBeCompressed(String name) throws IOException {
        writeBars(1, 1, SIDE, SIDE);
        writeLabels(1, 47); // l
        try (OutputStream compressed = new GZIPOutputStream(Files.newOutputStream(in.resolve(name + ".gz")))) {
            Files.copy(in.resolve(name), compressed);
        }
        Files.delete(in.resolve(name));
        Run run = Bulks.run(in.toString(), "--out", folder.resolve("a.jsonl").toString());
        assertTrue(run.console().startsWith("1 picture: 1 answered"), run.console());
        assertTrue(run.console().contains("right          100.00 %"), run.console());
    }

    @Test
    void fileOfNoPicturesIsALine() throws IOException {
        writeBars(0, 0, SIDE, SIDE);
        writeLabels(0);
        assertEquals(List.of(IMAGES + " no-image"), Bulks.read(in));
        assertEquals(List.of("There are no pictures in the file."), Bulks.details(in));
    }

    @Test
    void wrongLabelsAreALineAndThePicturesAreReadWithoutThem() throws IOException {
        writeBars(3, 3, SIDE, SIDE);
        writeLabels(2, 1, 1);
        assertEquals(withProblem(lines(3), 0, LABELS), Bulks.read(in), "fewer");
        writeLabels(4, 1, 1, 1, 1);
        assertEquals(withProblem(lines(3), 0, LABELS), Bulks.read(in), "more");
        writeLabels(3, 1);
        assertEquals(withProblem(lines(3), 1, LABELS), Bulks.read(in), "cut off");
        writeLabels(3, 1, 1, 1, 1);
        assertEquals(withProblem(lines(3), 3, LABELS), Bulks.read(in), "longer than it says");
        writeLabels(3, 1, 200, 1);
        assertEquals(withProblem(lines(3), 1, LABELS), Bulks.read(in), "of another model");
        Files.writeString(in.resolve(LABELS), "no labels at all");
        assertEquals(withProblem(lines(3), 0, LABELS), Bulks.read(in), "something else");
        Files.write(in.resolve(LABELS), new byte[0]);
        assertEquals(withProblem(lines(3), 0, LABELS), Bulks.read(in), "empty");
        writeLabels(3, 1, 1, 1);
        assertEquals(lines(3), Bulks.read(in), "right");
    }

    @Test
    void labelsWithoutPicturesAreALine() throws IOException {
        writeLabels(1, 1);
        assertEquals(List.of(LABELS + " no-image"), Bulks.read(in));
        assertTrue(Bulks.details(in).get(0).contains(IMAGES), "it names the file that is missing");
    }
}
