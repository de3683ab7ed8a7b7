package ink.neural.load;

import ink.neural.Golden;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Open-loop load: sends drawings at a constant rate, whether or not earlier ones have been answered, until stopped. */
final class ConstantRateLoad {
    private static final List<byte[]> DRAWINGS =
            Golden.all().stream().map(Golden::png).toList();
    private static final String CORRECT = "correct";
    private static final String WRONG = "wrong";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final int rate;
    private final List<List<String>> expected;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Thread sender = new Thread(this::sendAll, "constant-rate load");
    private volatile boolean stop;
    private int sent;

    private record Outcome(String name, long microseconds) {}

    /**
     * The outcomes of all requests.
     *
     * @param sent number of requests
     * @param correct requests with an expected answer
     * @param wrong requests with another answer
     * @param failed requests with an error status or without an answer, for each reason
     * @param median median latency of the correct answers in milliseconds, counted from when each request was due
     * @param p99 their 99th percentile
     * @param longest maximum of these latencies
     */
    record Summary(
            int sent, int correct, int wrong, Map<String, Long> failed, double median, double p99, double longest) {}

    /**
     * Starts sending.
     *
     * @param address where to send drawings
     * @param rate requests per second
     * @param expected lists of expected answers to the golden drawings, in the order of the drawings
     */
    ConstantRateLoad(URI address, int rate, List<List<String>> expected) {
        this.address = address;
        this.rate = rate;
        this.expected = expected;
        sender.start();
    }

    private void sendAll() {
        long start = System.nanoTime();
        for (; !stop; sent++) {
            long due = start + sent * 1_000_000_000L / rate;
            try {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            send(ThreadLocalRandom.current().nextInt(DRAWINGS.size()), due);
        }
    }

    private void send(int drawing, long due) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "image/png")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(DRAWINGS.get(drawing)))
                .build();
        client.sendAsync(request, BodyHandlers.ofString())
                .handle((response, failure) -> failure == null ? name(response, drawing) : name(failure))
                .thenAccept(name -> outcomes.add(new Outcome(name, (System.nanoTime() - due) / 1000)));
    }

    private String name(HttpResponse<String> response, int drawing) {
        if (response.statusCode() != 200) {
            return response.statusCode() + " " + response.body();
        }
        boolean correct =
                expected.stream().anyMatch(answers -> answers.get(drawing).equals(response.body()));
        return correct ? CORRECT : WRONG;
    }

    private static String name(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.toString();
    }

    /** Stops sending, waits for the last answers and summarises them. */
    Summary stop() throws InterruptedException {
        stop = true;
        sender.join();
        while (outcomes.size() < sent) {
            Thread.sleep(10);
        }
        Map<String, Long> counts =
                outcomes.stream().collect(Collectors.groupingBy(Outcome::name, TreeMap::new, Collectors.counting()));
        long[] times = outcomes.stream()
                .filter(outcome -> outcome.name().equals(CORRECT))
                .mapToLong(Outcome::microseconds)
                .sorted()
                .toArray();
        Long wrong = counts.remove(WRONG);
        counts.remove(CORRECT);
        return new Summary(
                sent,
                times.length,
                wrong == null ? 0 : wrong.intValue(),
                counts,
                milliseconds(times, 0.5),
                milliseconds(times, 0.99),
                milliseconds(times, 1));
    }

    private static double milliseconds(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1000.0;
    }
}
