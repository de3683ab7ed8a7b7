package ink.neural.load;

import java.util.Arrays;

/** A collection of latencies that many threads add to. */
final class Latencies {
    private int count;
    private int[] microseconds = new int[1 << 16];

    synchronized void add(long nanos) {
        if (count == microseconds.length) {
            microseconds = Arrays.copyOf(microseconds, 2 * count);
        }
        microseconds[count++] = (int) (nanos / 1000);
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
                : "median %.1f ms, p95 %.1f ms, p99 %.1f ms"
                        .formatted(quantile(sorted, 0.5), quantile(sorted, 0.95), quantile(sorted, 0.99));
    }

    private static double quantile(int[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))] / 1000.0;
    }
}
