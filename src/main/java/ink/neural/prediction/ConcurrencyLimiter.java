package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits how many predictions run at once. Each needs a permit. A few may queue for one, each for a limited time. The rest
 * are refused at once, because a queue that only grows would delay every client until none is served.
 *
 * <p>Large work, such as a batch, would keep drawings waiting for long. It needs a slot first. There are half as many
 * slots as permits, and half as many may queue for one. It then runs in slices. A slice takes a permit only while no drawing waits for one, and gives it back at
 * its end. So a drawing never waits for more than the slices that already run.
 */
@ApplicationScoped
public class ConcurrencyLimiter {
    /** Longer than any request may take. */
    private static final int SHUTDOWN_SECONDS = 15;

    private final Thread shutdownHook = new Thread(() -> shuttingDown = true, "neural-ink-shutdown");
    /** Notified when a permit may have become free for a slice. */
    private final Object change = new Object();

    private volatile boolean shuttingDown;
    private int permitCount;
    private int slotCount;
    private int maxQueue;
    private long timeoutNanos;
    private Semaphore permits;
    private Semaphore slots;

    /** For the container, which needs it to make a proxy. */
    protected ConcurrencyLimiter() {}

    /**
     * A limiter with free permits and empty queues.
     *
     * @param configuration sets concurrency, queue and queue timeout
     */
    @Inject
    public ConcurrencyLimiter(Configuration configuration) {
        permitCount = configuration.concurrency();
        slotCount = half(permitCount);
        maxQueue = configuration.queue();
        timeoutNanos = configuration.queueTimeout().toNanos();
        permits = new Semaphore(permitCount, true);
        slots = new Semaphore(slotCount, true);
    }

    private static int half(int count) {
        return Math.max(1, count / 2);
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
     * Whether the queue for permits is full.
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
        try {
            acquire(permits, maxQueue);
        } finally {
            notifySlices(); // one drawing less is waiting
        }
        return runWithPermit(work);
    }

    /**
     * Runs large work as soon as there is a slot. It has no permit, so it must do all computation in slices.
     *
     * @param <T> type of the result
     * @param work the work, which calls {@link #runSlice}
     * @return the result of the work
     * @throws ProblemException with {@link Problem#BUSY} if the queue for slots is full or no slot became free in time
     */
    public <T> T runLarge(Supplier<T> work) {
        acquire(slots, half(maxQueue));
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }

    /**
     * Runs a slice of large work as soon as there is a permit and no drawing waits for one.
     *
     * @param <T> type of the result
     * @param deadline limits the waiting
     * @param slice the slice
     * @return the result of the slice
     * @throws ProblemException with {@link Problem#TOO_LONG} if the deadline passes before the slice can start
     */
    <T> T runSlice(Deadline deadline, Supplier<T> slice) {
        synchronized (change) {
            while (permits.hasQueuedThreads() || !permits.tryAcquire()) {
                await(deadline);
            }
        }
        return runWithPermit(slice);
    }

    private void await(Deadline deadline) {
        deadline.check();
        try {
            TimeUnit.NANOSECONDS.timedWait(change, deadline.nanosLeft());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void acquire(Semaphore semaphore, int maxQueue) {
        try {
            if (semaphore.getQueueLength() >= maxQueue || !semaphore.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS)) {
                throw new ProblemException(Problem.BUSY);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ProblemException interrupted() {
        Thread.currentThread().interrupt();
        return new ProblemException(Problem.BUSY);
    }

    private <T> T runWithPermit(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            permits.release();
            notifySlices();
        }
    }

    private void notifySlices() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    /** Waits for the running predictions and keeps all slots and permits, so that no new one starts. */
    void shutDown(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws InterruptedException {
        shuttingDown = true;
        removeShutdownHook();
        Deadline deadline = Deadline.in(Duration.ofSeconds(SHUTDOWN_SECONDS));
        slots.tryAcquire(slotCount, deadline.nanosLeft(), TimeUnit.NANOSECONDS); // slices still need permits
        permits.tryAcquire(permitCount, deadline.nanosLeft(), TimeUnit.NANOSECONDS);
    }

    private void removeShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The process is stopping, so the hook has already run.
        }
    }
}
