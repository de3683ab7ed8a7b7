package ink.neural.load;

import ink.neural.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.stream.Stream;

/**
 * Puts a running server under load, in stages: a soak when the rate is below its capacity, an overload when it is above.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.Load -Dexec.args="PORT PID HOSTILE STAGE..."</pre>
 *
 * Drawings go to {@code http://127.0.0.1:PORT/predict}, HOSTILE of 100 damaged or far too large. A stage is
 * {@code RATExSECONDS}, so many requests a second whether or not earlier ones are answered, or {@code allxSECONDS}: as
 * many as are answered when eight clients ask one after another, which is the server's capacity. {@code 80%xSECONDS} is
 * a rate of 80 % of the capacity as the last such stage found it. Times count from the moment when a request was due, also
 * if all connections were busy then. Every answer to a drawing must be the one it had when the server was idle, or a 503.
 * PID is the server's process, whose memory and files are watched.
 */
public final class Load {
    private static final List<byte[]> DRAWINGS =
            Golden.all().stream().map(Golden::png).toList();
    private static final int CLIENTS = 8;
    /** So many may wait for an answer when requests come at a rate: more than any server of ours lets wait. */
    private static final int CONNECTIONS = 512;
    /** An answer later than this, or none, is trouble. */
    private static final long TROUBLE_NANOS = 500_000_000;

    private final int port;
    private final Path process;
    private final int hostile;
    private final List<String> expected = new ArrayList<>();
    private double capacity;

    private Load(int port, Path process, int hostile) throws IOException {
        this.port = port;
        this.process = process;
        this.hostile = hostile;
        try (KeptConnection connection = new KeptConnection(port)) {
            for (byte[] drawing : DRAWINGS) {
                expected.add(connection.post(drawing).body());
            }
        }
    }

    /**
     * Runs the load and prints what became of it, once a minute and at the end of each stage.
     *
     * @param args as said above
     * @throws Exception if the server cannot be reached at the start
     */
    public static void main(String[] args) throws Exception {
        Load load = new Load(Integer.parseInt(args[0]), Path.of("/proc", args[1]), Integer.parseInt(args[2]));
        for (String stage : Arrays.asList(args).subList(3, args.length)) {
            String[] parts = stage.split("x");
            load.new Stage(stage, load.rate(parts[0]), Integer.parseInt(parts[1])).run();
        }
    }

    private double rate(String said) {
        if (said.equals("all")) {
            return 0;
        }
        if (!said.endsWith("%")) {
            return Integer.parseInt(said);
        }
        if (capacity == 0) {
            throw new IllegalArgumentException(said + " of a capacity that no stage before has found");
        }
        return capacity * Integer.parseInt(said.replace("%", "")) / 100;
    }

    /** A time of steady load. */
    private final class Stage {
        private final String name;
        private final double rate;
        private final long nanos;
        private final AtomicLong next = new AtomicLong();
        private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
        private final Times good = new Times();
        private final Times refused = new Times();
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
            for (int i = 0; i < (rate == 0 ? CLIENTS : CONNECTIONS); i++) {
                Thread client = new Thread(this::ask);
                client.start();
                clients.add(client);
            }
            long minute = start;
            for (Thread client : clients) {
                while (client.isAlive()) {
                    client.join(1000);
                    if (System.nanoTime() - minute > 60_000_000_000L) {
                        minute = System.nanoTime();
                        report();
                    }
                }
            }
            report();
            if (rate == 0) {
                capacity = good.count() * 1e9 / nanos;
            }
        }

        private void ask() {
            try (KeptConnection connection = new KeptConnection(port)) {
                for (long due = due(); due - start < nanos; due = due()) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    boolean isHostile = ThreadLocalRandom.current().nextInt(100) < hostile;
                    String outcome = isHostile ? hostile(connection) : drawing(connection, due);
                    outcomes.computeIfAbsent(outcome, key -> new LongAdder()).increment();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private long due() {
            return rate == 0 ? System.nanoTime() : start + (long) (next.getAndIncrement() * 1e9 / rate);
        }

        private String drawing(KeptConnection connection, long due) {
            int drawing = ThreadLocalRandom.current().nextInt(DRAWINGS.size());
            String outcome;
            try {
                KeptConnection.Answer answer = connection.post(DRAWINGS.get(drawing));
                boolean wrong = answer.status() == 200 && !answer.body().equals(expected.get(drawing));
                outcome = wrong ? "drawing WRONG" : "drawing " + answer.status();
            } catch (IOException e) {
                outcome = "drawing " + e.getClass().getSimpleName();
            }
            long now = System.nanoTime();
            if (outcome.equals("drawing 200")) {
                good.add(now - due);
            } else {
                refused.add(now - due);
            }
            if (!outcome.equals("drawing 200") || now - due > TROUBLE_NANOS) {
                lastTrouble.accumulateAndGet(now - start, Math::max);
            }
            return outcome;
        }

        private void report() throws IOException {
            double seconds = Math.min(System.nanoTime() - start, nanos) / 1e9;
            System.out.printf(
                    "%s after %.0f s: %s  %.0f good a second (%s), others (%s), all well after %.2f s  %s, %d files%n",
                    name,
                    seconds,
                    new TreeMap<>(outcomes),
                    good.count() / seconds,
                    good,
                    refused,
                    lastTrouble.get() / 1e9,
                    resident(process),
                    files(process));
        }
    }

    /** A drawing cut short, with noise in it, or far too long. */
    private static String hostile(KeptConnection connection) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] drawing = DRAWINGS.get(random.nextInt(DRAWINGS.size())).clone();
        for (int i = 0; i < 20; i++) {
            drawing[random.nextInt(drawing.length)] = (byte) random.nextInt();
        }
        int[] lengths = {0, 10, drawing.length / 2, drawing.length, 3_000_000};
        try {
            return "hostile "
                    + connection
                            .post(Arrays.copyOf(drawing, lengths[random.nextInt(lengths.length)]))
                            .status();
        } catch (IOException e) {
            return "hostile " + e.getClass().getSimpleName();
        }
    }

    /** How long answers took. */
    private static final class Times {
        private int count;
        private int[] microseconds = new int[1 << 16];

        synchronized void add(long nanos) {
            int i = count++;
            if (i == microseconds.length) {
                microseconds = Arrays.copyOf(microseconds, 2 * i);
            }
            microseconds[i] = (int) (nanos / 1000);
        }

        synchronized int count() {
            return count;
        }

        @Override
        public synchronized String toString() {
            int[] sorted = Arrays.copyOf(microseconds, count);
            Arrays.sort(sorted);
            return sorted.length == 0
                    ? "none"
                    : "median %.1f ms, 95 %% %.1f ms, 99 %% %.1f ms"
                            .formatted(quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 0.99));
        }

        private static double quantile(int[] sorted, double share) {
            return sorted[(int) (share * (sorted.length - 1))] / 1000.0;
        }
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
