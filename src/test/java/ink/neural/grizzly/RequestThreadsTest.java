package ink.neural.grizzly;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {
    private final RequestThreads threads = new RequestThreads();
    private final CountDownLatch event = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void fewThreadsHandleManyShortRequests() throws Exception {
        CountDownLatch answers = new CountDownLatch(1000);
        handleAtOnce(1000, answers::countDown);
        assertTrue(answers.await(10, SECONDS));
        assertEquals(RequestThreads.FEWEST, threads.getLargestPoolSize());
    }

    @Test
    void requestDoesNotWaitForThoseThatWait() throws Exception {
        handleAtOnce(RequestThreads.FEWEST + 5, this::awaitEvent);
        assertIsAnswered();
        assertTrue(threads.getPoolSize() < 2 * RequestThreads.FEWEST + 10, threads::toString);
    }

    @Test
    void requestDoesNotWaitForThoseThatCompute() throws Exception {
        handleAtOnce(RequestThreads.FEWEST, () -> {
            while (event.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        assertIsAnswered();
    }

    @Test
    void requestsBeyondTheMostThreadsWaitForOne() throws Exception {
        CountDownLatch answers = new CountDownLatch(RequestThreads.MOST + 50);
        handleAtOnce(RequestThreads.MOST + 50, () -> {
            awaitEvent();
            answers.countDown();
        });
        while (threads.getPoolSize() < RequestThreads.MOST) {
            Thread.sleep(10);
        }
        event.countDown();
        assertTrue(answers.await(30, SECONDS));
        assertEquals(RequestThreads.MOST, threads.getLargestPoolSize());
    }

    @Test
    void threadsThatAreNotNeededEnd() throws Exception {
        handleAtOnce(RequestThreads.FEWEST + 20, this::awaitEvent);
        assertIsAnswered();
        event.countDown();
        while (threads.getPoolSize() > RequestThreads.FEWEST) {
            Thread.sleep(10);
        }
        assertIsAnswered();
    }

    private void handleAtOnce(int requests, Runnable request) {
        for (int i = 0; i < requests; i++) {
            threads.execute(request);
        }
    }

    private void assertIsAnswered() throws Exception {
        threads.submit(() -> {}).get(10, SECONDS);
    }

    private void awaitEvent() {
        try {
            event.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
