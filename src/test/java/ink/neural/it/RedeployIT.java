package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ink.neural.Golden;
import ink.neural.LinuxProcess;
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

/** Repeated redeployment on a running server. */
@Tag("slow")
class RedeployIT {
    /** Redeployments before the first measurement. A server sets up some things at its first redeployment and keeps them. */
    private static final int WARM_UP = 3;

    private static final int REDEPLOYMENTS = 6;

    @Test
    void redeploymentLeaksNoMemoryThreadsOrFiles() throws Exception {
        assumeTrue(ServerKind.tested() == ServerKind.WILDFLY, "the tests can redeploy on WildFly only");
        // A heap of fixed size: growth of the process is growth of native memory.
        try (Server server = new Server("/", "-Xms512m", "-XX:+AlwaysPreTouch").start()) {
            redeploy(server, WARM_UP);
            Resources before = Resources.of(server);
            redeploy(server, REDEPLOYMENTS);
            Resources after = Resources.of(server);
            System.out.printf("Before %d redeployments: %s. After: %s%n", REDEPLOYMENTS, before, after);
            assertAll(
                    // An idle thread of WildFly references its last request and therefore a classloader of the
                    // application.
                    // So one copy of the library more or less is chance. One more for each redeployment is a leak.
                    () -> assertTrue(
                            after.libraries < before.libraries + REDEPLOYMENTS / 2, "native libraries in memory"),
                    () -> assertEquals(before.files, after.files, "temporary files"),
                    () -> assertEquals(List.of(), after.leakedThreads(before), "threads"),
                    () -> assertTrue(after.kib - before.kib < REDEPLOYMENTS * 8 * 1024, "resident memory"));
        }
    }

    private static void redeploy(Server server, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            server.redeploy();
            for (Golden golden : Golden.all()) {
                server.predict(Requests.predict(golden.png()));
            }
            Resources.free(server);
        }
    }

    /**
     * What a server and its application hold.
     *
     * @param kib resident memory
     * @param libraries copies of ONNX Runtime in memory
     * @param files temporary files
     * @param threads the number of threads of each name, where every number in a name is replaced with {@code #}
     */
    private record Resources(long kib, long libraries, long files, Map<String, Long> threads) {
        static Resources of(Server server) throws IOException {
            LinuxProcess process = server.linuxProcess();
            return new Resources(
                    process.residentKib(),
                    process.mappedFiles("libonnxruntime.so"),
                    files(server.temporaryFiles()),
                    threads(jcmd(server, "Thread.print")));
        }

        /**
         * Frees what nobody uses. Objects with native memory may free it only when the garbage collector runs again. Then the C
         * library still keeps it for each thread that loads a model, up to 60 MiB, until it is asked to return it to the system.
         */
        static void free(Server server) throws IOException {
            jcmd(server, "GC.run");
            jcmd(server, "GC.run");
            jcmd(server, "System.trim_native_heap");
        }

        private static String jcmd(Server server, String command) throws IOException {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            String pid = Long.toString(server.process().pid());
            Process process = new ProcessBuilder(jcmd.toString(), pid, command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes());
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

        /** The names that have gained at least one thread per redeployment. */
        List<String> leakedThreads(Resources before) {
            return threads.keySet().stream()
                    .filter(name -> threads.get(name) - before.threads.getOrDefault(name, 0L) >= REDEPLOYMENTS)
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
