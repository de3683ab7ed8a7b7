package ink.neural.http;

import ink.neural.Settings;
import java.util.concurrent.TimeUnit;

/** A time by which a request must be answered, {@code neural.ink.deadline.ms} milliseconds from when it was read. */
final class Deadline {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(Settings.number("neural.ink.deadline.ms", 10_000));

    private final long began = System.nanoTime();

    /**
     * Checks the time.
     *
     * @throws Refused as {@link Problem#TOO_LONG} if it is up
     */
    void check() {
        if (System.nanoTime() - began > NANOS) {
            throw new Refused(Problem.TOO_LONG);
        }
    }
}
