package ink.neural.bulk;

import ink.neural.config.Configuration;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.prediction.BatchItem;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionResult;
import ink.neural.prediction.Predictor;
import ink.neural.prediction.Predictor.Predicted;
import ink.neural.prediction.Predictor.Seen;
import ink.neural.recognition.Example;
import ink.neural.recognition.Labels;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** One run over some files: from each picture to its line in the file of answers, which a later run can continue. */
final class BulkRun {
    private static final long MIB = 1 << 20;
    private static final double NANOS_PER_SECOND = 1e9;
    /** Answers of an earlier run that are compared with those of this run. */
    private static final int COMPARED = 32;

    private final int maxFile;
    private final DrawingDecoder decoder;
    private final Labels classes;
    /** The characters that an answer can have. */
    private final Set<String> known;

    private final Predictor predictor;
    private final AnswerFormat format;
    private final Optional<LabelSource> labelSource;
    private final Tally tally = new Tally();
    private long answered;
    private int compared;

    /**
     * A run.
     *
     * @param configuration limits the pictures
     * @param classes the characters that the model knows
     * @param options what the answers contain
     * @param predictor predicts the pictures
     * @param format writes the answers
     * @param labelSource where the true characters come from, unless the input itself says so
     */
    BulkRun(
            Configuration configuration,
            Labels classes,
            PredictionOptions options,
            Predictor predictor,
            AnswerFormat format,
            Optional<LabelSource> labelSource) {
        this.maxFile = configuration.maxBody();
        this.decoder = new DrawingDecoder(configuration.maxSide(), configuration.maxPixels());
        this.classes = classes;
        this.known = Stream.concat(
                        classes.characters().stream(),
                        options.examples().stream().map(Example::label))
                .collect(Collectors.toSet());
        this.predictor = predictor;
        this.format = format;
        this.labelSource = labelSource;
    }

    /** A picture, its line, and what the tally needs. */
    private record Answer(Picture picture, AnswerLine line, Optional<Glyph> glyph) {}

    /**
     * Answers all pictures that have no answer yet.
     *
     * @param files the input
     * @param upright whether the pictures in IDX files are upright
     * @param threads batches that are worked on at once
     * @param answers where the answers go
     * @return what became of the pictures, those of earlier runs included
     * @throws BulkException if the answers are not those of this input
     */
    Tally run(Inputs files, boolean upright, int threads, AnswerFile answers) throws InterruptedException {
        long start = System.nanoTime();
        try (ProgressBar progress = Progress.builder("pictures", files.bytes())
                        .setUnit(" MiB", MIB)
                        .build();
                Pipeline<Answer> pipeline = new Pipeline<>(threads, this::answer)) {
            PictureReader reader = new PictureReader(maxFile, classes.characters(), upright, progress::stepBy);
            pipeline.run(pictures -> read(files, reader, answers, pictures), answer -> {
                answers.append(answer.line().text());
                tally.add(answer.picture().label(), answer.line().outcome(), answer.glyph());
                double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
                progress.setExtraMessage("%,d (%,.0f/s)".formatted(tally.pictures(), ++answered / seconds));
            });
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
        return tally;
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return BulkException.outOfMemory();
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    /** Reads all pictures, and passes on those that have no answer yet. */
    private void read(Inputs files, PictureReader reader, AnswerFile answers, Consumer<Picture> pictures) {
        files.forEach(found -> reader.read(found, picture -> pass(picture, answers, pictures)));
        answers.nextWritten().ifPresent(written -> {
            throw new BulkException(
                    "The file has an answer for %s, which is not in the input. Choose another file, or use"
                                    .formatted(written.outcome().source())
                            + " --overwrite.");
        });
    }

    /** If memory runs out here, that is no fault of the file that is being read. */
    private void pass(Picture read, AnswerFile answers, Consumer<Picture> pictures) {
        try {
            Picture picture = read.labelled(label(read));
            answers.nextWritten().ifPresentOrElse(written -> skip(picture, written), () -> pictures.accept(picture));
        } catch (OutOfMemoryError e) {
            throw BulkException.outOfMemory();
        }
    }

    private void skip(Picture picture, AnswerLine written) {
        Outcome outcome = written.outcome();
        if (!outcome.source().equals(picture.source())) {
            throw new BulkException(
                    "The file has an answer for %s where the input has %s. Choose another file, or use --overwrite."
                            .formatted(outcome.source(), picture.source()));
        }
        if (outcome.problem() == null && compared++ < COMPARED) {
            requireSame(picture, written);
        }
        tally.add(picture.label(), outcome, Optional.empty());
    }

    /** Other options, or another model, show in the answers. */
    private void requireSame(Picture picture, AnswerLine written) {
        if (!written.agreesWith(answer(List.of(picture)).get(0).line())) {
            throw new BulkException(
                    "The file's answer for %s is not the one of this run: the options, the model or the picture were others."
                                    .formatted(picture.source())
                            + " Choose another file, or use --overwrite.");
        }
    }

    private Optional<String> label(Picture picture) {
        return picture.label()
                .or(() -> labelSource.flatMap(from -> from.label(picture.source())))
                .filter(known::contains);
    }

    private List<Answer> answer(List<Picture> pictures) {
        List<BatchItem<Predicted>> items = predictor.predictEach(pictures.stream()
                .<Callable<Seen>>map(picture -> () -> see(picture))
                .toList());
        return IntStream.range(0, pictures.size())
                .mapToObj(i -> answer(pictures.get(i), items.get(i)))
                .toList();
    }

    private Seen see(Picture picture) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) { // a batch of large pictures would delay the end of the run
            throw new InterruptedException();
        }
        return picture.see(predictor, decoder);
    }

    private Answer answer(Picture picture, BatchItem<Predicted> item) {
        BatchItem<PredictionResult> result = item.map(
                predicted -> new BatchItem<>(predicted.result(), null), problem -> new BatchItem<>(null, problem));
        return new Answer(
                picture,
                new AnswerLine(format.line(picture.source(), result), Outcome.of(picture.source(), result)),
                item.map(predicted -> Optional.of(predicted.seen().glyph()), problem -> Optional.empty()));
    }
}
