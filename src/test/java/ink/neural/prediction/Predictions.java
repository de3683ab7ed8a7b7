package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.config.Configuration;
import ink.neural.metrics.Metrics;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** The use case without a container, for tests. */
public final class Predictions {
    private Predictions() {}

    /** A holder that has loaded the configured model. */
    public static ModelHolder holder(Configuration configuration) {
        ModelHolder holder = new ModelHolder();
        holder.configuration = configuration;
        holder.metrics = new Metrics();
        holder.load(null);
        return holder;
    }

    /** A service with its own limiter. */
    public static PredictionService service(Configuration configuration, ModelHolder holder) {
        PredictionService service = new PredictionService();
        service.configuration = configuration;
        service.limiter = new ConcurrencyLimiter(configuration);
        service.metrics = holder.metrics;
        service.holder = holder;
        service.createDecoder();
        return service;
    }

    /**
     * Does something while all permits are taken and the queue is full.
     *
     * @param permits the limiter's permits
     * @param queue length of its queue, or 0 to leave the queue empty
     */
    public static void whileFull(ConcurrencyLimiter limiter, int permits, int queue, Executable action)
            throws Exception {
        ExecutorService clients = Executors.newCachedThreadPool();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(permits);
        for (int i = 0; i < permits; i++) {
            clients.submit(() -> limiter.run(() -> {
                taken.countDown();
                await(release);
                return null;
            }));
        }
        taken.await();
        for (int i = 0; i < queue; i++) {
            clients.submit(() -> limiter.run(() -> null));
        }
        while (queue > 0 && !limiter.isQueueFull()) {
            Thread.onSpinWait();
        }
        try {
            assertDoesNotThrow(action);
        } finally {
            release.countDown();
            clients.shutdown();
            assertTrue(clients.awaitTermination(1, TimeUnit.MINUTES), "the queue empties");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
