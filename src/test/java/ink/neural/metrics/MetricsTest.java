package ink.neural.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    private List<String> lines() {
        return new String(metrics.scrape(), StandardCharsets.UTF_8).lines().toList();
    }

    private void assertHas(String line) {
        assertTrue(lines().contains(line), () -> line + " is not among " + lines());
    }

    @Test
    void nothingIsCountedAtFirst() {
        assertEquals(
                List.of(
                        "# HELP neural_ink_in_flight Requests in progress",
                        "# TYPE neural_ink_in_flight gauge",
                        "neural_ink_in_flight 0.0"),
                lines());
    }

    @Test
    void requestsAreCountedByPathAndOutcome() {
        metrics.requestStarted();
        metrics.requestStarted();
        metrics.requestStarted();
        assertHas("neural_ink_in_flight 3.0");
        metrics.requestEnded("/predict", "ok", 0.002);
        metrics.requestEnded("/predict", "busy", 0.0001);
        assertHas("neural_ink_in_flight 1.0");
        assertHas("# TYPE neural_ink_requests_total counter");
        assertHas("neural_ink_requests_total{outcome=\"ok\",path=\"/predict\"} 1.0");
        assertHas("neural_ink_requests_total{outcome=\"busy\",path=\"/predict\"} 1.0");
        assertHas("# TYPE neural_ink_request_seconds histogram");
        assertHas("neural_ink_request_seconds_bucket{path=\"/predict\",le=\"1.0E-4\"} 1");
        assertHas("neural_ink_request_seconds_bucket{path=\"/predict\",le=\"0.001\"} 1");
        assertHas("neural_ink_request_seconds_bucket{path=\"/predict\",le=\"0.0025\"} 2");
        assertHas("neural_ink_request_seconds_bucket{path=\"/predict\",le=\"+Inf\"} 2");
        assertHas("neural_ink_request_seconds_count{path=\"/predict\"} 2");
    }

    @Test
    void refusalsAreCountedOnce() {
        metrics.requestStarted();
        metrics.requestEnded("/predict", "busy", 0);
        assertFalse(lines().stream().anyMatch(line -> line.contains("neural_ink_rejected")));
    }

    @Test
    void stagesAreTimedEvenIfTheyFail() {
        assertEquals("done", metrics.time("decode", () -> "done"));
        assertThrows(
                IllegalStateException.class,
                () -> metrics.time("decode", () -> {
                    throw new IllegalStateException();
                }));
        assertHas("neural_ink_stage_seconds_count{stage=\"decode\"} 2");
    }

    @Test
    void allModelsAreNamed() {
        metrics.modelLoaded("emnist", "1.2.3");
        metrics.modelLoaded("text", "2");
        assertHas("neural_ink_model_info{name=\"emnist\",version=\"1.2.3\"} 1");
        assertHas("neural_ink_model_info{name=\"text\",version=\"2\"} 1");
    }

    @Test
    void processIsMeasured() {
        metrics.registerProcessMetrics();
        for (String name : List.of(
                "process_start_time_seconds",
                "jvm_memory_used_bytes{area=\"heap\"}",
                "jvm_threads_current",
                "jvm_runtime_info")) {
            assertTrue(lines().stream().anyMatch(line -> line.startsWith(name)), name);
        }
        assertFalse(
                lines().stream().anyMatch(line -> line.contains("jvm_memory_pool_allocated_bytes")),
                "allocation metrics would keep an undeployed application in memory");
    }

    @Test
    void textHasTheContentTypeThatPrometheusExpects() {
        assertEquals("text/plain; version=0.0.4; charset=utf-8", Metrics.CONTENT_TYPE);
    }
}
