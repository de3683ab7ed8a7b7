package ink.neural.prediction;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.time.Duration;

/**
 * The time by which a request must be answered.
 *
 * @param nanoTime the time on the clock of {@link System#nanoTime}
 */
record Deadline(long nanoTime) {
    /** A deadline that expires after the given duration. */
    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The time that is left, negative once the deadline has passed. */
    long nanosLeft() {
        return nanoTime - System.nanoTime();
    }

    /**
     * Fails if the deadline has passed.
     *
     * @throws ProblemException with {@link Problem#TOO_LONG}
     */
    void check() {
        if (nanosLeft() < 0) {
            throw new ProblemException(Problem.TOO_LONG);
        }
    }
}
