package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
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
class ManyRequestsIT extends NeuralInkWar {
    private static final int THREADS = 8;
    private static final int REQUESTS = 20_000;
    private static final List<String> DRAWINGS =
            Golden.all().stream().map(golden -> request(golden.png())).toList();

    @Test
    void areAnsweredWithoutAMistakeAndInTheSameMemory() throws Exception {
        List<String> expected = new ArrayList<>();
        for (String drawing : DRAWINGS) {
            expected.add(predict(drawing).body());
        }
        answerAll(expected, REQUESTS / 2);
        long before = serverKiB();
        long start = System.nanoTime();
        answerAll(expected, REQUESTS);
        double seconds = (System.nanoTime() - start) / 1e9;
        long grown = serverKiB() - before;
        System.out.printf(
                "%,d requests on %d threads in %.1f s: resident memory of the server %+,d KiB of %,d KiB%n",
                REQUESTS, THREADS, seconds, grown, before);
        assertTrue(grown < 64 * 1024, "grown by " + grown + " KiB");
    }

    private void answerAll(List<String> expected, int requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                tasks.add(() -> {
                    for (int i = first; i < requests; i += THREADS) {
                        int drawing = i * 31 % DRAWINGS.size();
                        assertEquals(
                                expected.get(drawing),
                                predict(DRAWINGS.get(drawing)).body());
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

    /** Resident memory of the server. */
    private static long serverKiB() throws IOException {
        long server = Server.shared().process().pid();
        return Files.lines(Path.of("/proc/" + server + "/status"))
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
