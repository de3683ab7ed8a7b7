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

/** Drawings go to an address, so many a second, whether or not earlier ones are answered, until it is told to stop. */
final class SteadyLoad {
    private static final List<byte[]> DRAWINGS =
            Golden.all().stream().map(Golden::png).toList();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final int rate;
    private final List<List<String>> right;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final Thread sender = new Thread(this::send, "steady load");
    private volatile boolean stop;
    private int sent;

    private record Outcome(String name, long microseconds) {}

    /**
     * What became of all that was sent.
     *
     * @param right answered with an expected answer
     * @param wrong answered with another
     * @param failed how many were not answered, or with an error, for each way to fail
     * @param median of the time from when a request was due until its right answer, in milliseconds
     * @param longest of these times
     */
    record Tally(int sent, int right, int wrong, Map<String, Long> failed, double median, double longest) {}

    /**
     * Begins.
     *
     * @param rate requests a second
     * @param right lists of right answers to the golden drawings, each in their order
     */
    SteadyLoad(URI address, int rate, List<List<String>> right) {
        this.address = address;
        this.rate = rate;
        this.right = right;
        sender.start();
    }

    private void send() {
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
        return right.stream().anyMatch(answers -> answers.get(drawing).equals(response.body())) ? "right" : "wrong";
    }

    private static String name(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.toString();
    }

    /** Sends no more, waits for the last answers and counts. */
    Tally stop() throws InterruptedException {
        stop = true;
        sender.join();
        while (outcomes.size() < sent) {
            Thread.sleep(10);
        }
        Map<String, Long> counts =
                outcomes.stream().collect(Collectors.groupingBy(Outcome::name, TreeMap::new, Collectors.counting()));
        long[] times = outcomes.stream()
                .filter(outcome -> outcome.name().equals("right"))
                .mapToLong(Outcome::microseconds)
                .sorted()
                .toArray();
        Long wrong = counts.remove("wrong");
        counts.remove("right");
        return new Tally(
                sent,
                times.length,
                wrong == null ? 0 : wrong.intValue(),
                counts,
                times.length == 0 ? Double.NaN : times[times.length / 2] / 1000.0,
                times.length == 0 ? Double.NaN : times[times.length - 1] / 1000.0);
    }
}
