package ink.neural.load.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The CPU time of all threads of a process but the JIT compiler's, from {@code /proc/PID/task/TID/schedstat}, which counts
 * nanoseconds. {@code /proc/PID/stat} counts ticks of 10 ms.
 */
final class CpuClock {
    private final Path threads;
    /** The last known time of each thread, also of those that have ended. */
    private final Map<String, Long> times = new HashMap<>();

    CpuClock(long pid) {
        threads = Path.of("/proc", Long.toString(pid), "task");
    }

    /** User and kernel time so far, in milliseconds. */
    double milliseconds() throws IOException {
        List<Path> tasks;
        try (Stream<Path> all = Files.list(threads)) {
            tasks = all.toList();
        }
        for (Path task : tasks) {
            try {
                if (!Files.readString(task.resolve("comm")).contains("CompilerThre")) {
                    String time = Files.readString(task.resolve("schedstat")).split(" ")[0];
                    times.put(task.getFileName().toString(), Long.parseLong(time));
                }
            } catch (NoSuchFileException e) {
                // The thread has ended meanwhile.
            }
        }
        return times.values().stream().mapToLong(Long::longValue).sum() / 1e6;
    }
}
