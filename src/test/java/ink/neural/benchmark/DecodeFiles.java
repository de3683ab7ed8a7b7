package ink.neural.benchmark;

import com.sun.management.ThreadMXBean;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.ImageFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints what it costs to decode image files: CPU time, as the best of several runs, and memory allocated.
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
                "width x height, weight in megapixels, ms, ms per megapixel, ms per weighted megapixel, MiB");
        for (String file : files) {
            byte[] bytes = Files.readAllBytes(Path.of(file));
            ImageFile image = DECODER.parse(bytes);
            long best = Long.MAX_VALUE;
            long allocated = 0;
            for (int i = 0; i < RUNS; i++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                long start = THREADS.getCurrentThreadCpuTime();
                DECODER.decode(DECODER.parse(bytes));
                best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            double weight = image.weight() / 1e6;
            double ms = best / 1e6;
            System.out.printf(
                    "%s: %d x %d, %.1f, %.1f, %.1f, %.1f, %.1f%n",
                    file,
                    image.width(),
                    image.height(),
                    weight,
                    ms,
                    ms * image.decodeCost() / weight,
                    ms / weight,
                    allocated / 1048576.0);
        }
    }
}
