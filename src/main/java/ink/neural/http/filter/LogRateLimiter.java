package ink.neural.http.filter;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Allows a number of log lines a minute and counts the suppressed ones, so that no client can flood the log. */
public final class LogRateLimiter {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int linesPerMinute;
    private final LongSupplier clock;
    private long minuteStart;
    private int requested;

    /**
     * A limiter on the system clock.
     *
     * @param linesPerMinute lines that may be written in a minute
     */
    public LogRateLimiter(int linesPerMinute) {
        this(linesPerMinute, System::nanoTime);
    }

    LogRateLimiter(int linesPerMinute, LongSupplier clock) {
        this.linesPerMinute = linesPerMinute;
        this.clock = clock;
        this.minuteStart = clock.getAsLong();
    }

    /**
     * Asks to write a line.
     *
     * @return the number of lines suppressed in the minute before, if the line may be written; else empty
     */
    public synchronized OptionalInt tryAcquire() {
        int suppressed = 0;
        if (clock.getAsLong() - minuteStart > MINUTE) {
            suppressed = Math.max(0, requested - linesPerMinute);
            minuteStart = clock.getAsLong();
            requested = 0;
        }
        return ++requested <= linesPerMinute ? OptionalInt.of(suppressed) : OptionalInt.empty();
    }
}
