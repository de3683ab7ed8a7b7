package ink.neural.load.search;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Searches for the requests that cost a running server the most CPU time for what they may cost. It begins with random
 * requests, keeps the most expensive of each kind, and changes these further (an evolutionary search).
 *
 * <pre>mvn -q test-compile exec:java -Dexec.mainClass=ink.neural.load.search.WorstCaseSearch \
 *     -Dexec.args="PORT PID MINUTES SEED"</pre>
 *
 * A recipe, as the search prints it, in place of {@code MINUTES SEED} measures that request alone. The CPU time is that of
 * all of the server's threads but the JIT compiler's, the least of three measurements. Nothing else should use the server.
 */
public final class WorstCaseSearch {
    private static final int WARM_UP = 100;
    private static final int REPEATS = 3;
    private static final int KEPT_OF_KIND = 2;
    private static final int SHOWN = 20;
    private static final double SHARE_OF_RANDOM = 0.25;
    private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);
    private static final Path REPORT = Path.of("target", "worst-requests.txt");

    private final int port;
    private final CpuClock clock;
    private final Random random;
    /** The most expensive of each kind, the worst first. */
    private final Map<String, List<Finding>> kinds = new HashMap<>();

    private int measured;

    private WorstCaseSearch(int port, long pid, long seed) {
        this.port = port;
        clock = new CpuClock(pid);
        random = new Random(seed);
    }

    /**
     * Runs the search, or measures one request.
     *
     * @param args as described above
     * @throws Exception if the server cannot be reached
     */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        long pid = Long.parseLong(args[1]);
        if (args[2].contains("=")) {
            String recipe = Stream.of(args).skip(2).collect(Collectors.joining(" "));
            WorstCaseSearch search = new WorstCaseSearch(port, pid, 0);
            for (int i = 0; i < WARM_UP / 10; i++) {
                System.out.println(search.measure(Recipe.parse(recipe)));
            }
            return;
        }
        WorstCaseSearch search = new WorstCaseSearch(port, pid, Long.parseLong(args[3]));
        search.run(Duration.ofMinutes(Long.parseLong(args[2])));
    }

    private void run(Duration duration) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            Exchange.send(port, Request.of(Recipe.random(random)).bytes());
        }
        Instant end = Instant.now().plus(duration);
        Instant report = Instant.now().plus(BETWEEN_REPORTS);
        while (Instant.now().isBefore(end)) {
            keep(measure(next()));
            if (Instant.now().isAfter(report)) {
                report();
                report = Instant.now().plus(BETWEEN_REPORTS);
            }
        }
        confirm();
        report();
        System.out.print(Files.readString(REPORT));
    }

    /** A random recipe, or one of those kept, changed. */
    private Recipe next() {
        List<Finding> kept = kinds.values().stream().flatMap(List::stream).toList();
        return kept.isEmpty() || random.nextDouble() < SHARE_OF_RANDOM
                ? Recipe.random(random)
                : kept.get(random.nextInt(kept.size())).recipe().mutated(random);
    }

    /** Measures a request once, and again if it seems to be one of the most expensive. */
    private Finding measure(Recipe recipe) throws IOException {
        Request request = Request.of(recipe);
        byte[] bytes = request.bytes();
        double start = clock.milliseconds();
        Exchange answer = Exchange.send(port, bytes);
        Finding finding = Finding.of(recipe, request, answer, clock.milliseconds() - start);
        for (int i = 1; i < REPEATS && isExpensive(finding); i++) {
            start = clock.milliseconds();
            Exchange.send(port, bytes);
            finding = finding.atMost(clock.milliseconds() - start);
        }
        measured++;
        return finding;
    }

    private boolean isExpensive(Finding finding) {
        List<Finding> kept = kinds.getOrDefault(kind(finding), List.of());
        return kept.size() < KEPT_OF_KIND
                || finding.ratio() > kept.get(kept.size() - 1).ratio();
    }

    /** Requests of one kind compete with each other: same body, format, padding and answer. */
    private static String kind(Finding finding) {
        Recipe recipe = finding.recipe();
        return recipe.text(Gene.BODY)
                + recipe.text(Gene.FORMAT)
                + finding.answer().problem();
    }

    private void keep(Finding finding) {
        List<Finding> kept = kinds.computeIfAbsent(kind(finding), kind -> new ArrayList<>());
        if (kept.stream().noneMatch(other -> other.recipe().equals(finding.recipe()))) {
            kept.add(finding);
            kept.sort(Comparator.comparing(Finding::ratio).reversed());
            kept.subList(Math.min(kept.size(), KEPT_OF_KIND), kept.size()).clear();
        }
    }

    /** Measures those again that will be shown, because some were measured before the server was warm. */
    private void confirm() throws IOException {
        Set<Finding> shown = new LinkedHashSet<>(worst(Comparator.comparing(Finding::ratio)));
        shown.addAll(worst(Comparator.comparing(Finding::milliseconds)));
        for (Finding finding : shown) {
            Finding confirmed = finding.atMost(measure(finding.recipe()).milliseconds());
            kinds.get(kind(finding)).replaceAll(kept -> kept.equals(finding) ? confirmed : kept);
        }
    }

    private void report() throws IOException {
        try (PrintStream out = new PrintStream(REPORT.toFile())) {
            out.printf("%,d requests measured%n%nThe most expensive for what they may cost%n", measured);
            print(out, Comparator.comparing(Finding::ratio));
            out.printf("%nThe most expensive of all%n");
            print(out, Comparator.comparing(Finding::milliseconds));
        }
    }

    private void print(PrintStream out, Comparator<Finding> order) {
        worst(order).forEach(out::println);
    }

    private List<Finding> worst(Comparator<Finding> order) {
        return kinds.values().stream()
                .flatMap(List::stream)
                .sorted(order.reversed())
                .limit(SHOWN)
                .toList();
    }
}
