package ink.neural.prediction;

import ink.neural.drawing.Drawing;
import ink.neural.glyph.Glyph;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import ink.neural.ink.InkPng;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.Example;
import ink.neural.recognition.Hand;
import ink.neural.recognition.Labels;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.Recognition;
import ink.neural.recognition.Recognition.Route;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Predicts the characters on drawings with one model. It knows neither permits nor deadlines. Those who share it with others
 * add them. Any number of threads may use it while the model is open.
 */
public final class Predictor {
    /** The longest side of the ink in a result, in pixels, unless many results are in memory. */
    public static final int MAX_INK_SIDE = 512;

    private final LoadedModel model;
    private final PredictionOptions options;
    private final Optional<Hand> hand;
    private final int[] classes;
    private final int inkSide;
    private final Metrics metrics;

    /**
     * A predictor for one kind of answer.
     *
     * @param model the model
     * @param options what each result should contain
     * @param inkSide the longest side of the ink in a result, in pixels
     * @param metrics records the time of each stage
     * @throws ProblemException with {@link Problem#BAD_OPTION} if the options do not suit the model
     * @throws ink.neural.recognition.InvalidCharsetException if the model does not know the charset
     */
    public Predictor(LoadedModel model, PredictionOptions options, int inkSide, Metrics metrics) {
        this.model = model;
        this.options = options;
        this.inkSide = inkSide;
        this.metrics = metrics;
        requireSupported();
        hand = options.examples().isEmpty() ? Optional.empty() : Optional.of(model.hand(options.examples()));
        Labels labels = hand.map(Hand::labels).orElse(model.labels());
        requireAtMost(labels.size());
        classes = labels.indices(options.charset());
    }

    private void requireAtMost(int known) {
        // The default is valid for every model, even one with fewer classes.
        if (options.top() > Math.max(known, PredictionOptions.DEFAULT.top())) {
            throw new ProblemException(Problem.BAD_OPTION, "top must be a whole number from 1 to %d.".formatted(known));
        }
    }

    /** Checks that the model can do what the options ask for. */
    private void requireSupported() {
        if (options.legibility() && model.descriptor().legibility().isEmpty()) {
            throw new ProblemException(Problem.BAD_OPTION, "This model cannot tell legibility.");
        }
        if (options.guides().isPresent() && model.descriptor().guides().isEmpty()) {
            throw new ProblemException(Problem.BAD_OPTION, "This model cannot use guides.");
        }
        if ((options.features() || !options.examples().isEmpty())
                && model.descriptor().fewShot().isEmpty()) {
            throw new ProblemException(
                    Problem.BAD_OPTION, "This model tells no features, so it can neither return nor use them.");
        }
        options.examples().forEach(this::requireOfThisModel);
    }

    private void requireOfThisModel(Example example) {
        if (!example.model().equals(model.nameAndVersion())) {
            throw new ProblemException(
                    Problem.BAD_OPTION,
                    "The features of an example are those of another model than %s. Ask for the features of its drawing anew."
                            .formatted(model.nameAndVersion()));
        }
        int size = model.descriptor().fewShot().orElseThrow().size();
        if (example.features().length != size) {
            throw new ProblemException(
                    Problem.BAD_OPTION, "The features of an example must be %d bytes in base64.".formatted(size));
        }
    }

    /**
     * What is kept of a picture until the network runs.
     *
     * @param glyph the glyph for the network
     * @param box the bounding box of the ink on the reduced picture
     * @param reduction how much the picture was reduced
     * @param ink the ink as a PNG file, if the options ask for it
     */
    public record Seen(Glyph glyph, Box box, int reduction, Optional<byte[]> ink) {}

    /**
     * Looks for the character on a drawing.
     *
     * @param drawing the drawing
     * @param reduction how much it was reduced when it was decoded
     * @return its glyph
     * @throws ink.neural.ink.EmptyDrawingException if no ink can be distinguished from the paper
     */
    public Seen see(Drawing drawing, int reduction) {
        Ink ink = metrics.time("extract", () -> InkExtractor.extract(drawing));
        Glyph glyph = metrics.time("normalise", () -> model.normalize(ink));
        return new Seen(
                glyph,
                ink.boundingBox(),
                reduction,
                options.ink() ? Optional.of(InkPng.of(ink, inkSide)) : Optional.empty());
    }

    /**
     * Recognises characters in one run of the network.
     *
     * @param seen what was seen on each drawing, at least one
     * @return a result for each, in the same order
     */
    public List<PredictionResult> recognize(List<Seen> seen) {
        List<Glyph> glyphs = seen.stream().map(Seen::glyph).toList();
        List<Recognition> recognitions = metrics.time("infer", () -> model.recognize(glyphs, LoadedModel.PREDICT));
        recognitions.stream()
                .flatMap(recognition -> recognition.route().stream())
                .map(Route::metric)
                .forEach(metrics::glyphRead);
        return IntStream.range(0, seen.size())
                .mapToObj(i -> result(seen.get(i), guided(seen.get(i), adapted(recognitions.get(i)))))
                .toList();
    }

    /**
     * What was seen on a picture, and what it is.
     *
     * @param seen what was seen
     * @param result the result
     */
    public record Predicted(Seen seen, PredictionResult result) {}

    /**
     * Predicts many pictures, whatever is wrong with some of them. The network runs once.
     *
     * @param pictures see a picture each, or fail
     * @return what was predicted, or a problem, for each picture in the same order
     */
    public List<BatchItem<Predicted>> predictEach(List<Callable<Seen>> pictures) {
        List<BatchItem<Seen>> items = pictures.stream().map(Predictor::tryToSee).toList();
        List<Seen> seen = items.stream()
                .flatMap(item -> item.map(Stream::of, problem -> Stream.<Seen>empty()))
                .toList();
        Iterator<PredictionResult> results =
                (seen.isEmpty() ? List.<PredictionResult>of() : recognize(seen)).iterator();
        return items.stream()
                .map(item -> item.then(any -> new Predicted(any, results.next())))
                .toList();
    }

    private static BatchItem<Seen> tryToSee(Callable<Seen> picture) {
        try {
            return BatchItem.of(picture.call());
        } catch (Exception e) { // whatever it is, the other pictures go on
            return new BatchItem<>(null, ProblemException.find(e).orElseGet(() -> unknown(e)));
        }
    }

    private static ProblemException unknown(Exception thrown) {
        return thrown instanceof IOException
                ? new ProblemException(Problem.NOT_AN_IMAGE, "The file cannot be read: " + thrown)
                : new ProblemException(Problem.INTERNAL, "The program failed on this picture: " + thrown);
    }

    private Recognition adapted(Recognition recognition) {
        return hand.map(person -> person.adapt(recognition)).orElse(recognition);
    }

    private Recognition guided(Seen seen, Recognition recognition) {
        return options.guides()
                .map(guides -> model.guide(recognition, guides.reduced(seen.reduction()), seen.box()))
                .orElse(recognition);
    }

    private PredictionResult result(Seen seen, Recognition recognition) {
        return new PredictionResult(
                recognition.top(options.top(), classes),
                options.glyph() ? Optional.of(seen.glyph().upright().png()) : Optional.empty(),
                seen.ink(),
                options.legibility() ? recognition.legibility() : OptionalDouble.empty(),
                options.features() ? recognition.features() : Optional.empty(),
                model.nameAndVersion());
    }
}
