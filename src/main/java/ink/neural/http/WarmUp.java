package ink.neural.http;

import ink.neural.api.OptionReader;
import ink.neural.api.PredictAnswer;
import ink.neural.api.RequestOptions;
import ink.neural.api.TextAnswer;
import ink.neural.drawing.DataUrl;
import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionService;
import ink.neural.prediction.SampleDrawing;
import ink.neural.prediction.TextOptions;
import ink.neural.prediction.TextService;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers a sample many times at start, from the JSON of the request to that of the answer, so that the JIT compiler has seen
 * the code before the program is ready. Meanwhile the program already answers requests, so a script that starts the server can
 * warm the server up as well.
 */
@ApplicationScoped
public class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class.getName());
    private static final Jsonb JSONB = JsonbBuilder.create();
    /** After {@link ModelHolder} has loaded the models, with the default priority. */
    private static final int AFTER_MODEL = 3000;

    private static final int RUNS = 200;
    private static final int TEXT_RUNS = 100;

    private static final int STOP_MILLIS = 2000;

    private final Thread thread = new Thread(this::run, "neural-ink-warm-up");
    private volatile boolean over;

    @Inject
    ModelHolder holder;

    @Inject
    JsonRequestReader reader;

    @Inject
    PredictionService service;

    @Inject
    TextService textService;

    void start(@Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_MODEL) Object event) {
        thread.setDaemon(true);
        thread.setContextClassLoader(WarmUp.class.getClassLoader());
        thread.start();
    }

    /**
     * Whether the warm-up is over. It may have failed, which is no reason not to answer.
     *
     * @return false while samples are being answered
     */
    public boolean isOver() {
        return over;
    }

    void run() {
        try {
            answerSamples();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "The warm-up failed. The first requests will be slow.");
        } finally {
            over = true;
        }
    }

    private void answerSamples() {
        byte[] json = "{\"image\":\"%s\"}"
                .formatted(DataUrl.encode("image/png", SampleDrawing.png()))
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < RUNS && holder.isReady() && !over; i++) {
            predict(json);
        }
        for (int i = 0; i < TEXT_RUNS && holder.canReadText() && !over; i++) {
            read(json);
        }
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) throws InterruptedException {
        over = true;
        thread.join(STOP_MILLIS);
    }

    private void predict(byte[] json) {
        PredictRequest<PredictionOptions> request = request(json, RequestOptions.CHARACTER);
        JSONB.toJson(PredictAnswer.of(service.predict(request.options(), request.file())));
    }

    private void read(byte[] json) {
        PredictRequest<TextOptions> request = request(json, RequestOptions.TEXT);
        JSONB.toJson(TextAnswer.of(textService.read(request.options(), request.file())));
    }

    private <O> PredictRequest<O> request(byte[] json, OptionReader<O> options) {
        RequestBody body = RequestBody.of(MediaType.APPLICATION_JSON, new ByteArrayInputStream(json));
        return PredictRequest.of(body, options, parameter -> null, reader);
    }
}
