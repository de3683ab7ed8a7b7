package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import ink.neural.ink.InkPng;
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
    /** The longest side of the ink in a result, in pixels. */
    static final int MAX_INK_SIDE = 512;
    /** The pixels of all ink in the results of a batch. They limit the memory that the results take. */
    private static final double MAX_INK_PIXELS = 8 << 20;

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
            Seen seen = see(model, image, options.ink(), MAX_INK_SIDE, deadline);
            Recognition recognition =
                    recognize(model, List.of(seen.glyph()), deadline).get(0);
            return result(options, classes, seen, recognition);
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
        int inkSide = (int) Math.min(MAX_INK_SIDE, Math.sqrt(MAX_INK_PIXELS / images.size()));
        return limiter.run(() -> holder.use(model -> {
            BatchItem[] items = new BatchItem[images.size()];
            TreeMap<Integer, Seen> seen = new TreeMap<>();
            for (int i = 0; i < items.length; i++) {
                try {
                    seen.put(i, see(model, images.get(i), options.ink(), inkSide, deadline));
                } catch (RuntimeException e) {
                    items[i] = new BatchItem(null, problemOfImage(e));
                }
            }
            if (!seen.isEmpty()) {
                List<Glyph> glyphs = seen.values().stream().map(Seen::glyph).toList();
                var recognitions = recognize(model, glyphs, deadline).iterator();
                seen.forEach(
                        (i, one) -> items[i] = new BatchItem(result(options, classes, one, recognitions.next()), null));
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

    private Seen see(LoadedModel model, Supplier<byte[]> image, boolean withInk, int inkSide, Deadline deadline) {
        deadline.check();
        Drawing drawing = metrics.time("decode", () -> decoder.decode(image.get()));
        Ink ink = metrics.time("extract", () -> InkExtractor.extract(drawing));
        Glyph glyph = metrics.time("normalise", () -> model.normalize(ink));
        return new Seen(glyph, withInk ? Optional.of(InkPng.of(ink, inkSide)) : Optional.empty());
    }

    private List<Recognition> recognize(LoadedModel model, List<Glyph> glyphs, Deadline deadline) {
        deadline.check();
        return metrics.time("infer", () -> model.recognize(glyphs, LoadedModel.PREDICT));
    }

    private static PredictionResult result(
            PredictionOptions options, int[] classes, Seen seen, Recognition recognition) {
        return new PredictionResult(
                recognition.top(options.top(), classes),
                options.glyph() ? Optional.of(seen.glyph().upright().png()) : Optional.empty(),
                seen.ink(),
                options.legibility() ? recognition.legibility() : OptionalDouble.empty());
    }

    /** What is kept of a picture: the glyph for the network, and the ink as a PNG file if the options ask for it. */
    private record Seen(Glyph glyph, Optional<byte[]> ink) {}
}
