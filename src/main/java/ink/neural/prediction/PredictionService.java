package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.drawing.ImageFile;
import ink.neural.metrics.Metrics;
import ink.neural.prediction.Predictor.Seen;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.LoadedModel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Predicts the character on a drawing: from the bytes of an image file to ranked characters. */
@ApplicationScoped
public class PredictionService {
    /** Drawings of a batch that the network recognises in one slice. They take it some 20 ms. */
    private static final int RECOGNIZED_AT_ONCE = 32;
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
            Task task = task(model, options, Predictor.MAX_INK_SIDE);
            return pictures.work(task.deadline(), image, file -> task.recognize(List.of(see(task, file)))
                    .get(0));
        });
    }

    private Seen see(Task task, ImageFile file) {
        task.deadline().check();
        return task.predictor().see(pictures.decode(file), file.reduction());
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
        return (int) Math.min(Predictor.MAX_INK_SIDE, Math.sqrt(MAX_INK_PIXELS / images));
    }

    private List<PredictionResult> recognizeAll(Task task, List<Seen> seen) {
        List<PredictionResult> results = new ArrayList<>();
        for (int i = 0; i < seen.size(); i += RECOGNIZED_AT_ONCE) {
            List<Seen> some = seen.subList(i, Math.min(i + RECOGNIZED_AT_ONCE, seen.size()));
            results.addAll(limiter.runSlice(task.deadline(), () -> task.recognize(some)));
        }
        return results;
    }

    /** Starts the clock, and checks the options. */
    private Task task(LoadedModel model, PredictionOptions options, int inkSide) {
        Deadline deadline = Deadline.in(configuration.deadline());
        return new Task(new Predictor(model, options, inkSide, metrics), deadline);
    }

    /** What a request asks for, and by when. */
    private record Task(Predictor predictor, Deadline deadline) {
        /** Recognises what was seen, unless the deadline has passed. */
        List<PredictionResult> recognize(List<Seen> seen) {
            deadline.check();
            return predictor.recognize(seen);
        }
    }
}
