package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ink.neural.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that is taken off a running server and brought back, again and again. */
@Tag("slow")
class RedeployIT {
    /** So often it is brought back before what stays is counted: what a server sets up only then is there from then on. */
    private static final int SETTLING = 3;

    private static final int TIMES = 6;

    @Test
    void leavesNoMemoryThreadsOrFilesBehind() throws Exception {
        assumeTrue(ServerKind.tested() == ServerKind.WILDFLY, "the tests know how to redeploy on WildFly only");
        try (Server server = new Server("/").start()) {
            redeploy(server, SETTLING);
            Remains before = Remains.of(server);
            redeploy(server, TIMES);
            Remains after = Remains.of(server);
            System.out.printf("Before %d redeployments %s, after them %s%n", TIMES, before, after);
            assertAll(
                    // An idle thread of WildFly holds the last request it served, and the application with it: one more
                    // or less is chance, one for each redeployment would be a leak.
                    () -> assertTrue(after.libraries < before.libraries + TIMES / 2, "native libraries in memory"),
                    () -> assertEquals(before.files, after.files, "temporary files"),
                    () -> assertEquals(List.of(), after.moreThan(before), "threads"),
                    () -> assertTrue(after.kib - before.kib < TIMES * 8 * 1024, "memory has grown"));
        }
    }

    private static void redeploy(Server server, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            server.redeploy();
            for (Golden golden : Golden.all()) {
                server.predict(NeuralInkWar.request(golden.png()));
            }
            Remains.collect(server);
        }
    }

    /**
     * What is there of a server and its application.
     *
     * @param kib resident memory
     * @param libraries how many copies of ONNX Runtime are in memory
     * @param files how many temporary files there are
     * @param threads how many threads of each name, digits aside
     */
    private record Remains(long kib, long libraries, long files, Map<String, Long> threads) {
        static Remains of(Server server) throws Exception {
            String pid = Long.toString(server.process().pid());
            return new Remains(kib(pid), libraries(pid), files(server.temporary()), threads(jcmd(pid, "Thread.print")));
        }

        /** Collects garbage twice: what the first time has freed may keep native memory until the second. */
        static void collect(Server server) throws IOException {
            String pid = Long.toString(server.process().pid());
            jcmd(pid, "GC.run");
            jcmd(pid, "GC.run");
        }

        private static String jcmd(String... arguments) throws IOException {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process process = new ProcessBuilder(Stream.concat(Stream.of(jcmd.toString()), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes());
        }

        private static long kib(String pid) throws IOException {
            return lines(Path.of("/proc", pid, "status"))
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }

        private static long libraries(String pid) throws IOException {
            return lines(Path.of("/proc", pid, "maps"))
                    .filter(line -> line.contains("libonnxruntime.so"))
                    .map(line -> line.split(" +")[4]) // the file's inode: it is mapped in several parts
                    .distinct()
                    .count();
        }

        private static Stream<String> lines(Path file) throws IOException {
            return Files.readAllLines(file).stream();
        }

        private static long files(Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                return files.filter(Files::isRegularFile).count();
            }
        }

        private static Map<String, Long> threads(String print) {
            return print.lines()
                    .filter(line -> line.startsWith("\""))
                    .map(line -> line.substring(1, line.lastIndexOf('"')).replaceAll("\\d+", "#"))
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }

        /** The names of which there is one more for each redeployment, or more. */
        List<String> moreThan(Remains before) {
            return threads.keySet().stream()
                    .filter(name -> threads.get(name) - before.threads.getOrDefault(name, 0L) >= TIMES)
                    .toList();
        }

        @Override
        public String toString() {
            long count = threads.values().stream().mapToLong(Long::longValue).sum();
            return "%,d KiB resident, %d threads, %d temporary files, %d native libraries"
                    .formatted(kib, count, files, libraries);
        }
    }
}
