package ink.neural.http;

import ink.neural.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only so many predictions run at once, as many as there are processors unless {@code neural.ink.concurrency} says
 * otherwise. Whoever waits longer than {@code neural.ink.patience.ms} milliseconds is sent away: better a quick no than
 * a queue that grows until nobody is served.
 */
@ApplicationScoped
public class Admission {
    private final Semaphore places = new Semaphore(
            Settings.number("neural.ink.concurrency", Runtime.getRuntime().availableProcessors()), true);
    private final int patience = Settings.number("neural.ink.patience.ms", 500);

    /**
     * Does some work as soon as there is a place.
     *
     * @param <T> what the work results in
     * @param work the work
     * @return its result
     * @throws Refused as {@link Problem#BUSY} if there was no place in time
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
            return places.tryAcquire(patience, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
