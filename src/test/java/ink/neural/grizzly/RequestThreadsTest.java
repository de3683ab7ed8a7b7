package ink.neural.grizzly;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {
    private final RequestThreads threads = new RequestThreads();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void requestsWithoutAThreadWaitForOneAndTheSelectorDoesNot() throws Exception {
        threads.setMaximumPoolSize(2);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            threads.execute(() -> {
                awaitUninterrupted(answer);
                answered.countDown();
            });
        }
        assertEquals(20, answered.getCount());
        answer.countDown();
        assertTrue(answered.await(10, SECONDS));
        assertEquals(2, threads.getLargestPoolSize());
    }

    @Test
    void thereAreNoMoreThreadsThanRequestsAtOnce() throws Exception {
        int atOnce = 5;
        for (int round = 0; round < 20; round++) {
            CountDownLatch all = new CountDownLatch(atOnce);
            IntStream.range(0, atOnce).forEach(i -> threads.execute(all::countDown));
            assertTrue(all.await(10, SECONDS));
            awaitIdle();
        }
        assertTrue(threads.getLargestPoolSize() <= atOnce);
    }

    @Test
    void theThreadThatBecameIdleLastIsTaken() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            threads.execute(() -> awaitUninterrupted(busy));
        }
        busy.countDown();
        awaitIdle();
        Callable<Thread> current = Thread::currentThread;
        Set<Thread> used = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            used.add(threads.submit(current).get(10, SECONDS));
            awaitIdle();
        }
        assertEquals(1, used.size());
    }

    /** Waits until all threads wait for a request, which they do for a limited time. */
    private static void awaitIdle() throws InterruptedException {
        while (!Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("http-request"))
                .allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING)) {
            Thread.sleep(1);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
