package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Sketch;
import ink.neural.drawing.DataUrl;
import ink.neural.drawing.InvalidImageException;
import ink.neural.drawing.PngFile;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.Predictions;
import ink.neural.problem.ProblemException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The largest requests are answered by a process with 48 MiB of heap for a request. The program itself needs 8 MiB, and 4 MiB
 * are for young objects.
 */
class MemoryTest {
    private static final int MAX_HEAP = 60;
    private static final int MIB = 1 << 20;
    private static final int MAX_BODY = 12 * MIB;

    @TempDir
    Path directory;

    @Test
    void largeFileInJsonFitsIntoTheHeap() throws Exception {
        assertEquals("200", answer("/predict", json("", DataUrl.encode("image/png", file(8 * MIB)))));
        assertEquals(
                "200",
                answer("/predict", json("\"ink\":true,\"glyph\":true,", DataUrl.encode("image/png", file(8 * MIB)))));
    }

    @Test
    void escapedBase64FitsIntoTheHeap() throws Exception {
        StringBuilder escaped = new StringBuilder();
        DataUrl.encode("image/png", file(MAX_BODY / 9)).chars().forEach(c -> escaped.append("\\u00%02x".formatted(c)));
        assertEquals("200", answer("/predict", json("", escaped.toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "%0A"})
    void base64InLinesFitsIntoTheHeap(String lineEnd) throws Exception {
        String lines = DataUrl.encode("image/png", file(8 * MIB)).replaceAll(".{76}", "$0" + lineEnd);
        assertEquals("200", answer("/predict", json("", lines.replace("\n", "\\n"))));
    }

    @Test
    void utf16FitsIntoTheHeap() throws Exception {
        String json = new String(json("", DataUrl.encode("image/png", file(4 * MIB))), StandardCharsets.US_ASCII);
        assertEquals("200", answer("/predict", json.getBytes(StandardCharsets.UTF_16)));
    }

    @Test
    void formFitsIntoTheHeap() throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n".getBytes());
        form.writeBytes(bitmap(MAX_BODY - 10_000));
        form.writeBytes("\r\n--x--".getBytes());
        assertEquals("200", answer("form", form.toByteArray()));
    }

    @Test
    void uselessTextFitsIntoTheHeap() throws Exception {
        assertEquals("not-base64", answer("/predict", json("", "é".repeat(MAX_BODY / 2 - 100))));
        assertEquals("not-base64", answer("/predict", json("", "a".repeat(MAX_BODY - 100) + "€")));
        assertEquals("not-base64", answer("/predict", json("", "data:;base64," + "A".repeat(MAX_BODY - 100) + "€")));
        assertEquals("not-an-image", answer("/predict", json("", "data:;base64," + "A".repeat(MAX_BODY - 100 & ~3))));
    }

    @Test
    void largeFileFitsIntoTheHeap() throws Exception {
        assertEquals("200", answer("image", file(8 * MIB - 1000)));
        assertEquals("200", answer("image", bitmap(MAX_BODY - 10_000)));
    }

    @Test
    void largeBatchFitsIntoTheHeap() throws Exception {
        assertEquals(
                "200", answer("/predict/batch", batch("\"glyph\":true,\"ink\":true,\"top\":4,", 256, file(23_000))));
    }

    private static byte[] batch(String options, int count, byte[] png) {
        String images = String.join(",", Collections.nCopies(count, "\"" + DataUrl.encode("image/png", png) + "\""));
        return ("{" + options + "\"images\":[" + images + "]}").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] json(String options, String image) {
        return ("{" + options + "\"image\":\"" + image + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** A stroke on white paper, in a file that is not compressed and has about so many bytes. */
    private static byte[] file(int bytes) {
        int side = (int) Math.sqrt(bytes / 3.01);
        int row = 3 * side + 1;
        byte[] rows = new byte[side * row];
        Arrays.fill(rows, (byte) 255);
        for (int y = 0; y < side; y++) {
            rows[y * row] = 0; // not filtered
            if (y > side / 4 && y < side / 2) {
                Arrays.fill(rows, y * row + row / 2, y * row + row * 3 / 4, (byte) 0);
            }
        }
        byte[] packed = new byte[rows.length + rows.length / 1000 + 100];
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        deflater.setInput(rows);
        deflater.finish();
        int length = deflater.deflate(packed);
        deflater.end();
        return new PngFile()
                .header(side, side, 8, 2)
                .chunk("IDAT", Arrays.copyOf(packed, length))
                .end();
    }

    /** A stroke on white paper, as a BMP file of about so many bytes. A PNG file of that size would be too much work. */
    private static byte[] bitmap(int bytes) throws IOException {
        int side = (int) Math.sqrt(bytes / 3.0) & ~3;
        return Sketch.encode(
                Sketch.paper(side, side, Color.WHITE, Color.BLACK, side / 10f)
                        .stroke(side / 2, side / 4, side / 2, side * 3 / 4)
                        .as(BufferedImage.TYPE_3BYTE_BGR),
                "bmp");
    }

    /** What a process of its own answers. */
    private String answer(String path, byte[] body) throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("body"), body);
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + MAX_HEAP + "m",
                        "-Xmn4m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallProcess.class.getName(),
                        path,
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return Files.readString(output).strip().lines().reduce("", (first, last) -> last);
    }

    /** Answers one request and prints the outcome. */
    static final class SmallProcess {
        private SmallProcess() {}

        public static void main(String[] args) throws IOException {
            PredictResource resource = new PredictResource();
            resource.configuration = Predictions.quarters("neural.ink.deadline.ms", "60000");
            resource.reader =
                    new JsonRequestReader(resource.configuration, new ConcurrencyLimiter(resource.configuration));
            resource.service = Predictions.service(resource.configuration, Predictions.holder(resource.configuration));
            try {
                answer(resource, args[0], Path.of(args[1]));
                System.out.println("200");
            } catch (ProblemException | InvalidImageException e) {
                System.out.println(
                        ProblemException.find(e).orElseThrow().problem().slug());
            }
        }

        private static void answer(PredictResource resource, String path, Path body) throws IOException {
            switch (path) {
                case "/predict" -> resource.predict("application/json", Queries.none(), new Chunks(body));
                case "/predict/batch" -> resource.predictBatch("application/json", new Chunks(body));
                case "form" -> resource.predict("multipart/form-data; boundary=x", Queries.none(), new Chunks(body));
                default -> resource.predict("image/png", Queries.none(), new Chunks(body));
            }
        }
    }

    /** A body in memory, which is freed as it is read. */
    private static final class Chunks extends InputStream {
        private final Deque<byte[]> chunks = new ArrayDeque<>();
        private int position;

        Chunks(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                for (byte[] chunk = in.readNBytes(1 << 16); chunk.length > 0; chunk = in.readNBytes(1 << 16)) {
                    chunks.add(chunk);
                }
            }
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (chunks.isEmpty()) {
                return -1;
            }
            byte[] first = chunks.getFirst();
            int count = Math.min(length, first.length - position);
            System.arraycopy(first, position, buffer, offset, count);
            position += count;
            if (position == first.length) {
                chunks.remove();
                position = 0;
            }
            return count;
        }
    }
}
