package ink.neural;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Linux knows about a process.
 *
 * @param pid the process ID
 */
public record LinuxProcess(long pid) {
    /** {@code USER_HZ} on x86-64 and AArch64: the unit of CPU times in {@code /proc/PID/stat} is 10 ms. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int INODE = 4;

    public static LinuxProcess current() {
        return new LinuxProcess(ProcessHandle.current().pid());
    }

    /** Resident memory. */
    public long residentKib() throws IOException {
        return lines("status").stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** CPU time of all threads, in user and kernel mode. */
    public double cpuSeconds() throws IOException {
        String afterName = lines("stat").get(0).replaceFirst(".*\\) ", "");
        String[] fields = afterName.split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    /** The number of open file descriptors. */
    public long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(file("fd"))) {
            return files.count();
        }
    }

    /** How many files with a name that contains {@code name} are mapped into memory. A file has several mappings. */
    public long mappedFiles(String name) throws IOException {
        return lines("maps").stream()
                .filter(line -> line.contains(name))
                .map(line -> line.split(" +")[INODE])
                .distinct()
                .count();
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(file(name));
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
