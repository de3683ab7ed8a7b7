package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.config.Configurations;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTest {
    private static final int PERMITS = Runtime.getRuntime().availableProcessors();
    private static final int QUEUE = 192;

    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(Configurations.of());
    private final ExecutorService clients = Executors.newCachedThreadPool();

    /** Takes all places until the latch opens. */
    private void occupy(CountDownLatch until) throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(PERMITS);
        for (int i = 0; i < PERMITS; i++) {
            clients.submit(() -> limiter.run(() -> {
                taken.countDown();
                try {
                    until.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return null;
            }));
        }
        taken.await();
    }

    @Test
    void waitsNoLongerThanItsPatience() throws Exception {
        CountDownLatch until = new CountDownLatch(1);
        occupy(until);
        ProblemException refused = assertThrows(ProblemException.class, () -> limiter.run(() -> "never"));
        assertEquals(Problem.BUSY, refused.problem());
        until.countDown();
        assertEquals("now", limiter.run(() -> "now"));
        clients.shutdown();
    }

    @Test
    void letsOnlySoManyWait() throws Exception {
        CountDownLatch until = new CountDownLatch(1);
        occupy(until);
        for (int i = 0; i < QUEUE; i++) {
            clients.submit(() -> limiter.run(() -> "whenever there is a place"));
        }
        while (!limiter.isQueueFull()) {
            Thread.onSpinWait();
        }
        ProblemException refused = assertThrows(ProblemException.class, () -> limiter.run(() -> "never"));
        assertEquals(Problem.BUSY, refused.problem());
        assertTrue(limiter.isQueueFull(), "it was refused before the others had timed out");
        until.countDown();
        clients.shutdown();
        assertTrue(clients.awaitTermination(1, TimeUnit.MINUTES));
        assertEquals("now", limiter.run(() -> "now"));
        assertFalse(limiter.isQueueFull());
    }
}
