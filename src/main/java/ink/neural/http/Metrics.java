package ink.neural.http;

import ink.neural.recognition.Recognizer;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.util.Scheduler;
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
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** Counts and times what is done, for Prometheus to collect. */
@ApplicationScoped
public class Metrics {
    /** Seconds; a drawing takes a few milliseconds. */
    private static final double[] BUCKETS = {.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5
    };

    private final PrometheusRegistry registry = new PrometheusRegistry();

    private final Counter requests = Counter.builder()
            .name("neural_ink_requests_total")
            .help("Requests answered, by path and outcome: ok or the problem")
            .labelNames("path", "outcome")
            .register(registry);
    private final Histogram stages = Histogram.builder()
            .name("neural_ink_stage_seconds")
            .help("Time a drawing spends in each stage of its way")
            .labelNames("stage")
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .register(registry);
    private final Histogram total = Histogram.builder()
            .name("neural_ink_request_seconds")
            .help("Time from a request's headers to its answer, by path")
            .labelNames("path")
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .register(registry);
    private final Gauge inFlight = Gauge.builder()
            .name("neural_ink_in_flight")
            .help("Requests being answered")
            .register(registry);
    private final Counter rejected = Counter.builder()
            .name("neural_ink_rejected_total")
            .help("Requests sent away because there were too many at once")
            .register(registry);
    private final Info model = Info.builder()
            .name("neural_ink_model_info")
            .help("The loaded model")
            .labelNames("name", "version")
            .register(registry);

    @Inject
    Recognizer recognizer;

    /**
     * Adds the figures of the process: memory, threads, files, garbage collection. Not all that there are: to count
     * allocations, the library listens to Java for ever, which would keep our classes when the application has ended.
     */
    @PostConstruct
    void measureProcess() {
        ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmCompilationMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
    }

    /** Ends the library's clock. Each histogram starts it, also such as are never reset, and nothing else ends it. */
    @PreDestroy
    void stopClock() {
        try {
            Field clock = Scheduler.class.getDeclaredField("executor");
            clock.setAccessible(true);
            ((ExecutorService) clock.get(null)).shutdownNow();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of the library has another clock", e);
        }
    }

    /**
     * Does one stage of a drawing's way, and keeps the time.
     *
     * @param <T> what it results in
     * @param stage its name
     * @param work what is to do
     * @return its result
     */
    <T> T time(String stage, Supplier<T> work) {
        return stages.labelValues(stage).time(work);
    }

    /** A request came in. */
    void begin() {
        inFlight.inc();
    }

    /**
     * A request is answered.
     *
     * @param path one of few
     * @param outcome {@code ok} or a problem's name
     * @param seconds how long it took
     */
    void end(String path, String outcome, double seconds) {
        inFlight.dec();
        requests.labelValues(path, outcome).inc();
        total.labelValues(path).observe(seconds);
        if (outcome.equals(Problem.BUSY.slug())) {
            rejected.inc();
        }
    }

    /**
     * All figures.
     *
     * @return Prometheus' text format
     */
    byte[] text() {
        if (recognizer.isReady()) {
            model.setLabelValues(
                    recognizer.descriptor().name(), recognizer.descriptor().version());
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
