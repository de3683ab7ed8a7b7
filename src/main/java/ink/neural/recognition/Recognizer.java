package ink.neural.recognition;

import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.glyph.GlyphNormalizer;
import ink.neural.glyph.NothingDrawn;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells which character a drawing shows. It holds one model in memory, from the start of the application to its end;
 * any number of threads may use it at once.
 */
@ApplicationScoped
public class Recognizer implements AutoCloseable {
    /** The purpose whose prior is used unless another is asked for. */
    public static final String PREDICT = "predict";

    private static final Logger LOG = Logger.getLogger(Recognizer.class.getName());
    /** After so many runs the compiler has seen all of the way, so that the first visitor need not wait for it. */
    private static final int WARM_UP_RUNS = 100;

    /** Recognising reads the model, loading and closing write it: so nobody uses memory that is given back. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private InkModel model;

    /** A recogniser without a model, which the container then loads. */
    public Recognizer() {}

    /**
     * A recogniser for use without a container.
     *
     * @param files the model's files
     * @throws UnusableModel if a file is missing or damaged, or they do not fit together
     */
    public Recognizer(ModelFiles files) {
        load(files);
    }

    /** Loads the configured model as soon as the application starts. Without one, the application runs unready. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        ModelFiles files = ModelFiles.configured();
        try {
            load(files);
            LOG.info(() -> "The model %s %s is ready."
                    .formatted(descriptor().name(), descriptor().version()));
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.SEVERE, e, () -> "The model %s cannot be used: %s".formatted(files.model(), e.getMessage()));
        }
    }

    private void load(ModelFiles files) {
        InkModel loaded = InkModel.load(files);
        warmUp(loaded);
        lock.writeLock().lock();
        try {
            model = loaded;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static void warmUp(InkModel model) {
        byte[] sample = sample();
        DrawingDecoder decoder = new DrawingDecoder(1000, 1000 * 1000);
        GlyphNormalizer normalizer = new GlyphNormalizer(model.descriptor().glyph());
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            Glyph glyph = normalizer.normalize(decoder.decode(sample));
            model.recognize(List.of(glyph), PREDICT).get(0).top(1);
        }
    }

    private static byte[] sample() {
        try (InputStream in = Recognizer.class.getResourceAsStream("sample.png")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether a model is loaded and warm.
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
     * What the model is.
     *
     * @return the model's descriptor
     * @throws NotReady if none is loaded
     */
    public ModelDescriptor descriptor() {
        return use(InkModel::descriptor);
    }

    /**
     * The characters the model tells apart.
     *
     * @return its labels
     * @throws NotReady if none is loaded
     */
    public Labels labels() {
        return use(InkModel::labels);
    }

    /**
     * Makes of a drawing the glyph the model knows.
     *
     * @param drawing the drawing
     * @return its glyph
     * @throws NothingDrawn if there is no ink on it
     * @throws NotReady if no model is loaded
     */
    public Glyph glyph(Drawing drawing) {
        return new GlyphNormalizer(descriptor().glyph()).normalize(drawing);
    }

    /**
     * Recognises a glyph.
     *
     * @param glyph as {@link #glyph} made it
     * @return what the model makes of it
     * @throws NotReady if no model is loaded
     */
    public Recognition recognize(Glyph glyph) {
        return recognize(List.of(glyph), PREDICT).get(0);
    }

    /**
     * Recognises glyphs in one run of the network.
     *
     * @param glyphs as {@link #glyph} made them, at least one
     * @param prior the purpose whose prior is used; any name the descriptor does not have stands for none
     * @return what the model makes of each, in their order
     * @throws NotReady if no model is loaded
     */
    public List<Recognition> recognize(List<Glyph> glyphs, String prior) {
        return use(loaded -> loaded.recognize(glyphs, prior));
    }

    private <T> T use(Function<InkModel, T> use) {
        lock.readLock().lock();
        try {
            if (model == null) {
                throw new NotReady();
            }
            return use.apply(model);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Waits for what is under way, then gives the model's memory back. */
    @PreDestroy
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (model != null) {
                model.close();
                model = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
