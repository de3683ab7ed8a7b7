package ink.neural.load;

import ink.neural.Golden;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Puts a running server under load: a soak when the rate is below its capacity, an overload when it is above.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.Load -Dexec.args="RATE SECONDS HOSTILE PID"</pre>
 *
 * RATE requests a second go to {@code http://127.0.0.1:8080/predict}, whether or not earlier ones are answered; HOSTILE
 * of 100 are no drawings. Every answer to a drawing must be the one it had when the server was idle, or a 503. PID is the server's process, whose memory and files are watched.
 */
public final class Load {
    private static final URI PREDICT = URI.create("http://127.0.0.1:8080/predict");
    private static final List<byte[]> DRAWINGS =
            Golden.all().stream().map(Golden::png).toList();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> expected = new ArrayList<>();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final long[] microseconds;
    private final AtomicInteger good = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();

    private Load(int requests) throws Exception {
        microseconds = new long[requests];
        for (byte[] drawing : DRAWINGS) {
            expected.add(post(drawing).join().body());
        }
    }

    /**
     * Runs the load and prints what became of it, once a minute and at the end.
     *
     * @param args as said above
     * @throws Exception if the server cannot be reached at the start
     */
    public static void main(String[] args) throws Exception {
        int rate = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        new Load(rate * seconds).run(rate, seconds, Integer.parseInt(args[2]), Path.of("/proc", args[3]));
    }

    private void run(int rate, int seconds, int hostile, Path process) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            long due = start + i * 1_000_000_000L / rate;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            boolean isHostile = ThreadLocalRandom.current().nextInt(100) < hostile;
            underWay.incrementAndGet();
            (isHostile ? hostile() : drawing(due)).thenAccept(this::count);
            if ((i + 1) % (60 * rate) == 0) {
                report(start, process);
            }
        }
        report(start, process);
        while (underWay.get() > 0) {
            Thread.sleep(10);
        }
        report(start, process);
    }

    private void count(String outcome) {
        underWay.decrementAndGet();
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    private CompletableFuture<String> drawing(long due) {
        int drawing = ThreadLocalRandom.current().nextInt(DRAWINGS.size());
        return post(DRAWINGS.get(drawing)).handle((response, failure) -> {
            if (failure != null) {
                return "drawing " + name(failure);
            }
            if (response.statusCode() != 200) {
                return "drawing " + response.statusCode();
            }
            if (!response.body().equals(expected.get(drawing))) {
                return "drawing WRONG";
            }
            microseconds[good.getAndIncrement()] = (System.nanoTime() - due) / 1000;
            return "drawing 200";
        });
    }

    /** A drawing cut short, with noise in it, or far too long. */
    private static CompletableFuture<String> hostile() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] drawing = DRAWINGS.get(random.nextInt(DRAWINGS.size())).clone();
        for (int i = 0; i < 20; i++) {
            drawing[random.nextInt(drawing.length)] = (byte) random.nextInt();
        }
        int[] lengths = {0, 10, drawing.length / 2, drawing.length, 3_000_000};
        return post(Arrays.copyOf(drawing, lengths[random.nextInt(lengths.length)]))
                .handle((response, failure) -> "hostile " + (failure == null ? response.statusCode() : name(failure)));
    }

    private static String name(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName();
    }

    private static CompletableFuture<HttpResponse<String>> post(byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(PREDICT)
                .header("Content-Type", "image/png")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString());
    }

    private void report(long start, Path process) throws IOException {
        long[] sorted = Arrays.copyOf(microseconds, good.get());
        Arrays.sort(sorted);
        System.out.printf(
                "%5.0f s  %s  median %.1f ms, 95 %% %.1f ms, 99 %% %.1f ms  %s, %d files%n",
                (System.nanoTime() - start) / 1e9,
                new TreeMap<>(outcomes),
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                quantile(sorted, 0.99),
                resident(process),
                files(process));
    }

    private static double quantile(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1000.0;
    }

    private static String resident(Path process) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                    .findFirst()
                    .orElse("")
                    .replaceAll("\\s+", " ");
        }
    }

    private static long files(Path process) throws IOException {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.count();
        }
    }
}
