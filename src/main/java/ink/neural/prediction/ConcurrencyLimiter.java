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
 * <p>Large work, such as a photo, would keep drawings waiting for long. It needs a slot first. There are half as many slots
 * as permits, and a quarter as many may queue for one. It then takes a permit, but only while no drawing waits for one. So a
 * drawing never waits for more than the large work that already runs.
 *
 * <p>A batch runs in slices, and each slice is large work. The slices of a batch alternate with other large work. As many
 * batches run at once as there are slots, and a quarter as many may queue as drawings. So more than half of the threads that
 * the queues may hold are left for drawings.
 */
@ApplicationScoped
public class ConcurrencyLimiter {
    /** Longer than any request may take. */
    private static final int SHUTDOWN_SECONDS = 15;

    private final Thread shutdownHook = new Thread(() -> shuttingDown = true, "neural-ink-shutdown");
    /** Notified when a permit may have become free for large work. */
    private final Object change = new Object();

    private volatile boolean shuttingDown;
    private int permitCount;
    private int slotCount;
    private int maxQueue;
    private int maxLargeQueue;
    private long timeoutNanos;
    private Duration deadline;
    private Semaphore permits;
    private Semaphore slots;
    private Semaphore batches;

    /** For the container, which needs it to make a proxy. */
    protected ConcurrencyLimiter() {}

    /**
     * A limiter with free permits and empty queues.
     *
     * @param configuration sets concurrency, queue, queue timeout and deadline
     */
    @Inject
    public ConcurrencyLimiter(Configuration configuration) {
        permitCount = configuration.concurrency();
        slotCount = Math.max(1, permitCount / 2);
        maxQueue = configuration.queue();
        maxLargeQueue = Math.max(1, maxQueue / 4);
        timeoutNanos = configuration.queueTimeout().toNanos();
        deadline = configuration.deadline();
        permits = new Semaphore(permitCount, true);
        slots = new Semaphore(slotCount, true);
        batches = new Semaphore(slotCount, true);
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
            notifyLargeWork(); // one drawing less is waiting
        }
        return runWithPermit(work);
    }

    /**
     * Runs large work as soon as there is a slot and a permit, and no drawing waits for a permit.
     *
     * @param <T> type of the result
     * @param work the work
     * @return the result of the work
     * @throws ProblemException with {@link Problem#BUSY} if the queue for slots is full or no slot became free in time, or
     *     with {@link Problem#TOO_LONG} if there was no permit before the deadline of a request
     */
    public <T> T runLarge(Supplier<T> work) {
        return runLarge(Deadline.in(deadline), work);
    }

    /** Runs large work, which may wait for its permit until a deadline. */
    <T> T runLarge(Deadline deadline, Supplier<T> work) {
        acquire(slots, maxLargeQueue);
        return runInSlot(deadline, work);
    }

    /**
     * Runs a batch as soon as fewer than the most batches run. It has no permit, so it must do all computation in slices.
     *
     * @param <T> type of the result
     * @param batch the work, which calls {@link #runSlice}
     * @return the result of the work
     * @throws ProblemException with {@link Problem#BUSY} if too many batches wait, or waited for too long
     */
    <T> T runBatch(Supplier<T> batch) {
        acquire(batches, maxLargeQueue);
        try {
            return batch.get();
        } finally {
            batches.release();
        }
    }

    /**
     * Runs a slice of a batch as large work. It waits its turn for a slot.
     *
     * @param <T> type of the result
     * @param deadline limits the waiting
     * @param slice the slice
     * @return the result of the slice
     * @throws ProblemException with {@link Problem#TOO_LONG} if the deadline passes before the slice can start
     */
    <T> T runSlice(Deadline deadline, Supplier<T> slice) {
        deadline.check();
        try {
            if (!slots.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw new ProblemException(Problem.TOO_LONG);
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return runInSlot(deadline, slice);
    }

    private <T> T runInSlot(Deadline deadline, Supplier<T> work) {
        try {
            acquirePermitAfterDrawings(deadline);
            return runWithPermit(work);
        } finally {
            slots.release();
        }
    }

    private void acquirePermitAfterDrawings(Deadline deadline) {
        synchronized (change) {
            while (permits.hasQueuedThreads() || !permits.tryAcquire()) {
                await(deadline);
            }
        }
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
            notifyLargeWork();
        }
    }

    private void notifyLargeWork() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    /** Waits for the running work and keeps all batches, slots and permits, so that none starts. */
    void shutDown(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws InterruptedException {
        shuttingDown = true;
        removeShutdownHook();
        Deadline end = Deadline.in(Duration.ofSeconds(SHUTDOWN_SECONDS));
        batches.tryAcquire(slotCount, end.nanosLeft(), TimeUnit.NANOSECONDS); // their slices still need slots
        slots.tryAcquire(slotCount, end.nanosLeft(), TimeUnit.NANOSECONDS); // large work still needs permits
        permits.tryAcquire(permitCount, end.nanosLeft(), TimeUnit.NANOSECONDS);
    }

    private void removeShutdownHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The process is stopping, so the hook has already run.
        }
    }
}
