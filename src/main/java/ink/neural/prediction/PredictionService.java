package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.ImageFile;
import ink.neural.glyph.Glyph;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import ink.neural.ink.InkPng;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Recognition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Predicts the character on a drawing: from the bytes of an image file to ranked characters. */
@ApplicationScoped
public class PredictionService {
    /** Drawings of a batch that the network recognises in one slice. They take it some 20 ms. */
    private static final int RECOGNIZED_AT_ONCE = 32;
    /** The longest side of the ink in a result, in pixels. */
    static final int MAX_INK_SIDE = 512;
    /** The pixels of all ink in the results of a batch. They limit the memory that an answer takes until it is sent. */
    private static final double MAX_INK_PIXELS = 2 << 20;

    @Inject
    Configuration configuration;

    @Inject
    Pictures pictures;

    @Inject
    ConcurrencyLimiter limiter;

    @Inject
    Metrics metrics;

    @Inject
    ModelHolder holder;

    /**
     * Predicts the character on one drawing.
     *
     * @param options what the result should contain
     * @param image supplies the bytes of an image file, twice if the picture is large
     * @return the result
     * @throws ProblemException if the options do not suit the model, or there is no permit or no time
     */
    public PredictionResult predict(PredictionOptions options, Supplier<byte[]> image) {
        return holder.use(model -> {
            Task task = task(model, options, MAX_INK_SIDE);
            return pictures.work(task.deadline(), image, file -> recognize(task, List.of(see(task, file)))
                    .get(0));
        });
    }

    /**
     * Predicts the characters on many drawings. It holds no permit between drawings.
     *
     * @param options what each result should contain
     * @param images supply the bytes of an image file each, twice
     * @return a result or a problem for each image, in the same order
     * @throws ProblemException if the options do not suit the model, the images have too many pixels together, or there is no
     *     permit or no time
     */
    public List<BatchItem<PredictionResult>> predictAll(PredictionOptions options, List<Supplier<byte[]>> images) {
        return holder.use(model -> {
            Task task = task(model, options, inkSide(images.size()));
            return limiter.runBatch(() -> predictAll(task, images));
        });
    }

    private List<BatchItem<PredictionResult>> predictAll(Task task, List<Supplier<byte[]>> images) {
        List<BatchItem<Seen>> items = pictures.workOnEach(task.deadline(), images, file -> see(task, file))
                .toList();
        List<Seen> seen = items.stream()
                .flatMap(item -> item.map(Stream::of, problem -> Stream.<Seen>empty()))
                .toList();
        Iterator<PredictionResult> results = recognizeAll(task, seen).iterator();
        return items.stream().map(item -> item.then(any -> results.next())).toList();
    }

    /** The longest side of the ink in the results of a batch. */
    static int inkSide(int images) {
        return (int) Math.min(MAX_INK_SIDE, Math.sqrt(MAX_INK_PIXELS / images));
    }

    private List<PredictionResult> recognizeAll(Task task, List<Seen> seen) {
        List<PredictionResult> results = new ArrayList<>();
        for (int i = 0; i < seen.size(); i += RECOGNIZED_AT_ONCE) {
            List<Seen> some = seen.subList(i, Math.min(i + RECOGNIZED_AT_ONCE, seen.size()));
            results.addAll(limiter.runSlice(task.deadline(), () -> recognize(task, some)));
        }
        return results;
    }

    /** Starts the clock. The classes to rank depend on the model, so only here can the options be checked. */
    private Task task(LoadedModel model, PredictionOptions options, int inkSide) {
        Deadline deadline = Deadline.in(configuration.deadline());
        int known = model.labels().size();
        // The default is valid for every model, even one with fewer classes.
        if (options.top() > Math.max(known, PredictionOptions.DEFAULT.top())) {
            throw new ProblemException(Problem.BAD_OPTION, "top must be a whole number from 1 to %d.".formatted(known));
        }
        if (options.legibility() && model.descriptor().legibility().isEmpty()) {
            throw new ProblemException(Problem.BAD_OPTION, "This model cannot tell legibility.");
        }
        if (options.guides().isPresent() && model.descriptor().guides().isEmpty()) {
            throw new ProblemException(Problem.BAD_OPTION, "This model cannot use guides.");
        }
        return new Task(model, options, model.labels().indices(options.charset()), inkSide, deadline);
    }

    private Seen see(Task task, ImageFile file) {
        task.deadline().check();
        Drawing drawing = pictures.decode(file);
        Ink ink = metrics.time("extract", () -> InkExtractor.extract(drawing));
        Glyph glyph = metrics.time("normalise", () -> task.model().normalize(ink));
        return new Seen(
                glyph,
                ink.boundingBox(),
                file.reduction(),
                task.options().ink() ? Optional.of(InkPng.of(ink, task.inkSide())) : Optional.empty());
    }

    private List<PredictionResult> recognize(Task task, List<Seen> seen) {
        task.deadline().check();
        List<Glyph> glyphs = seen.stream().map(Seen::glyph).toList();
        List<Recognition> recognitions =
                metrics.time("infer", () -> task.model().recognize(glyphs, LoadedModel.PREDICT));
        return IntStream.range(0, seen.size())
                .mapToObj(i -> task.result(seen.get(i), guided(task, seen.get(i), recognitions.get(i))))
                .toList();
    }

    private static Recognition guided(Task task, Seen seen, Recognition recognition) {
        return task.options()
                .guides()
                .map(guides -> task.model().guide(recognition, guides.reduced(seen.reduction()), seen.box()))
                .orElse(recognition);
    }

    /**
     * What is kept of a picture.
     *
     * @param glyph the glyph for the network
     * @param box the bounding box of the ink on the reduced picture
     * @param reduction how much the picture was reduced
     * @param ink the ink as a PNG file, if the options ask for it
     */
    private record Seen(Glyph glyph, Box box, int reduction, Optional<byte[]> ink) {}

    /** What a request asks for: the model, the indices of the characters to rank, the longest side of the ink, and a deadline. */
    private record Task(LoadedModel model, PredictionOptions options, int[] classes, int inkSide, Deadline deadline) {
        PredictionResult result(Seen seen, Recognition recognition) {
            return new PredictionResult(
                    recognition.top(options.top(), classes),
                    options.glyph() ? Optional.of(seen.glyph().upright().png()) : Optional.empty(),
                    seen.ink(),
                    options.legibility() ? recognition.legibility() : OptionalDouble.empty(),
                    model.nameAndVersion());
        }
    }
}
