package ink.neural.benchmark;

import com.sun.management.ThreadMXBean;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.ImageFile;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.InkExtractor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints what it costs to decode image files and to extract the ink: CPU time, as the best of several runs, and memory
 * allocated.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.benchmark.DecodeFiles -Dexec.args="FILE ..."</pre>
 */
public final class DecodeFiles {
    private static final int RUNS = 20;
    private static final DrawingDecoder DECODER = new DrawingDecoder(16384, 1 << 24);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private DecodeFiles() {}

    /**
     * Decodes the files and prints a line for each.
     *
     * @param files their names
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] files) throws IOException {
        System.out.println(
                "file | size | weight, MP | decode, ms | per MP | per weighted MP | MiB | extract, ms | both, per MP");
        for (String file : files) {
            measure(Path.of(file));
        }
    }

    private static void measure(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ImageFile image = DECODER.parse(bytes);
        long decoding = Long.MAX_VALUE;
        long extraction = Long.MAX_VALUE;
        long allocated = 0;
        for (int i = 0; i < RUNS; i++) {
            long memory = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            Drawing drawing = DECODER.decode(DECODER.parse(bytes));
            long decoded = THREADS.getCurrentThreadCpuTime();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - memory;
            extract(drawing);
            decoding = Math.min(decoding, decoded - start);
            extraction = Math.min(extraction, THREADS.getCurrentThreadCpuTime() - decoded);
        }
        double megapixels = image.width() * image.height() / 1e6;
        double weight = image.weight() / 1e6;
        double decode = decoding / 1e6;
        double extract = extraction / 1e6;
        System.out.printf(
                "%s | %d x %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f%n",
                file.getFileName(),
                image.width(),
                image.height(),
                weight,
                decode,
                decode / megapixels,
                decode / weight,
                allocated / 1048576.0,
                extract,
                (decode + extract) / megapixels);
    }

    /** Extracts the ink. Noise may have none, which takes time too. */
    private static void extract(Drawing drawing) {
        try {
            InkExtractor.extract(drawing);
        } catch (EmptyDrawingException nothingDrawn) {
            return;
        }
    }
}
