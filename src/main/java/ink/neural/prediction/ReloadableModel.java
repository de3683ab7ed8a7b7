package ink.neural.prediction;

import ink.neural.metrics.Metrics;
import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.Model;
import ink.neural.recognition.ModelFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A model that is replaced when its files change. Each use ends with the model that it began with. Any number of threads may
 * use it. One at a time may poll or load.
 *
 * @param <M> type of the model
 */
final class ReloadableModel<M extends Model> {
    private static final Logger LOG = Logger.getLogger(ReloadableModel.class.getName());
    /** Held while a model is acquired or replaced. One lock for all: two models that are used together must fit each other. */
    private static final Object LOCK = new Object();

    private final ModelFiles files;
    private final Supplier<Optional<M>> loader;
    private final Metrics metrics;

    /** Guarded by {@link #LOCK}. */
    private Optional<SharedModel<M>> current = Optional.empty();

    private volatile boolean closed;
    private volatile Optional<String> refusal = Optional.empty();

    /** The files at the last poll. */
    private Map<String, List<Object>> seen = Map.of();
    /** The files that were last loaded or refused. */
    private Map<String, List<Object>> tried = Map.of();
    /** Whether the next poll tries them again. */
    private boolean reconsidered;

    /**
     * A model that has not been loaded.
     *
     * @param files its files
     * @param loader loads and checks the model; supplies nothing if there is none, and fails if it cannot be used
     * @param metrics records which model is loaded, and why another is not
     */
    ReloadableModel(ModelFiles files, Supplier<Optional<M>> loader, Metrics metrics) {
        this.files = files;
        this.loader = loader;
        this.metrics = metrics;
    }

    /**
     * Uses the model, which is not closed meanwhile.
     *
     * @param use takes the model, or nothing if none is loaded
     */
    <T> T use(Function<Optional<M>, T> use) {
        Optional<SharedModel<M>> shared = acquire();
        try {
            return use.apply(shared.map(SharedModel::model));
        } finally {
            shared.ifPresent(SharedModel::release);
        }
    }

    /**
     * Uses two models that were loaded at the same time.
     *
     * @param use takes each model, or nothing if it is not loaded
     */
    static <M extends Model, N extends Model, T> T useBoth(
            ReloadableModel<M> one, ReloadableModel<N> other, BiFunction<Optional<M>, Optional<N>, T> use) {
        Optional<SharedModel<M>> sharedOne;
        Optional<SharedModel<N>> sharedOther;
        synchronized (LOCK) {
            sharedOne = one.acquire();
            sharedOther = other.acquire();
        }
        try {
            return use.apply(sharedOne.map(SharedModel::model), sharedOther.map(SharedModel::model));
        } finally {
            sharedOne.ifPresent(SharedModel::release);
            sharedOther.ifPresent(SharedModel::release);
        }
    }

    private Optional<SharedModel<M>> acquire() {
        synchronized (LOCK) {
            current.ifPresent(SharedModel::acquire);
            return current;
        }
    }

    ModelFiles files() {
        return files;
    }

    boolean isLoaded() {
        return use(Optional::isPresent);
    }

    /** Why the newest files were refused; empty if they were not. */
    Optional<String> refusal() {
        return refusal;
    }

    /**
     * Loads the model if its files have changed, but not since the last poll.
     *
     * @return whether the files were loaded
     */
    boolean poll() {
        Map<String, List<Object>> now = files.state();
        boolean isSettled = now.equals(seen);
        seen = now;
        return isSettled && (reconsidered || !now.equals(tried)) && load();
    }

    /** Lets the next poll try files again that were refused. */
    void reconsider() {
        reconsidered = refusal.isPresent();
    }

    /**
     * Loads the model. If its files are refused, the model before them stays.
     *
     * @return whether the files were loaded
     */
    boolean load() {
        Map<String, List<Object>> now = files.state();
        Optional<String> known = now.equals(tried) ? refusal : Optional.empty();
        tried = now;
        seen = now;
        reconsidered = false;
        try {
            accept(loadUnchanged());
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            refusal = Optional.of(e instanceof InvalidModelException ? e.getMessage() : e.toString());
            if (!refusal.equals(known)) {
                reportRefusal(e);
            }
        }
        if (closed) { // while the files were read
            replace(Optional.empty());
        }
        return refusal.isEmpty();
    }

    private void reportRefusal(Throwable thrown) {
        LOG.log(Level.SEVERE, thrown, () -> "The model %s cannot be used: %s".formatted(files.model(), refusal.get()));
        metrics.modelRefused(files.model(), refusal.get());
    }

    private void accept(Optional<SharedModel<M>> next) {
        boolean hadFiles = isLoaded() || refusal.isPresent();
        replace(next);
        refusal = Optional.empty();
        if (next.isPresent()) {
            metrics.modelAccepted(files.model(), "loaded");
        } else if (hadFiles) {
            metrics.modelAccepted(files.model(), "removed");
        }
    }

    private Optional<SharedModel<M>> loadUnchanged() {
        Optional<M> loaded = loader.get();
        if (!files.state().equals(tried)) { // the files that were read may not belong together
            loaded.ifPresent(Model::close);
            throw new InvalidModelException("the files changed while they were read");
        }
        return loaded.map(SharedModel::new);
    }

    /** Waits until the old model is closed, so that no more than two are in memory. */
    private void replace(Optional<SharedModel<M>> next) {
        Optional<SharedModel<M>> old;
        synchronized (LOCK) {
            old = current;
            current = next;
        }
        old.ifPresent(this::remove);
        next.ifPresent(this::announce);
    }

    private void remove(SharedModel<M> old) {
        metrics.modelRemoved(old.model().name(), old.model().version());
        old.closeWhenUnused();
        LOG.info(() -> "Closed the model %s.".formatted(old.model().nameAndVersion()));
    }

    private void announce(SharedModel<M> next) {
        metrics.modelLoaded(next.model().name(), next.model().version());
        LOG.info(() -> "Loaded the model %s.".formatted(next.model().nameAndVersion()));
    }

    /** Waits until no thread uses the model, then closes it. */
    void close() {
        closed = true;
        replace(Optional.empty());
    }
}
