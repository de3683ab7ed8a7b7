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
import ink.neural.text.Line;
import ink.neural.text.TextReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
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
        Task task = task(options, PredictionService.MAX_INK_SIDE);
        Text text = pictures.work(task.deadline(), image, file -> readIfShort(task, see(task, file)));
        return text.isRead() ? text.result(options) : limiter.runBatch(() -> readInSlices(task, text));
    }

    /**
     * Reads the texts on many pictures. It holds no permit between two pictures or lines.
     *
     * @param options what each text may be, and what each result should contain
     * @param images supply the bytes of an image file each, twice
     * @return a result or a problem for each image, in the same order
     * @throws ProblemException if there is no text model, the options do not suit it, the images have too many pixels or too
     *     much text together, or there is no permit or no time
     */
    public List<BatchItem<TextResult>> readAll(TextOptions options, List<Supplier<byte[]>> images) {
        Task task = task(options, PredictionService.inkSide(images.size()));
        return limiter.runBatch(() -> {
            List<BatchItem<Text>> texts = pictures.workOnEach(task.deadline(), images, file -> see(task, file));
            requireWithinLimit(texts);
            return texts.stream()
                    .map(item -> item.then(text -> readInSlices(task, text)))
                    .toList();
        });
    }

    private static void requireWithinLimit(List<BatchItem<Text>> texts) {
        int columns = texts.stream()
                .mapToInt(item -> item.map(Text::columns, problem -> 0))
                .sum();
        if (columns > TextReader.MAX_COLUMNS) {
            throw new ProblemException(
                    Problem.TOO_MUCH_TEXT,
                    "The images of the batch have %d columns of text together, at the height that the model reads. The limit is %d. Send several batches."
                            .formatted(columns, TextReader.MAX_COLUMNS));
        }
    }

    /** Starts the clock, and checks the options against the model. */
    private Task task(TextOptions options, int inkSide) {
        Deadline deadline = Deadline.in(configuration.deadline());
        return holder.useTextReader(reader -> {
            if (options.legibility() && reader.descriptor().legibility().isEmpty()) {
                throw new ProblemException(Problem.BAD_OPTION, "This text model cannot tell legibility.");
            }
            return new Task(options, decodingOptions(options, reader), inkSide, deadline);
        });
    }

    private static DecodingOptions decodingOptions(TextOptions options, TextReader reader) {
        return new DecodingOptions(
                options.charset().map(reader::charset),
                options.pattern()
                        .map(pattern -> FieldPattern.compile(
                                pattern, reader.descriptor().alphabet())),
                options.words().map(WordList::new),
                options.dictionary(),
                options.before());
    }

    private Text see(Task task, ImageFile file) {
        task.deadline().check();
        Drawing drawing = pictures.decode(file);
        TextInk ink = metrics.time("extract", () -> InkExtractor.extractText(drawing));
        List<Line> lines = metrics.time("segment", () -> holder.useTextReader(reader -> reader.lines(ink)));
        return new Text(
                lines,
                List.of(),
                file.reduction(),
                task.options().ink() ? Optional.of(InkPng.of(ink.ink(), task.inkSide())) : Optional.empty());
    }

    private Text readIfShort(Task task, Text text) {
        return text.columns() > SHORT ? text : readLines(text, next -> readLine(task, next));
    }

    private TextResult readInSlices(Task task, Text text) {
        return readLines(text, next -> limiter.runSlice(task.deadline(), () -> readLine(task, next)))
                .result(task.options());
    }

    private static Text readLines(Text text, UnaryOperator<Text> readLine) {
        Text progress = text;
        while (!progress.isRead()) {
            progress = readLine.apply(progress);
        }
        return progress;
    }

    private Text readLine(Task task, Text text) {
        task.deadline().check();
        DecodingOptions decoding =
                task.decoding().withBefore(text.before(task.decoding().before()));
        return text.with(metrics.time(
                "read",
                () -> holder.useTextReader(reader ->
                        reader.read(text.nextLine(), decoding, task.options().top()))));
    }

    /** What a request asks for: the constraints in the form of the decoder, the longest side of the ink, and a deadline. */
    private record Task(TextOptions options, DecodingOptions decoding, int inkSide, Deadline deadline) {}
}
