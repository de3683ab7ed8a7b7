package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.config.Configuration;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionResult;
import ink.neural.prediction.PredictionService;
import ink.neural.prediction.Predictions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    /** A service that counts predictions and decodes what it is given. */
    private static final class CountingService extends PredictionService {
        private final AtomicInteger predictions = new AtomicInteger();
        private final RuntimeException failure;

        CountingService(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public PredictionResult predict(PredictionOptions options, Supplier<byte[]> image) {
            predictions.incrementAndGet();
            if (failure != null) {
                throw failure;
            }
            assertEquals(
                    280, new DrawingDecoder(1000, 1_000_000).decode(image.get()).width());
            return new PredictionResult(
                    List.of(), Optional.empty(), Optional.empty(), OptionalDouble.empty(), Optional.empty(), "a model");
        }
    }

    private static int predictions(ModelHolder holder, RuntimeException failure) {
        CountingService service = new CountingService(failure);
        Configuration configuration = Predictions.quarters();
        WarmUp warmUp = new WarmUp();
        warmUp.holder = holder;
        warmUp.reader = new JsonRequestReader(configuration, new ConcurrencyLimiter(configuration));
        warmUp.service = service;
        assertFalse(warmUp.isOver());
        assertDoesNotThrow(warmUp::run);
        assertTrue(warmUp.isOver());
        return service.predictions.get();
    }

    @Test
    void sampleIsPredictedManyTimes() {
        ModelHolder holder = Predictions.holder(Predictions.quarters());
        assertEquals(200, predictions(holder, null));
        Predictions.close(holder);
    }

    @Test
    void nothingIsPredictedWithoutAModel() {
        Configuration configuration = Predictions.quarters("neural.ink.model", "nowhere");
        assertEquals(0, predictions(Predictions.holder(configuration), null));
    }

    @Test
    void failureDoesNotStopTheApplication() {
        ModelHolder holder = Predictions.holder(Predictions.quarters());
        assertEquals(1, predictions(holder, new IllegalStateException("a test of the warm-up")));
        Predictions.close(holder);
    }

    @Test
    void warmUpEndsWhenTheApplicationStops() throws InterruptedException {
        ModelHolder holder = Predictions.holder(Predictions.quarters());
        WarmUp warmUp = new WarmUp();
        CountingService service = new CountingService(null);
        warmUp.holder = holder;
        warmUp.service = service;
        warmUp.stop(null);
        warmUp.run();
        assertEquals(0, service.predictions.get());
        Predictions.close(holder);
    }
}
