package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.ImageFile;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Parses and decodes pictures, and does so when the limiter permits: a picture at once, a batch in slices. */
@ApplicationScoped
public class Pictures {
    /** The most weighted pixels of a small picture. Larger ones are large work for the limiter. */
    static final long SMALL = 1 << 20;

    private DrawingDecoder decoder;

    @Inject
    Configuration configuration;

    @Inject
    ConcurrencyLimiter limiter;

    @Inject
    Metrics metrics;

    @PostConstruct
    void createDecoder() {
        decoder = new DrawingDecoder(configuration.maxSide(), configuration.maxPixels());
    }

    /**
     * Does some work on one picture as soon as there is a permit. A large picture is parsed again, so that nothing but its
     * file is in memory while it waits.
     *
     * @param image supplies the bytes of an image file, twice if the picture is large
     */
    <T> T work(Deadline deadline, Supplier<byte[]> image, Function<ImageFile, T> work) {
        return limiter.run(() -> Optional.of(parse(image))
                        .filter(file -> file.weight() <= SMALL)
                        .map(work))
                .orElseGet(() -> limiter.runLarge(deadline, () -> work.apply(parse(image))));
    }

    /**
     * Does some work on each picture of a batch, which must run in the limiter. The files are parsed twice, so that only one
     * is in memory at a time.
     *
     * @param images supply the bytes of an image file each, twice
     * @return a result or a problem for each image, in the same order; the work is done when the stream comes to it
     * @throws ProblemException if the images have too many pixels together
     */
    <T> Stream<BatchItem<T>> workOnEach(Deadline deadline, List<Supplier<byte[]>> images, Function<ImageFile, T> work) {
        List<BatchItem<Weighed>> weighed = images.stream()
                .map(image -> BatchItem.of(image)
                        .then(file -> limiter.runSlice(
                                deadline, () -> new Weighed(file, parse(file).weight()))))
                .toList();
        requireWithinLimit(weighed);
        return weighed.stream()
                .map(item -> item.then(file -> limiter.runSlice(deadline, () -> work.apply(parse(file.image())))));
    }

    /** An image file and the weighted pixels of its picture. */
    private record Weighed(Supplier<byte[]> image, long weight) {}

    private void requireWithinLimit(List<BatchItem<Weighed>> items) {
        long pixels = items.stream()
                .mapToLong(item -> item.map(Weighed::weight, problem -> 0L))
                .sum();
        if (pixels > configuration.maxBatchPixels()) {
            throw new ProblemException(
                    Problem.BATCH_TOO_LARGE,
                    "The images of the batch have %d weighted pixels together. The limit is %d. Send several batches."
                            .formatted(pixels, configuration.maxBatchPixels()));
        }
    }

    private ImageFile parse(Supplier<byte[]> image) {
        return metrics.time("parse", () -> decoder.parse(image.get()));
    }

    Drawing decode(ImageFile file) {
        return metrics.time("decode", () -> decoder.decode(file));
    }
}
