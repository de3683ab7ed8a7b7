package ink.neural.http;

import java.util.concurrent.TimeUnit;

/** A time by which something must be done. */
final class Deadline {
    private final long nanoTime;
    private final Problem problem;

    /**
     * A deadline that begins to run now.
     *
     * @param milliseconds how long it runs
     * @param problem what it is to miss it
     */
    Deadline(int milliseconds, Problem problem) {
        this.nanoTime = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        this.problem = problem;
    }

    /**
     * Checks the time.
     *
     * @throws Refused if it is up
     */
    void check() {
        if (System.nanoTime() - nanoTime > 0) {
            throw new Refused(problem);
        }
    }
}
