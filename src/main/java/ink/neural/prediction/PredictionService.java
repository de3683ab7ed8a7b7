package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Recognition;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Predicts the character on a drawing: from the bytes of an image file to ranked characters. */
@ApplicationScoped
public class PredictionService {
    private DrawingDecoder decoder;

    @Inject
    Configuration configuration;

    @Inject
    ConcurrencyLimiter limiter;

    @Inject
    Metrics metrics;

    @Inject
    ModelHolder holder;

    @PostConstruct
    void createDecoder() {
        decoder = new DrawingDecoder(configuration.maxSide(), configuration.maxPixels());
    }

    /**
     * Predicts the character on one drawing.
     *
     * @param options what the result should contain
     * @param image supplies the bytes of an image file
     * @return the result
     * @throws ProblemException if the options do not suit the model, or there is no permit or no time
     */
    public PredictionResult predict(PredictionOptions options, Supplier<byte[]> image) {
        Deadline deadline = Deadline.in(configuration.deadline());
        int[] classes = classes(options);
        return limiter.run(() -> holder.use(model -> {
            Glyph glyph = glyph(model, image, deadline);
            Recognition recognition = recognize(model, List.of(glyph), deadline).get(0);
            return result(options, classes, glyph, recognition);
        }));
    }

    /**
     * Predicts the characters on many drawings and runs the network once for all of them.
     *
     * @param options what each result should contain
     * @param images supply the bytes of an image file each
     * @return a result or a problem for each image, in the same order
     * @throws ProblemException if the options do not suit the model, or there is no permit or no time
     */
    public List<BatchItem> predictAll(PredictionOptions options, List<Supplier<byte[]>> images) {
        Deadline deadline = Deadline.in(configuration.deadline());
        int[] classes = classes(options);
        return limiter.run(() -> holder.use(model -> {
            BatchItem[] items = new BatchItem[images.size()];
            TreeMap<Integer, Glyph> glyphs = new TreeMap<>();
            for (int i = 0; i < items.length; i++) {
                try {
                    glyphs.put(i, glyph(model, images.get(i), deadline));
                } catch (RuntimeException e) {
                    items[i] = new BatchItem(null, problemOfImage(e));
                }
            }
            if (!glyphs.isEmpty()) {
                var recognitions =
                        recognize(model, List.copyOf(glyphs.values()), deadline).iterator();
                glyphs.forEach((i, glyph) ->
                        items[i] = new BatchItem(result(options, classes, glyph, recognitions.next()), null));
            }
            return List.of(items);
        }));
    }

    /** A problem of one image becomes its answer. A fault of ours or a missed deadline fails the whole batch. */
    private static ProblemException problemOfImage(RuntimeException thrown) {
        return ProblemException.find(thrown)
                .filter(problem -> problem.problem() != Problem.TOO_LONG)
                .orElseThrow(() -> thrown);
    }

    /** The classes to rank. They depend on the model, so only here can the options be checked. */
    private int[] classes(PredictionOptions options) {
        return holder.use(model -> {
            int known = model.labels().size();
            // The default is valid for every model, even one with fewer classes.
            if (options.top() > Math.max(known, PredictionOptions.DEFAULT.top())) {
                throw new ProblemException(
                        Problem.BAD_OPTION, "top must be a whole number from 1 to %d.".formatted(known));
            }
            if (options.legibility() && model.descriptor().legibility().isEmpty()) {
                throw new ProblemException(Problem.BAD_OPTION, "This model cannot tell legibility.");
            }
            return model.labels().indices(options.charset());
        });
    }

    private Glyph glyph(LoadedModel model, Supplier<byte[]> image, Deadline deadline) {
        deadline.check();
        Drawing drawing = metrics.time("decode", () -> decoder.decode(image.get()));
        Ink ink = metrics.time("extract", () -> InkExtractor.extract(drawing));
        return metrics.time("normalise", () -> model.normalize(ink));
    }

    private List<Recognition> recognize(LoadedModel model, List<Glyph> glyphs, Deadline deadline) {
        deadline.check();
        return metrics.time("infer", () -> model.recognize(glyphs, LoadedModel.PREDICT));
    }

    private static PredictionResult result(
            PredictionOptions options, int[] classes, Glyph glyph, Recognition recognition) {
        return new PredictionResult(
                recognition.top(options.top(), classes),
                options.glyph() ? Optional.of(glyph.upright().png()) : Optional.empty(),
                options.legibility() ? recognition.legibility() : OptionalDouble.empty());
    }
}
