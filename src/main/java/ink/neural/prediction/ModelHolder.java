package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelDescriptor;
import ink.neural.recognition.ModelFiles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Holds the model from the start of the application to its end. */
@ApplicationScoped
public class ModelHolder {
    private static final Logger LOG = Logger.getLogger(ModelHolder.class.getName());

    /** Using the model needs the read lock, loading and closing it the write lock. So no thread uses memory that has been freed. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private LoadedModel model;

    @Inject
    Configuration configuration;

    @Inject
    Metrics metrics;

    /** Loads the configured model at start. If that fails, the application runs but is not ready. */
    void load(@Observes @Initialized(ApplicationScoped.class) Object event) {
        try {
            hold(LoadedModel.load(new ModelFiles(configuration.models(), configuration.model())));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.SEVERE, e, () -> "The model %s cannot be used: %s"
                    .formatted(configuration.model(), e.getMessage()));
        }
    }

    private void hold(LoadedModel loaded) {
        lock.writeLock().lock();
        try {
            model = loaded;
        } finally {
            lock.writeLock().unlock();
        }
        ModelDescriptor descriptor = loaded.descriptor();
        metrics.modelLoaded(descriptor.name(), descriptor.version());
        LOG.info(() -> "Loaded the model %s %s.".formatted(descriptor.name(), descriptor.version()));
    }

    /**
     * Whether a model is loaded.
     *
     * @return false before the start, after the end, and if no model could be loaded
     */
    public boolean isReady() {
        lock.readLock().lock();
        try {
            return model != null;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Uses the model, which is not closed meanwhile.
     *
     * @param <T> type of the result
     * @param use what to do with the model
     * @return the result
     * @throws ProblemException with {@link Problem#NOT_READY} if no model is loaded
     */
    public <T> T use(Function<LoadedModel, T> use) {
        lock.readLock().lock();
        try {
            if (model == null) {
                throw new ProblemException(Problem.NOT_READY);
            }
            return use.apply(model);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits until no thread uses the model, then frees its memory. */
    @PreDestroy
    void close() {
        lock.writeLock().lock();
        try {
            if (model != null) {
                model.close();
                model = null;
                LOG.info("Closed the model.");
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
