package ink.neural.prediction;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.Sketch;
import ink.neural.config.Configuration;
import ink.neural.config.Configurations;
import ink.neural.drawing.Drawing;
import ink.neural.ink.InkExtractor;
import ink.neural.metrics.Metrics;
import ink.neural.recognition.LoadedModel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** The use case without a container, for tests. */
public final class Predictions {
    private Predictions() {}

    /** A configuration with a tiny model, which tells in which quarter of the glyph most of the ink is: a b above, c d below. */
    public static Configuration quarters(String... settings) {
        String[] model = {"neural.ink.models", "src/test/resources/models", "neural.ink.model", "upright"};
        return Configurations.of(
                Stream.concat(Stream.of(model), Stream.of(settings)).toArray(String[]::new));
    }

    /** A holder that has loaded the configured model. */
    public static ModelHolder holder(Configuration configuration) {
        ModelHolder holder = emptyHolder(configuration);
        holder.load(null);
        return holder;
    }

    /** A holder that has not loaded its model yet. */
    public static ModelHolder emptyHolder(Configuration configuration) {
        ModelHolder holder = new ModelHolder();
        holder.configuration = configuration;
        holder.metrics = new Metrics();
        holder.prepare();
        return holder;
    }

    /** What loads the models of a holder again. */
    public static ModelReloader reloader(Configuration configuration, ModelHolder holder) {
        ModelReloader reloader = new ModelReloader();
        reloader.configuration = configuration;
        reloader.holder = holder;
        return reloader;
    }

    /** Whether a model can still be used. */
    public static boolean canRecognize(LoadedModel model) {
        Drawing drawing = Sketch.paper().stroke(50, 50, 200, 200).drawing();
        return !model.recognize(model.normalize(InkExtractor.extract(drawing)))
                .top(1)
                .isEmpty();
    }

    /** Closes the model, as the container does when the application stops. */
    public static void close(ModelHolder holder) {
        holder.close();
    }

    /** Stops a limiter, as the container does when the application stops. */
    public static void shutDown(ConcurrencyLimiter limiter) throws InterruptedException {
        limiter.shutDown(null);
    }

    /** The metrics of a holder, which its service shares. */
    public static Metrics metrics(ModelHolder holder) {
        return holder.metrics;
    }

    /** A service with its own limiter. */
    public static PredictionService service(Configuration configuration, ModelHolder holder) {
        PredictionService service = new PredictionService();
        service.configuration = configuration;
        service.limiter = new ConcurrencyLimiter(configuration);
        service.pictures = pictures(configuration, service.limiter, holder);
        service.metrics = holder.metrics;
        service.holder = holder;
        return service;
    }

    /** A service for text with its own limiter. */
    public static TextService textService(Configuration configuration, ModelHolder holder) {
        TextService service = new TextService();
        service.configuration = configuration;
        service.limiter = new ConcurrencyLimiter(configuration);
        service.pictures = pictures(configuration, service.limiter, holder);
        service.metrics = holder.metrics;
        service.holder = holder;
        return service;
    }

    private static Pictures pictures(Configuration configuration, ConcurrencyLimiter limiter, ModelHolder holder) {
        Pictures pictures = new Pictures();
        pictures.configuration = configuration;
        pictures.limiter = limiter;
        pictures.metrics = holder.metrics;
        pictures.createDecoder();
        return pictures;
    }

    /**
     * Does something while all permits are taken and the queue is full.
     *
     * @param permits the limiter's permits
     * @param queue the limiter's queue, or 0 to leave it empty
     */
    public static void whileFull(ConcurrencyLimiter limiter, int permits, int queue, Executable action)
            throws Exception {
        ExecutorService clients = Executors.newCachedThreadPool();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(permits);
        for (int i = 0; i < permits; i++) {
            clients.submit(() -> limiter.run(() -> {
                taken.countDown();
                Concurrently.await(release);
                return null;
            }));
        }
        taken.await();
        for (int i = 0; i < queue; i++) {
            clients.submit(() -> limiter.run(() -> null));
        }
        while (queue > 0 && !limiter.isQueueFull()) {
            Thread.onSpinWait();
        }
        try {
            assertDoesNotThrow(action);
        } finally {
            release.countDown();
            clients.shutdown();
            assertTrue(clients.awaitTermination(1, TimeUnit.MINUTES), "the queue empties");
        }
    }

    /** Does something while large work holds a slot and a permit. */
    public static void whileLargeWorkRuns(ConcurrencyLimiter limiter, Executable action) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FutureTask<String> large = new FutureTask<>(() -> limiter.runLarge(() -> {
            started.countDown();
            Concurrently.await(release);
            return "done";
        }));
        new Thread(large).start();
        started.await();
        try {
            assertDoesNotThrow(action);
        } finally {
            release.countDown();
        }
        assertEquals("done", large.get());
    }
}
