package ink.neural.metrics;

import ink.neural.workaround.PrometheusScheduler;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmCompilationMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The metrics of the service, for Prometheus. */
@ApplicationScoped
public class Metrics {
    /** The content type of {@link #scrape}. */
    public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    /** Seconds. A drawing takes a few milliseconds. */
    private static final double[] BUCKETS = {.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();

    private final Counter requests = Counter.builder()
            .name("neural_ink_requests_total")
            .help("Requests answered, by path and outcome: ok or the problem")
            .labelNames("path", "outcome")
            .withoutExemplars()
            .register(registry);
    private final Histogram requestSeconds = Histogram.builder()
            .name("neural_ink_request_seconds")
            .help("Time from the complete body of a request to its answer, by path")
            .labelNames("path")
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(BUCKETS)
            .register(registry);
    private final Gauge inFlight = Gauge.builder()
            .name("neural_ink_in_flight")
            .help("Requests in progress")
            .withoutExemplars()
            .register(registry);
    private final Histogram stageSeconds = Histogram.builder()
            .name("neural_ink_stage_seconds")
            .help("Time of each stage of a prediction: parse, decode, extract, normalise, infer, segment, search")
            .labelNames("stage")
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(BUCKETS)
            .register(registry);
    private final Counter glyphs = Counter.builder()
            .name("neural_ink_glyphs_total")
            .help(
                    "Glyphs that a cascade has read, by route: first for those that its first network was sure of, else both")
            .labelNames("route")
            .withoutExemplars()
            .register(registry);
    private final Info model = Info.builder()
            .name("neural_ink_model_info")
            .help("The loaded models")
            .labelNames("name", "version")
            .register(registry);
    private final Counter modelLoads = Counter.builder()
            .name("neural_ink_model_loads_total")
            .help("Models whose files were read, by the name of the descriptor and outcome: loaded, refused or removed")
            .labelNames("model", "outcome")
            .register(registry);
    private final Info modelRefused = Info.builder()
            .name("neural_ink_model_refused_info")
            .help("The models whose newest files cannot be used, and why")
            .labelNames("model", "reason")
            .register(registry);
    /** The reason that is shown of each model. Guarded by {@link #modelRefused}. */
    private final Map<String, String> refusals = new HashMap<>();

    /**
     * Adds the metrics of the process. The client's allocation metrics are left out: they register a listener that
     * would keep the classes of an undeployed application in memory.
     */
    @PostConstruct
    void registerProcessMetrics() {
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmCompilationMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
    }

    @PreDestroy
    void close() {
        PrometheusScheduler.shutDown();
    }

    /**
     * Records that a model is loaded.
     *
     * @param name its name
     * @param version its version
     */
    public void modelLoaded(String name, String version) {
        model.addLabelValues(name, version);
    }

    /**
     * Records that a model is no longer loaded.
     *
     * @param name its name
     * @param version its version
     */
    public void modelRemoved(String name, String version) {
        model.remove(name, version);
    }

    /**
     * Records that the newest files of a model are in use, or that it has none any more.
     *
     * @param descriptor the name of its descriptor
     * @param outcome {@code loaded} or {@code removed}
     */
    public void modelAccepted(String descriptor, String outcome) {
        modelLoads.labelValues(descriptor, outcome).inc();
        showRefusal(descriptor, Optional.empty());
    }

    /**
     * Records that the newest files of a model cannot be used.
     *
     * @param descriptor the name of its descriptor
     * @param reason why
     */
    public void modelRefused(String descriptor, String reason) {
        modelLoads.labelValues(descriptor, "refused").inc();
        showRefusal(descriptor, Optional.of(reason));
    }

    private void showRefusal(String descriptor, Optional<String> refusal) {
        synchronized (modelRefused) {
            Optional.ofNullable(refusals.remove(descriptor)).ifPresent(old -> modelRefused.remove(descriptor, old));
            refusal.ifPresent(reason -> {
                refusals.put(descriptor, reason);
                modelRefused.addLabelValues(descriptor, reason);
            });
        }
    }

    /** Records the start of a request. */
    public void requestStarted() {
        inFlight.inc();
    }

    /** Records that a request which has started waits for its body. It will start again. */
    public void requestWaits() {
        inFlight.dec();
    }

    /**
     * Records the end of a request.
     *
     * @param path one of a few paths, since each value costs memory
     * @param outcome {@code ok} or the name of the problem
     * @param seconds duration
     */
    public void requestEnded(String path, String outcome, double seconds) {
        inFlight.dec();
        requests.labelValues(path, outcome).inc();
        requestSeconds.labelValues(path).observe(seconds);
    }

    /**
     * Runs one stage of a prediction and records its duration.
     *
     * @param <T> type of the result
     * @param stage name of the stage
     * @param work the work
     * @return the result of the work
     */
    public <T> T time(String stage, Supplier<T> work) {
        return stageSeconds.labelValues(stage).time(work);
    }

    /**
     * Records that a cascade has read a glyph.
     *
     * @param route which of its networks have read it, {@code first} or {@code both}
     */
    public void glyphRead(String route) {
        glyphs.labelValues(route).inc();
    }

    /**
     * All metrics.
     *
     * @return text in Prometheus' exposition format
     */
    public byte[] scrape() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
