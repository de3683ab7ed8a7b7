package ink.neural.load;

import ink.neural.Golden;
import ink.neural.LinuxProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts a running server under load in stages. A stage below the server's capacity is a soak test, one above it an
 * overload test.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.LoadGenerator \
 *     -Dexec.args="PORT PID MALFORMED STAGE..."</pre>
 *
 * <ul>
 *   <li>{@code PORT}: drawings are sent to {@code http://127.0.0.1:PORT/predict}
 *   <li>{@code PID}: the server's process, whose memory and open files are reported
 *   <li>{@code MALFORMED}: how many of 100 requests contain a damaged or oversized image
 *   <li>{@code STAGE}: {@code RATExSECONDS} is an open loop that sends at a constant rate, such as {@code 200x60}. {@code
 *       allxSECONDS} is a closed loop of eight clients, which measures the capacity. {@code 80%xSECONDS} is an open loop
 *       at 80 % of the last measured capacity.
 * </ul>
 *
 * In an open loop a latency counts from the moment when the request was due, even if all connections were busy at that
 * time. Every answer to a drawing must equal the answer of the idle server or be a 503.
 */
public final class LoadGenerator {
    private static final List<byte[]> DRAWINGS =
            Golden.all().stream().map(Golden::png).toList();
    private static final int CLOSED_LOOP_CLIENTS = 8;
    /** More than any tested server queues. */
    private static final int OPEN_LOOP_CONNECTIONS = 512;

    private static final long SLOW_NANOS = 500_000_000;
    private static final String CORRECT = "drawing 200";

    private final int port;
    private final LinuxProcess server;
    private final int malformed;
    private final List<String> expected = new ArrayList<>();
    private double capacity;

    private LoadGenerator(int port, LinuxProcess server, int malformed) throws IOException {
        this.port = port;
        this.server = server;
        this.malformed = malformed;
        try (KeepAliveConnection connection = new KeepAliveConnection(port)) {
            for (byte[] drawing : DRAWINGS) {
                expected.add(connection.post(drawing).body());
            }
        }
    }

    /**
     * Runs the stages. Prints a report every minute and at the end of each stage.
     *
     * @param args the arguments that the class comment describes
     * @throws Exception if the server cannot be reached at the start
     */
    public static void main(String[] args) throws Exception {
        LinuxProcess server = new LinuxProcess(Long.parseLong(args[1]));
        LoadGenerator generator = new LoadGenerator(Integer.parseInt(args[0]), server, Integer.parseInt(args[2]));
        for (String stage : Arrays.asList(args).subList(3, args.length)) {
            String[] parts = stage.split("x");
            generator.new Stage(stage, generator.rate(parts[0]), Integer.parseInt(parts[1])).run();
        }
    }

    /** Requests per second, or 0 for a closed loop. */
    private double rate(String text) {
        if (text.equals("all")) {
            return 0;
        }
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        if (capacity == 0) {
            throw new IllegalArgumentException("put a stage that measures the capacity before " + text);
        }
        return capacity * Integer.parseInt(text.replace("%", "")) / 100;
    }

    private final class Stage {
        private final String name;
        private final double rate;
        private final long nanos;
        private final AtomicLong next = new AtomicLong();
        private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
        private final Latencies correct = new Latencies();
        private final Latencies others = new Latencies();
        private final AtomicLong lastTrouble = new AtomicLong();
        private long start;

        Stage(String name, double rate, int seconds) {
            this.name = rate == 0 ? name : "%s at %.0f/s".formatted(name, rate);
            this.rate = rate;
            this.nanos = seconds * 1_000_000_000L;
        }

        void run() throws Exception {
            start = System.nanoTime();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < (rate == 0 ? CLOSED_LOOP_CLIENTS : OPEN_LOOP_CONNECTIONS); i++) {
                Thread client = new Thread(this::sendUntilTheEnd);
                client.start();
                clients.add(client);
            }
            long lastReport = start;
            for (Thread client : clients) {
                while (client.isAlive()) {
                    client.join(1000);
                    if (System.nanoTime() - lastReport > 60_000_000_000L) {
                        lastReport = System.nanoTime();
                        report();
                    }
                }
            }
            report();
            if (rate == 0) {
                capacity = correct.count() * 1e9 / nanos;
            }
        }

        private void sendUntilTheEnd() {
            try (KeepAliveConnection connection = new KeepAliveConnection(port)) {
                for (long due = due(); due - start < nanos; due = due()) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    boolean isMalformed = ThreadLocalRandom.current().nextInt(100) < malformed;
                    String outcome = isMalformed ? sendMalformed(connection) : sendDrawing(connection, due);
                    outcomes.computeIfAbsent(outcome, key -> new LongAdder()).increment();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private long due() {
            return rate == 0 ? System.nanoTime() : start + (long) (next.getAndIncrement() * 1e9 / rate);
        }

        private String sendDrawing(KeepAliveConnection connection, long due) {
            int drawing = ThreadLocalRandom.current().nextInt(DRAWINGS.size());
            String outcome;
            try {
                KeepAliveConnection.Answer answer = connection.post(DRAWINGS.get(drawing));
                boolean wrong = answer.status() == 200 && !answer.body().equals(expected.get(drawing));
                outcome = wrong ? "drawing WRONG" : "drawing " + answer.status();
            } catch (IOException e) {
                outcome = "drawing " + e.getClass().getSimpleName();
            }
            long now = System.nanoTime();
            (outcome.equals(CORRECT) ? correct : others).add(now - due);
            if (!outcome.equals(CORRECT) || now - due > SLOW_NANOS) {
                lastTrouble.accumulateAndGet(now - start, Math::max);
            }
            return outcome;
        }

        private void report() throws IOException {
            double seconds = Math.min(System.nanoTime() - start, nanos) / 1e9;
            System.out.printf(
                    "%s after %.0f s: %s  %.0f correct per second (%s), others (%s), last error or latency above"
                            + " %d ms at %.2f s, %,d KiB resident, %d open files%n",
                    name,
                    seconds,
                    new TreeMap<>(outcomes),
                    correct.count() / seconds,
                    correct,
                    others,
                    SLOW_NANOS / 1_000_000,
                    lastTrouble.get() / 1e9,
                    server.residentKib(),
                    server.openFiles());
        }
    }

    /** Sends a truncated, corrupted or oversized image. */
    private static String sendMalformed(KeepAliveConnection connection) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] image = DRAWINGS.get(random.nextInt(DRAWINGS.size())).clone();
        for (int i = 0; i < 20; i++) {
            image[random.nextInt(image.length)] = (byte) random.nextInt();
        }
        int[] lengths = {0, 10, image.length / 2, image.length, 3_000_000};
        byte[] resized = Arrays.copyOf(image, lengths[random.nextInt(lengths.length)]);
        try {
            return "malformed " + connection.post(resized).status();
        } catch (IOException e) {
            return "malformed " + e.getClass().getSimpleName();
        }
    }
}
