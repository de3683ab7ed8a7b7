package ink.neural.prediction;

import ink.neural.config.Configuration;
import ink.neural.metrics.Metrics;

/** The use case without a container, for tests. */
public final class Predictions {
    private Predictions() {}

    /** A holder that has loaded the configured model. */
    public static ModelHolder holder(Configuration configuration) {
        ModelHolder holder = new ModelHolder();
        holder.configuration = configuration;
        holder.metrics = new Metrics();
        holder.load(null);
        return holder;
    }

    /** A service with its own limiter. */
    public static PredictionService service(Configuration configuration, ModelHolder holder) {
        PredictionService service = new PredictionService();
        service.configuration = configuration;
        service.limiter = new ConcurrencyLimiter(configuration);
        service.metrics = holder.metrics;
        service.holder = holder;
        service.createDecoder();
        return service;
    }
}
