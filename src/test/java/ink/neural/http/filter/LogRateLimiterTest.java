package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogRateLimiterTest {
    private long now = Long.MAX_VALUE - 1000; // the clock may overflow
    private final LogRateLimiter limiter = new LogRateLimiter(3, () -> now);

    private long granted(int requests) {
        return IntStream.range(0, requests)
                .filter(i -> limiter.tryAcquire().isPresent())
                .count();
    }

    @Test
    void linesBeyondTheLimitAreSuppressed() {
        assertEquals(3, granted(10));
    }

    @Test
    void limitHoldsForAWholeMinute() {
        granted(3);
        now += Duration.ofMinutes(1).toNanos();
        assertEquals(0, granted(1));
        now++;
        assertEquals(3, granted(10));
    }

    @Test
    void firstLineOfAMinuteCountsTheSuppressedOnesBefore() {
        granted(10);
        now += Duration.ofMinutes(2).toNanos();
        assertEquals(OptionalInt.of(7), limiter.tryAcquire());
        assertEquals(OptionalInt.of(0), limiter.tryAcquire());
    }

    @Test
    void nothingIsReportedIfNothingWasSuppressed() {
        granted(2);
        now += Duration.ofMinutes(2).toNanos();
        assertEquals(OptionalInt.of(0), limiter.tryAcquire());
    }

    @Test
    void systemClockIsTheDefault() {
        assertEquals(OptionalInt.of(0), new LogRateLimiter(1).tryAcquire());
    }
}
