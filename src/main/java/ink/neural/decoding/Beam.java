package ink.neural.decoding;

import java.util.Arrays;
import java.util.List;

/** The best prefixes of a frame, best first. */
final class Beam {
    /** A prefix this far below the best one, in log-probability, is dropped even if there is room. */
    private static final double THRESHOLD = 15;

    private final Prefix[] prefixes;
    private int size;
    private double dropped;

    Beam(int width) {
        prefixes = new Prefix[width];
    }

    /** Whether a prefix with this score has no place. */
    boolean rejects(double score) {
        return score == LogProbability.ZERO
                || size > 0 && score < prefixes[0].score - THRESHOLD
                || size == prefixes.length && score <= prefixes[size - 1].score;
    }

    /** Adds a prefix if it has a place. */
    void offer(Prefix prefix) {
        if (rejects(prefix.score)) {
            drop(prefix.score);
            return;
        }
        if (size == prefixes.length) {
            drop(prefixes[--size].score);
        }
        int i = size++;
        while (i > 0 && prefixes[i - 1].score < prefix.score) {
            prefixes[i] = prefixes[--i];
        }
        prefixes[i] = prefix;
    }

    private void drop(double score) {
        if (size > 0 && score > prefixes[0].score - THRESHOLD) {
            dropped += Math.exp(score);
        }
    }

    void clear() {
        Arrays.fill(prefixes, 0, size, null);
        size = 0;
    }

    /** The prefixes, as a view that the next change invalidates. */
    List<Prefix> prefixes() {
        return Arrays.asList(prefixes).subList(0, size);
    }

    /** The probability of everything that was dropped. */
    double dropped() {
        return dropped;
    }
}
