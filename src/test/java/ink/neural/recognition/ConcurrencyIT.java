package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.drawing.DrawingDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ConcurrencyIT {
    private static final int THREADS = 8;
    private static final int REQUESTS = 20_000;
    private static final DrawingDecoder DECODER = new DrawingDecoder(1000, 1_000_000);
    private static final List<byte[]> DRAWINGS =
            Golden.all().stream().map(Golden::png).toList();

    @Test
    void answersManyThreadsAsItAnswersOneAndKeepsItsMemory() throws Exception {
        try (LoadedModel model = LoadedModel.load(ModelFiles.bundled())) {
            List<List<Prediction>> expected =
                    DRAWINGS.stream().map(png -> recognize(model, png)).toList();
            answerAll(model, expected, REQUESTS / 4);
            long before = residentKiB();
            answerAll(model, expected, REQUESTS);
            long grown = residentKiB() - before;
            System.out.printf(
                    "%,d requests on %d threads: resident memory %+,d KiB of %,d KiB%n",
                    REQUESTS, THREADS, grown, before);
            assertTrue(grown < 32 * 1024, "grown by " + grown + " KiB");
        }
    }

    private static void answerAll(LoadedModel model, List<List<Prediction>> expected, int requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                tasks.add(() -> {
                    for (int i = first; i < requests; i += THREADS) {
                        int drawing = i * 31 % DRAWINGS.size();
                        assertEquals(expected.get(drawing), recognize(model, DRAWINGS.get(drawing)));
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static List<Prediction> recognize(LoadedModel model, byte[] png) {
        return model.recognize(model.normalize(DECODER.decode(png))).top(3);
    }

    private static long residentKiB() throws IOException {
        System.gc();
        return Files.lines(Path.of("/proc/self/status"))
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
