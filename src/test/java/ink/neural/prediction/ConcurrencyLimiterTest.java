package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.config.Configurations;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrencyLimiterTest {
    private static final int PERMITS = 2;
    private static final int QUEUE = 3;

    private static ConcurrencyLimiter limiter(int queueTimeout) {
        return new ConcurrencyLimiter(Configurations.of(
                "neural.ink.concurrency", Integer.toString(PERMITS),
                "neural.ink.queue", Integer.toString(QUEUE),
                "neural.ink.queue.timeout.ms", Integer.toString(queueTimeout)));
    }

    private static void assertBusy(ConcurrencyLimiter limiter) {
        AtomicInteger runs = new AtomicInteger();
        assertEquals(
                Problem.BUSY,
                assertThrows(ProblemException.class, () -> limiter.run(runs::incrementAndGet))
                        .problem());
        assertEquals(0, runs.get());
    }

    @Test
    void requestWithoutAPermitIsRefusedAfterTheQueueTimeout() throws Exception {
        ConcurrencyLimiter limiter = limiter(20);
        Predictions.whileFull(limiter, PERMITS, 0, () -> {
            long start = System.nanoTime();
            assertBusy(limiter);
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(20), "it waited for a permit");
        });
        assertEquals("now", limiter.run(() -> "now"));
    }

    @Test
    void requestIsRefusedAtOnceIfTheQueueIsFull() throws Exception {
        ConcurrencyLimiter limiter = limiter(60_000);
        Predictions.whileFull(limiter, PERMITS, QUEUE, () -> {
            assertTrue(limiter.isQueueFull());
            assertBusy(limiter);
            assertTrue(limiter.isQueueFull(), "it was refused before the others timed out");
        });
        assertFalse(limiter.isQueueFull());
        assertEquals("now", limiter.run(() -> "now"));
    }

    @Test
    void queuedRequestRunsAsSoonAsAPermitIsFree() throws Exception {
        ConcurrencyLimiter limiter = limiter(60_000);
        FutureTask<String> queued = new FutureTask<>(() -> limiter.run(() -> "served"));
        Predictions.whileFull(limiter, PERMITS, 0, () -> {
            Thread client = new Thread(queued);
            client.start();
            while (client.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertFalse(queued.isDone());
        });
        assertEquals("served", queued.get(1, TimeUnit.MINUTES));
    }

    @Test
    void noMoreThanTheConfiguredNumberRunsAtOnce() throws Exception {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(
                Configurations.of("neural.ink.concurrency", "2", "neural.ink.queue.timeout.ms", "60000"));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Thread[] clients = new Thread[8];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new Thread(() -> {
                for (int round = 0; round < 500; round++) {
                    limiter.run(() -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.yield();
                        return running.decrementAndGet();
                    });
                }
            });
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        assertTrue(most.get() >= 1 && most.get() <= 2, most + " ran at once");
    }

    @Test
    void permitIsReturnedIfTheWorkFails() {
        ConcurrencyLimiter limiter = limiter(1);
        for (int i = 0; i < 10 * PERMITS; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> limiter.run(() -> {
                        throw new IllegalStateException();
                    }));
        }
        assertEquals("now", limiter.run(() -> "now"));
    }

    @Test
    void interruptedRequestIsRefusedAndStaysInterrupted() throws Exception {
        ConcurrencyLimiter limiter = limiter(60_000);
        Predictions.whileFull(limiter, PERMITS, 0, () -> {
            Thread.currentThread().interrupt();
            assertBusy(limiter);
            assertTrue(Thread.interrupted());
        });
    }

    @Test
    void shutdownWaitsForTheRunningWorkAndAdmitsNoMore() throws Exception {
        ConcurrencyLimiter limiter = limiter(1);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<String> work = new FutureTask<>(() -> limiter.run(() -> {
            started.countDown();
            Concurrently.await(release);
            return "finished";
        }));
        new Thread(work).start();
        started.await();
        FutureTask<Void> shutdown = new FutureTask<>(() -> {
            limiter.shutDown(null);
            return null;
        });
        Thread stopper = new Thread(shutdown);
        stopper.start();
        while (stopper.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertTrue(limiter.isShuttingDown());
        assertFalse(shutdown.isDone());
        release.countDown();
        shutdown.get(1, TimeUnit.MINUTES);
        assertEquals("finished", work.get(1, TimeUnit.MINUTES));
        assertBusy(limiter);
    }

    @Test
    void limiterIsNotShuttingDownWhileItRuns() throws Exception {
        ConcurrencyLimiter limiter = limiter(1);
        limiter.observeShutdown(null);
        assertFalse(limiter.isShuttingDown());
        limiter.shutDown(null);
        assertTrue(limiter.isShuttingDown());
    }
}
