package ink.neural.http;

import ink.neural.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only so many predictions run at once, as many as there are processors unless {@code neural.ink.concurrency} says
 * otherwise. At most {@code neural.ink.queue} wait, and none longer than {@code neural.ink.patience.ms} milliseconds;
 * whoever else comes is sent away: better a quick no than a queue that grows until nobody is served.
 */
@ApplicationScoped
public class Admission {
    /** Longer than any request may take. */
    private static final int SECONDS_TO_FINISH = 15;

    private final int size =
            Settings.number("neural.ink.concurrency", Runtime.getRuntime().availableProcessors());
    private final int queue = Settings.number("neural.ink.queue", 192);
    private final int patience = Settings.number("neural.ink.patience.ms", 1000);
    private final Semaphore places = new Semaphore(size, true);
    private final Thread hook = new Thread(() -> open = false, "neural-ink-end");
    private volatile boolean open = true;

    /** Learns that the process is told to end before the server tells the application. */
    void watchForTheEnd(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Whether more work is welcome. What comes nevertheless is done as long as there is time.
     *
     * @return true until the application is about to end
     */
    public boolean isOpen() {
        return open;
    }

    /**
     * Whether as many wait for a place as may.
     *
     * @return true if {@link #admit} would refuse at once
     */
    public boolean isFull() {
        return places.getQueueLength() >= queue;
    }

    /** Waits until all that is under way is done, and takes on nothing more: no place is ever free again. */
    void close(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws InterruptedException {
        open = false;
        forgetTheHook();
        places.tryAcquire(size, SECONDS_TO_FINISH, TimeUnit.SECONDS);
    }

    private void forgetTheHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook has had its turn.
        }
    }

    /**
     * Does some work as soon as there is a place.
     *
     * @param <T> what the work results in
     * @param work the work
     * @return its result
     * @throws Refused as {@link Problem#BUSY} if the queue is full, or there was no place in time
     */
    public <T> T admit(Supplier<T> work) {
        if (!enter()) {
            throw new Refused(Problem.BUSY);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private boolean enter() {
        try {
            return !isFull() && places.tryAcquire(patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
