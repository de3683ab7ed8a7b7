package ink.neural.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100);

    @Test
    void allBytesCanBeReserved() {
        assertTrue(budget.tryReserve(40));
        assertTrue(budget.tryReserve(60));
        assertFalse(budget.tryReserve(1));
    }

    @Test
    void nothingIsReservedIfThereIsNotEnough() {
        assertFalse(budget.tryReserve(101));
        assertTrue(budget.tryReserve(100));
    }

    @Test
    void releasedBytesCanBeReservedAgain() {
        assertTrue(budget.tryReserve(100));
        budget.release(30);
        assertTrue(budget.tryReserve(30));
        assertFalse(budget.tryReserve(1));
    }

    @Test
    void concurrentReservationsNeverExceedTheBudget() throws Exception {
        int threads = 8;
        int rounds = 5000;
        AtomicInteger reserved = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> {
                Concurrently.await(start);
                for (int round = 0; round < rounds; round++) {
                    if (budget.tryReserve(30)) {
                        most.accumulateAndGet(reserved.addAndGet(30), Math::max);
                        reserved.addAndGet(-30);
                        budget.release(30);
                    }
                }
            });
        }
        start.countDown();
        pool.shutdown();
        assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
        assertTrue(most.get() > 0 && most.get() <= 90, "at most three times 30 of 100, but " + most);
        assertTrue(budget.tryReserve(100), "everything was released");
        assertEquals(0, reserved.get());
    }
}
