package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Reloads the models whose files have changed. It asks for them every few seconds: systems do not report changes of mounted
 * volumes and network drives. A drive may hang for long, so one daemon thread does all of this, and no other waits for it
 * without a limit.
 */
@ApplicationScoped
public class ModelReloader {
    private static final Logger LOG = Logger.getLogger(ModelReloader.class.getName());
    private static final int POLL_SECONDS = 5;
    private static final int RELOAD_SECONDS = 60;
    private static final int STOP_SECONDS = 2;
    /** After the warm-up. */
    private static final int AFTER_WARM_UP = 4000;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, ModelReloader::daemon);
    /** One reload runs, and one waits. */
    private final Semaphore reloads = new Semaphore(2);

    @Inject
    Configuration configuration;

    @Inject
    ModelHolder holder;

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "neural-ink-models");
        thread.setDaemon(true);
        thread.setContextClassLoader(ModelReloader.class.getClassLoader());
        return thread;
    }

    /** The model in the WAR does not change, so nothing polls without a directory. */
    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_WARM_UP) Object event) {
        if (configuration.models().isPresent()) {
            thread.scheduleWithFixedDelay(this::poll, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** An exception would end the polls. */
    private void poll() {
        try {
            holder.poll();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, e, () -> "The files of the models cannot be watched");
        }
    }

    /**
     * Loads the models again.
     *
     * @throws ProblemException with {@link Problem#UNUSABLE_MODEL} if a model is refused, with {@link Problem#BUSY} if one
     *     reload runs and another waits, with {@link Problem#TOO_LONG} if the files cannot be read in time, or with {@link
     *     Problem#NOT_READY} if the application ends
     */
    public void reload() {
        if (!reloads.tryAcquire()) {
            throw new ProblemException(Problem.BUSY);
        }
        try {
            await(thread.submit(this::reloadOnce));
        } catch (RejectedExecutionException | CancellationException ended) {
            throw new ProblemException(Problem.NOT_READY);
        }
        if (!holder.refusals().isEmpty()) {
            throw new ProblemException(Problem.UNUSABLE_MODEL, reasons());
        }
    }

    private void reloadOnce() {
        try {
            holder.reload();
        } finally {
            reloads.release();
        }
    }

    private static void await(Future<?> reload) {
        try {
            reload.get(RELOAD_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warning(
                    () -> "The files of the models are still being read after %d seconds".formatted(RELOAD_SECONDS));
            throw new ProblemException(
                    Problem.TOO_LONG, "The files are still being read. GET /api/model will tell which model answers.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.NOT_READY);
        }
    }

    private String reasons() {
        return holder.refusals().entrySet().stream()
                .map(refusal -> refusal.getKey() + ": " + refusal.getValue() + ".")
                .collect(Collectors.joining(" ", "", " What was loaded before still answers."));
    }

    /** The thread may hang in a read, which nothing can interrupt. It ends with that. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws InterruptedException {
        thread.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
        thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
