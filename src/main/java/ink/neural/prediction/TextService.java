package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.decoding.DecodingOptions;
import ink.neural.decoding.FieldPattern;
import ink.neural.decoding.WordList;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.ImageFile;
import ink.neural.ink.InkExtractor;
import ink.neural.ink.InkPng;
import ink.neural.ink.TextInk;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.text.Frames;
import ink.neural.text.Line;
import ink.neural.text.TextReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Reads the text on a picture: from the bytes of an image file to lines of text.
 *
 * <p>The network is most of the work, and its work grows with the columns of the lines. A short text is read with the permit
 * that its picture was decoded with. A longer one is read line by line, as a batch is, so that drawings need not wait for it.
 */
@ApplicationScoped
public class TextService {
    /** The most columns of a short text. The network takes some 40 ms for them. */
    private static final int SHORT = 640;

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
     * Reads the text on one picture.
     *
     * @param options what the text may be, and what the result should contain
     * @param image supplies the bytes of an image file, twice if the picture is large
     * @return the result
     * @throws ProblemException if there is no text model, the options do not suit it, there is too much text, no text
     *     satisfies the options, or there is no permit or no time
     */
    public TextResult read(TextOptions options, Supplier<byte[]> image) {
        return withTask(options, Predictor.MAX_INK_SIDE, task -> {
            Text text = pictures.work(task.deadline(), image, file -> readIfShort(task, see(task, file)));
            return text.isRead() ? task.result(text) : limiter.runBatch(() -> readInSlices(task, text));
        });
    }

    /**
     * Reads the texts on many pictures, one after the other. It holds no permit between two pictures or lines. Only one picture
     * is in memory at a time.
     *
     * @param options what each text may be, and what each result should contain
     * @param images supply the bytes of an image file each, twice
     * @return a result or a problem for each image, in the same order
     * @throws ProblemException if there is no text model, the options do not suit it, the images have too many pixels
     *     together, or there is no permit or no time
     */
    public List<BatchItem<TextResult>> readAll(TextOptions options, List<Supplier<byte[]>> images) {
        return withTask(
                options,
                PredictionService.inkSide(images.size()),
                task -> limiter.runBatch(() -> readAll(task, images)));
    }

    private List<BatchItem<TextResult>> readAll(Task task, List<Supplier<byte[]>> images) {
        AtomicInteger columnsLeft = new AtomicInteger(TextReader.MAX_COLUMNS);
        return pictures.workOnEach(task.deadline(), images, file -> see(task, file))
                .map(item -> item.then(text -> readInSlices(task, withinLimit(text, columnsLeft))))
                .toList();
    }

    /** The texts of a batch may have as many columns together as one alone. */
    private static Text withinLimit(Text text, AtomicInteger columnsLeft) {
        if (columnsLeft.addAndGet(-text.columns()) < 0) {
            throw new ProblemException(
                    Problem.TOO_MUCH_TEXT,
                    "The batch up to this image has more than %d columns of text, at the height that the model reads. Send several batches."
                            .formatted(TextReader.MAX_COLUMNS));
        }
        return text;
    }

    /** Starts the clock, checks the options against the model, and does the work while the model is not replaced. */
    private <T> T withTask(TextOptions options, int inkSide, Function<Task, T> work) {
        Deadline deadline = Deadline.in(configuration.deadline());
        Optional<WordList> words = options.words().map(list -> limiter.run(() -> new WordList(list)));
        return holder.useTextReader(reader -> {
            if (options.legibility() && reader.descriptor().legibility().isEmpty()) {
                throw new ProblemException(Problem.BAD_OPTION, "This text model cannot tell legibility.");
            }
            return work.apply(new Task(reader, options, decodingOptions(options, words, reader), inkSide, deadline));
        });
    }

    private static DecodingOptions decodingOptions(TextOptions options, Optional<WordList> words, TextReader reader) {
        return new DecodingOptions(
                options.charset().map(reader::charset),
                options.pattern()
                        .map(pattern -> FieldPattern.compile(
                                pattern, reader.descriptor().alphabet())),
                words,
                options.dictionary(),
                options.before());
    }

    private Text see(Task task, ImageFile file) {
        task.deadline().check();
        Drawing drawing = pictures.decode(file);
        TextInk ink = metrics.time("extract", () -> InkExtractor.extractText(drawing));
        List<Line> lines = metrics.time("segment", () -> task.reader().lines(ink));
        return new Text(
                lines,
                List.of(),
                file.reduction(),
                task.options().ink() ? Optional.of(InkPng.of(ink.ink(), task.inkSide())) : Optional.empty());
    }

    private Text readIfShort(Task task, Text text) {
        return text.columns() > SHORT ? text : readLines(text, next -> decode(task, next, infer(task, next)));
    }

    /** Runs the network over a line in one slice, and the decoder in another. */
    private TextResult readInSlices(Task task, Text text) {
        return task.result(readLines(text, next -> {
            Frames frames = limiter.runSlice(task.deadline(), () -> infer(task, next));
            return limiter.runSlice(task.deadline(), () -> decode(task, next, frames));
        }));
    }

    private static Text readLines(Text text, UnaryOperator<Text> readNext) {
        Text progress = text;
        while (!progress.isRead()) {
            progress = readNext.apply(progress);
        }
        return progress;
    }

    private Frames infer(Task task, Text text) {
        task.deadline().check();
        return metrics.time("infer", () -> task.reader().infer(text.nextLine(), task.decoding()));
    }

    private Text decode(Task task, Text text, Frames frames) {
        task.deadline().check();
        DecodingOptions options =
                task.decoding().withBefore(text.before(task.decoding().before()));
        return text.with(metrics.time("search", () -> task.reader()
                .decode(text.nextLine(), frames, options, task.options().top())));
    }

    /** What a request asks for: the constraints in the form of the decoder, the longest side of the ink, and a deadline. */
    private record Task(
            TextReader reader, TextOptions options, DecodingOptions decoding, int inkSide, Deadline deadline) {
        TextResult result(Text text) {
            return text.result(options, reader.model().nameAndVersion());
        }
    }
}
