package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Model;
import ink.neural.recognition.ModelFiles;
import ink.neural.text.TextModel;
import ink.neural.text.TextReader;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Logger;

/** Holds the models from the start of the application to its end. There may be no text model. */
@ApplicationScoped
public class ModelHolder {
    private static final Logger LOG = Logger.getLogger(ModelHolder.class.getName());

    private ReloadableModel<LoadedModel> characters;
    private ReloadableModel<TextModel> text;
    private DrawingDecoder decoder;
    private volatile boolean ready;

    @Inject
    Configuration configuration;

    @Inject
    Metrics metrics;

    @PostConstruct
    void prepare() {
        ModelFiles files = new ModelFiles(configuration.models(), configuration.model());
        ModelFiles textFiles = new ModelFiles(configuration.models(), configuration.textModel());
        characters = new ReloadableModel<>(files, () -> loadCharacters(files), metrics);
        text = new ReloadableModel<>(textFiles, () -> loadText(textFiles), metrics);
        decoder = new DrawingDecoder(configuration.maxSide(), configuration.maxPixels());
    }

    private Optional<LoadedModel> loadCharacters(ModelFiles files) {
        return Optional.of(tried(LoadedModel.load(files), model -> {
            text.use(other -> other.map(textModel -> new TextReader(textModel, model)));
            new TrialRun(decoder, files).run(model);
        }));
    }

    /** If the model of single characters is there, so is the directory. Then a text model that is not there is not wanted. */
    private Optional<TextModel> loadText(ModelFiles files) {
        if (!files.exist() && characters.files().exist()) {
            LOG.info(() -> "There is no text model %s. Only single characters can be read.".formatted(files.model()));
            return Optional.empty();
        }
        return Optional.of(tried(
                TextModel.load(files),
                model -> characters.use(other -> {
                    new TrialRun(decoder, files)
                            .run(new TextReader(model, other.orElseThrow(ModelHolder::noCharacters)));
                    return model;
                })));
    }

    private static InvalidModelException noCharacters() {
        return new InvalidModelException("a text model needs a model of single characters beside it");
    }

    private static <M extends Model> M tried(M model, Consumer<M> trial) {
        try {
            trial.accept(model);
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** Loads the configured models at start. If that fails, the application runs but is not ready. */
    void load(@Observes @Initialized(ApplicationScoped.class) Object event) {
        reload();
    }

    /**
     * Loads the models again. Those that cannot be used are refused: the models before them stay. One thread at a time may
     * call this or {@link #poll}.
     */
    void reload() {
        characters.load();
        if (text.load()) {
            characters.reconsider();
        }
        updateReadiness();
    }

    /** Loads the models whose files have changed, but not since the last poll. */
    void poll() {
        if (characters.poll()) {
            text.reconsider();
        }
        if (text.poll()) {
            characters.reconsider();
        }
        updateReadiness();
    }

    /** Once ready, the application stays so: refused files do no harm. */
    private void updateReadiness() {
        ready = ready || characters.isLoaded() && text.refusal().isEmpty();
    }

    /**
     * Whether all models are loaded.
     *
     * @return false before the start, after the end, and if a model could not be loaded at the start
     */
    public boolean isReady() {
        return ready;
    }

    /**
     * The models whose newest files cannot be used.
     *
     * @return by the name of the descriptor, the reason
     */
    public Map<String, String> refusals() {
        Map<String, String> refusals = new TreeMap<>();
        characters.refusal().ifPresent(reason -> refusals.put(characters.files().model(), reason));
        text.refusal().ifPresent(reason -> refusals.put(text.files().model(), reason));
        return refusals;
    }

    /**
     * Uses the model of single characters, which is neither closed nor replaced meanwhile.
     *
     * @param <T> type of the result
     * @param use what to do with the model
     * @return the result
     * @throws ProblemException with {@link Problem#NOT_READY} if no model is loaded
     */
    public <T> T use(Function<LoadedModel, T> use) {
        return characters.use(model -> use.apply(model.orElseThrow(() -> new ProblemException(Problem.NOT_READY))));
    }

    /**
     * Uses the text reader, whose models are neither closed nor replaced meanwhile.
     *
     * @param <T> type of the result
     * @param use what to do with the reader
     * @return the result
     * @throws ProblemException with {@link Problem#NO_TEXT_MODEL} if there is no text model, or with {@link
     *     Problem#NOT_READY} if it is not loaded
     */
    public <T> T useTextReader(Function<TextReader, T> use) {
        return ReloadableModel.useBoth(
                text,
                characters,
                (model, other) -> use.apply(new TextReader(
                        model.orElseThrow(
                                () -> new ProblemException(isReady() ? Problem.NO_TEXT_MODEL : Problem.NOT_READY)),
                        other.orElseThrow(() -> new ProblemException(Problem.NOT_READY)))));
    }

    /**
     * Uses the text model, if there is one. It is neither closed nor replaced meanwhile.
     *
     * @param <T> type of the result
     * @param use what to do with the model
     * @return the result; empty if no text model is loaded
     */
    public <T> Optional<T> useTextModel(Function<TextModel, T> use) {
        return text.use(model -> model.map(use));
    }

    /**
     * Whether text can be read.
     *
     * @return false if no text model is loaded
     */
    public boolean canReadText() {
        return text.isLoaded();
    }

    /** Waits until no thread uses the models, then frees their memory. */
    @PreDestroy
    void close() {
        ready = false;
        text.close();
        characters.close();
    }
}
