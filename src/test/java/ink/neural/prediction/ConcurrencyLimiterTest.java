package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.config.Configurations;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A limiter in which nothing times out. */
    private static ConcurrencyLimiter patient(int permits) {
        return new ConcurrencyLimiter(Configurations.of(
                "neural.ink.concurrency", Integer.toString(permits), "neural.ink.queue.timeout.ms", "60000"));
    }

    private static Deadline far() {
        return Deadline.in(Duration.ofMinutes(1));
    }

    private static FutureTask<String> start(Callable<String> work) {
        FutureTask<String> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }

    private static FutureTask<String> startWaiting(Callable<String> work) {
        FutureTask<String> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return task;
    }

    @Test
    void waitingDrawingsRunBeforeLargeWorkThatWaitsLonger() throws Exception {
        ConcurrencyLimiter limiter = patient(1);
        List<String> order = new CopyOnWriteArrayList<>();
        List<FutureTask<String>> waiting = new ArrayList<>();
        Predictions.whileFull(limiter, 1, 0, () -> {
            waiting.add(startWaiting(() -> limiter.runLarge(() -> {
                order.add("large");
                return "";
            })));
            for (int i = 0; i < 5; i++) {
                waiting.add(startWaiting(() -> limiter.run(() -> {
                    order.add("drawing");
                    return "";
                })));
            }
        });
        for (FutureTask<String> task : waiting) {
            task.get();
        }
        assertEquals(List.of("drawing", "drawing", "drawing", "drawing", "drawing", "large"), order);
    }

    @Test
    void drawingRunsBetweenTwoSlices() throws Exception {
        ConcurrencyLimiter limiter = patient(1);
        CountDownLatch sliceRuns = new CountDownLatch(1);
        CountDownLatch drawingWaits = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        FutureTask<String> batch = start(() -> limiter.runBatch(() -> {
            limiter.runSlice(far(), () -> {
                sliceRuns.countDown();
                Concurrently.await(drawingWaits);
                return order.add("first slice");
            });
            limiter.runSlice(far(), () -> order.add("second slice"));
            return "";
        }));
        sliceRuns.await();
        FutureTask<String> drawing = startWaiting(() -> limiter.run(() -> {
            order.add("drawing");
            return "";
        }));
        drawingWaits.countDown();
        drawing.get();
        batch.get();
        assertEquals(List.of("first slice", "drawing", "second slice"), order);
    }

    @Test
    void largeWorkRunsBetweenTwoSlices() throws Exception {
        ConcurrencyLimiter limiter = patient(1);
        CountDownLatch sliceRuns = new CountDownLatch(1);
        CountDownLatch photoWaits = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        FutureTask<String> batch = start(() -> limiter.runBatch(() -> {
            limiter.runSlice(far(), () -> {
                sliceRuns.countDown();
                Concurrently.await(photoWaits);
                return order.add("first slice");
            });
            limiter.runSlice(far(), () -> order.add("second slice"));
            return "";
        }));
        sliceRuns.await();
        FutureTask<String> photo = startWaiting(() -> limiter.runLarge(() -> {
            order.add("photo");
            return "";
        }));
        photoWaits.countDown();
        photo.get();
        batch.get();
        assertEquals(List.of("first slice", "photo", "second slice"), order);
    }

    @Test
    void batchHoldsNeitherSlotNorPermitBetweenSlices() {
        ConcurrencyLimiter limiter = patient(1);
        assertEquals("drawing and photo", limiter.runBatch(() -> {
            limiter.runSlice(far(), () -> "slice");
            return limiter.run(() -> "drawing") + " and " + limiter.runLarge(() -> "photo");
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void batchEndsUnderAConstantLoadOfDrawings(int permits) throws Exception {
        ConcurrencyLimiter limiter = patient(permits);
        AtomicBoolean done = new AtomicBoolean();
        List<FutureTask<String>> clients = new ArrayList<>();
        for (int i = 0; i < permits; i++) {
            clients.add(start(() -> {
                while (!done.get()) {
                    limiter.run(() -> {
                        Thread.yield();
                        return null;
                    });
                }
                return "";
            }));
        }
        AtomicInteger slices = new AtomicInteger();
        FutureTask<String> batch = start(() -> limiter.runBatch(() -> {
            for (int i = 0; i < 1000; i++) {
                limiter.runSlice(far(), slices::incrementAndGet);
            }
            return "done";
        }));
        assertEquals("done", batch.get());
        assertEquals(1000, slices.get());
        done.set(true);
        for (FutureTask<String> client : clients) {
            client.get();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "9, 4"})
    void halfOfThePermitsCanBeUsedForLargeWork(int permits, int slots) throws Exception {
        ConcurrencyLimiter limiter = patient(permits);
        assertMostAtOnce(slots, limiter::runLarge);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "9, 4"})
    void asManyBatchesAsSlotsRunAtOnce(int permits, int slots) throws Exception {
        ConcurrencyLimiter limiter = patient(permits);
        assertMostAtOnce(slots, limiter::runBatch);
    }

    private static void assertMostAtOnce(int most, Function<Supplier<Object>, Object> run) throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        Concurrently.run(
                10,
                100,
                i -> run.apply(() -> {
                    highest.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    return running.decrementAndGet();
                }));
        assertTrue(highest.get() >= 1 && highest.get() <= most, highest + " ran at once");
        CyclicBarrier allRun = new CyclicBarrier(most);
        List<Object> results = Concurrently.run(
                most,
                most,
                i -> run.apply(() -> {
                    try {
                        allRun.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new IllegalStateException(e);
                    }
                    return "ran";
                }));
        assertEquals(Collections.nCopies(most, "ran"), results);
    }

    @Test
    void largeWorkWithoutASlotIsRefusedAfterTheQueueTimeout() throws Exception {
        ConcurrencyLimiter limiter = limiter(20);
        Predictions.whileLargeWorkRuns(limiter, () -> {
            assertRefusedAfter(20, () -> limiter.runLarge(() -> ""));
            assertEquals("drawings are not affected", limiter.run(() -> "drawings are not affected"));
        });
        assertEquals("now", limiter.runLarge(() -> "now"));
    }

    @Test
    void batchIsRefusedAfterTheQueueTimeoutWhileAnotherRuns() {
        ConcurrencyLimiter limiter = limiter(20);
        limiter.runBatch(() -> {
            assertRefusedAfter(20, () -> limiter.runBatch(() -> ""));
            return limiter.runLarge(() -> "photos are not affected");
        });
        assertEquals("now", limiter.runBatch(() -> "now"));
    }

    private static void assertRefusedAfter(int milliseconds, Executable work) {
        long start = System.nanoTime();
        assertEquals(Problem.BUSY, problem(work));
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(milliseconds), "it waited");
    }

    @Test
    void largeWorkIsRefusedAtOnceIfAQuarterOfTheQueueWaitsForASlot() throws Exception {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(Configurations.of(
                "neural.ink.concurrency", "2", "neural.ink.queue", "8", "neural.ink.queue.timeout.ms", "60000"));
        List<FutureTask<String>> waiting = new ArrayList<>();
        Predictions.whileLargeWorkRuns(limiter, () -> {
            for (int i = 0; i < 2; i++) {
                waiting.add(startWaiting(() -> limiter.runLarge(() -> "served")));
            }
            assertEquals(Problem.BUSY, problem(() -> limiter.runLarge(() -> "")));
            assertFalse(limiter.isQueueFull(), "drawings are not refused");
        });
        for (FutureTask<String> task : waiting) {
            assertEquals("served", task.get());
        }
    }

    @Test
    void sliceWaitsForItsSlotLongerThanTheQueueTimeout() throws Exception {
        ConcurrencyLimiter limiter = limiter(1);
        List<FutureTask<String>> waiting = new ArrayList<>();
        Predictions.whileLargeWorkRuns(limiter, () -> {
            waiting.add(startWaiting(() -> limiter.runBatch(() -> limiter.runSlice(far(), () -> "served"))));
            Thread.sleep(20);
            assertFalse(waiting.get(0).isDone());
        });
        assertEquals("served", waiting.get(0).get());
    }

    @Test
    void sliceWithoutASlotBeforeTheDeadlineTakesTooLong() throws Exception {
        ConcurrencyLimiter limiter = patient(PERMITS);
        Predictions.whileLargeWorkRuns(limiter, () -> {
            Deadline near = Deadline.in(Duration.ofMillis(20));
            assertEquals(Problem.TOO_LONG, problem(() -> limiter.runSlice(near, () -> "")));
            assertTrue(near.nanosLeft() < 0, "it waited until the deadline");
        });
        assertEquals("now", limiter.runSlice(far(), () -> "now"));
    }

    @Test
    void sliceThatCannotStartBeforeTheDeadlineTakesTooLong() throws Exception {
        ConcurrencyLimiter limiter = patient(PERMITS);
        Predictions.whileFull(limiter, PERMITS, 0, () -> {
            Deadline near = Deadline.in(Duration.ofMillis(20));
            assertEquals(Problem.TOO_LONG, problem(() -> limiter.runSlice(near, () -> "")));
            assertTrue(near.nanosLeft() < 0, "it waited until the deadline");
        });
        assertEquals("now", limiter.runSlice(far(), () -> "now"));
    }

    @Test
    void interruptedSliceIsRefusedAndStaysInterrupted() throws Exception {
        ConcurrencyLimiter limiter = patient(PERMITS);
        Predictions.whileFull(limiter, PERMITS, 0, () -> {
            Thread.currentThread().interrupt();
            assertEquals(Problem.BUSY, problem(() -> limiter.runSlice(far(), () -> "")));
            assertTrue(Thread.interrupted());
        });
    }

    @Test
    void slotsAndPermitsAreReturnedIfTheWorkFails() {
        ConcurrencyLimiter limiter = limiter(1);
        for (int i = 0; i < 10 * PERMITS; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> limiter.runBatch(() -> limiter.runSlice(far(), () -> {
                        throw new IllegalStateException();
                    })));
            assertThrows(
                    IllegalStateException.class,
                    () -> limiter.runLarge(() -> {
                        throw new IllegalStateException();
                    }));
        }
        assertEquals("now", limiter.runBatch(() -> limiter.runSlice(far(), () -> "now")));
        assertEquals("now", limiter.runLarge(() -> "now"));
    }

    @Test
    void shutdownWaitsForAllSlicesOfABatch() throws Exception {
        ConcurrencyLimiter limiter = limiter(1);
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch shuttingDown = new CountDownLatch(1);
        AtomicBoolean answered = new AtomicBoolean();
        FutureTask<String> batch = start(() -> limiter.runBatch(() -> {
            started.countDown();
            Concurrently.await(shuttingDown);
            return limiter.runSlice(far(), () -> {
                answered.set(true);
                return "answered";
            });
        }));
        started.await();
        FutureTask<String> shutdown = startWaiting(() -> {
            limiter.shutDown(null);
            return "";
        });
        shuttingDown.countDown();
        shutdown.get();
        assertTrue(answered.get());
        assertEquals("answered", batch.get());
        assertEquals(Problem.BUSY, problem(() -> limiter.runBatch(() -> "")));
        assertEquals(Problem.BUSY, problem(() -> limiter.runLarge(() -> "")));
        assertBusy(limiter);
    }

    private static Problem problem(Executable action) {
        return assertThrows(ProblemException.class, action).problem();
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
