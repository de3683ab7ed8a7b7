package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits how many predictions run at once. Each needs a permit. A few may queue for one, each for a limited time. The rest
 * are refused at once, because a queue that only grows would delay every client until none is served.
 */
@ApplicationScoped
public class ConcurrencyLimiter {
    /** Longer than any request may take. */
    private static final int SHUTDOWN_SECONDS = 15;

    private final Thread shutdownHook = new Thread(() -> shuttingDown = true, "neural-ink-shutdown");
    private volatile boolean shuttingDown;
    private int concurrency;
    private int maxQueue;
    private long timeoutNanos;
    private Semaphore permits;

    /** For the container, which needs it to make a proxy. */
    protected ConcurrencyLimiter() {}

    /**
     * A limiter with free permits and an empty queue.
     *
     * @param configuration sets concurrency, queue and queue timeout
     */
    @Inject
    public ConcurrencyLimiter(Configuration configuration) {
        concurrency = configuration.concurrency();
        maxQueue = configuration.queue();
        timeoutNanos = configuration.queueTimeout().toNanos();
        permits = new Semaphore(concurrency, true);
    }

    /** The process is told to stop before the server stops the application. Readiness must change at once. */
    void observeShutdown(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Whether the application is about to stop. Requests that still arrive are answered as long as there is time.
     *
     * @return false until the process is told to stop
     */
    public boolean isShuttingDown() {
        return shuttingDown;
    }

    /**
     * Whether the queue is full.
     *
     * @return true if {@link #run} would refuse at once
     */
    public boolean isQueueFull() {
        return permits.getQueueLength() >= maxQueue;
    }

    /**
     * Runs work as soon as there is a permit.
     *
     * @param <T> type of the result
     * @param work the work
     * @return the result of the work
     * @throws ProblemException with {@link Problem#BUSY} if the queue is full or no permit became free in time
     */
    public <T> T run(Supplier<T> work) {
        if (!acquire()) {
            throw new ProblemException(Problem.BUSY);
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private boolean acquire() {
        try {
            return !isQueueFull() && permits.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for the running predictions and keeps all permits, so that no new one starts. */
    void shutDown(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws InterruptedException {
        shuttingDown = true;
        removeShutdownHook();
        permits.tryAcquire(concurrency, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    private void removeShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The process is stopping, so the hook has already run.
        }
    }
}
