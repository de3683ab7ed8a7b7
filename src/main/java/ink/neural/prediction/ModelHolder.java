package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import ink.neural.text.TextReader;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Holds the models from the start of the application to its end. There may be no text model. */
@ApplicationScoped
public class ModelHolder {
    private static final Logger LOG = Logger.getLogger(ModelHolder.class.getName());

    /** Using a model needs the read lock, loading and closing it the write lock. So no thread uses memory that has been freed. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private LoadedModel model;
    private TextReader textReader;
    /** Whether there is a text model, even one that cannot be used. */
    private boolean hasTextModel;

    @Inject
    Configuration configuration;

    @Inject
    Metrics metrics;

    /** Loads the configured models at start. If that fails, the application runs but is not ready. */
    void load(@Observes @Initialized(ApplicationScoped.class) Object event) {
        ModelFiles files = new ModelFiles(configuration.models(), configuration.model());
        load(files, LoadedModel::load, this::hold);
        ModelFiles textFiles = new ModelFiles(configuration.models(), configuration.textModel());
        hasTextModel = textFiles.exist();
        if (hasTextModel && model != null) {
            load(textFiles, any -> TextReader.load(any, model), this::hold);
        } else if (!hasTextModel) {
            LOG.info(() ->
                    "There is no text model %s. Only single characters can be read.".formatted(textFiles.model()));
        }
    }

    private <T> void load(ModelFiles files, Function<ModelFiles, T> load, Consumer<T> hold) {
        try {
            T loaded = load.apply(files);
            lock.writeLock().lock();
            try {
                hold.accept(loaded);
            } finally {
                lock.writeLock().unlock();
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.SEVERE, e, () -> "The model %s cannot be used: %s".formatted(files.model(), e.getMessage()));
        }
    }

    private void hold(LoadedModel loaded) {
        model = loaded;
        reportLoaded(loaded.descriptor().name(), loaded.descriptor().version());
    }

    private void hold(TextReader loaded) {
        textReader = loaded;
        reportLoaded(loaded.descriptor().name(), loaded.descriptor().version());
    }

    private void reportLoaded(String name, String version) {
        metrics.modelLoaded(name, version);
        LOG.info(() -> "Loaded the model %s %s.".formatted(name, version));
    }

    /**
     * Whether all models are loaded.
     *
     * @return false before the start, after the end, and if a model could not be loaded
     */
    public boolean isReady() {
        return read(() -> model != null && (textReader != null || !hasTextModel));
    }

    /**
     * Uses the model of single characters, which is not closed meanwhile.
     *
     * @param <T> type of the result
     * @param use what to do with the model
     * @return the result
     * @throws ProblemException with {@link Problem#NOT_READY} if no model is loaded
     */
    public <T> T use(Function<LoadedModel, T> use) {
        return read(() -> {
            if (model == null) {
                throw new ProblemException(Problem.NOT_READY);
            }
            return use.apply(model);
        });
    }

    /**
     * Uses the text reader, which is not closed meanwhile.
     *
     * @param <T> type of the result
     * @param use what to do with the reader
     * @return the result
     * @throws ProblemException with {@link Problem#NO_TEXT_MODEL} if there is no text model, or with {@link
     *     Problem#NOT_READY} if it is not loaded
     */
    public <T> T useTextReader(Function<TextReader, T> use) {
        return read(() -> {
            if (textReader == null) {
                throw new ProblemException(isReady() ? Problem.NO_TEXT_MODEL : Problem.NOT_READY);
            }
            return use.apply(textReader);
        });
    }

    /**
     * Whether text can be read.
     *
     * @return false if no text model is loaded
     */
    public boolean canReadText() {
        return read(() -> textReader != null);
    }

    private <T> T read(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits until no thread uses the models, then frees their memory. */
    @PreDestroy
    void close() {
        lock.writeLock().lock();
        try {
            if (model != null) {
                model.close();
                model = null;
                LOG.info("Closed the model.");
            }
            if (textReader != null) {
                textReader.close();
                textReader = null;
                LOG.info("Closed the text model.");
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
