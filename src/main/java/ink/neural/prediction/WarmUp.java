package ink.neural.prediction;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Predicts a sample drawing many times at start, so that the JIT compiler has seen the code before the first request. */
@ApplicationScoped
public class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class.getName());
    /** After {@link ModelHolder#load}, which has the default priority. */
    private static final int AFTER_MODEL = 3000;

    private static final int RUNS = 200;
    private static final int TEXT_RUNS = 100;

    @Inject
    ModelHolder holder;

    @Inject
    PredictionService service;

    @Inject
    TextService textService;

    void run(@Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_MODEL) Object event) {
        if (!holder.isReady()) {
            return;
        }
        byte[] sample = sample();
        try {
            for (int i = 0; i < RUNS; i++) {
                service.predict(PredictionOptions.DEFAULT, () -> sample);
            }
            for (int i = 0; i < TEXT_RUNS && holder.canReadText(); i++) {
                textService.read(TextOptions.DEFAULT, () -> sample);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "The warm-up failed. The first requests will be slow.");
        }
    }

    /** A drawing of one character, as a PNG file. */
    static byte[] sample() {
        try (InputStream in = WarmUp.class.getResourceAsStream("sample.png")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
