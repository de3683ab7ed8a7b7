package ink.neural.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the alert rules in {@code docker/monitoring} use metrics and labels that the program has. */
class MonitoringTest {
    private static final Path DIRECTORY = Path.of("docker", "monitoring");
    /** A metric and its matchers, as in {@code neural_ink_requests_total{outcome!="ok"}}. */
    private static final Pattern SELECTOR = Pattern.compile("\\b((?:neural_ink|jvm|process)_\\w+)(?:\\{([^}]*)})?");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[=!]~?\\s*\"");
    /** A line of the exposition format: name, labels, value. */
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");

    /** Prometheus itself adds these labels to each metric. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    /** The labels of each metric that an instance exposes when everything has happened once. */
    private static Map<String, Set<String>> exposed() {
        Metrics metrics = new Metrics();
        metrics.registerProcessMetrics();
        metrics.requestStarted();
        metrics.requestEnded("/predict", "ok", 0.001);
        metrics.time("infer", () -> "done");
        metrics.modelLoaded("emnist-byclass", "2.0.0");
        metrics.modelRefused("emnist-byclass", "a reason");
        Map<String, Set<String>> exposed = new HashMap<>();
        new String(metrics.scrape(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    MatchResult sample =
                            SAMPLE.matcher(line).results().findFirst().orElseThrow();
                    Set<String> labels = exposed.computeIfAbsent(sample.group(1), name -> new HashSet<>());
                    labels.addAll(labels(sample.group(2)));
                });
        return exposed;
    }

    private static List<String> labels(String matchers) {
        return matchers == null
                ? List.of()
                : MATCHER.matcher(matchers)
                        .results()
                        .map(matcher -> matcher.group(1))
                        .toList();
    }

    /** What is wrong with the metrics in some text. */
    private static Set<String> complaints(String text) {
        Map<String, Set<String>> exposed = exposed();
        Set<String> complaints = new HashSet<>();
        List<MatchResult> selectors = SELECTOR.matcher(text).results().toList();
        assertFalse(selectors.isEmpty(), "there are metrics");
        for (MatchResult selector : selectors) {
            Set<String> known = exposed.get(selector.group(1));
            if (known == null) {
                complaints.add(selector.group(1));
                continue;
            }
            labels(selector.group(2)).stream()
                    .filter(label -> !known.contains(label) && !OF_PROMETHEUS.contains(label))
                    .forEach(label -> complaints.add(selector.group(1) + " has no label " + label));
        }
        return complaints;
    }

    private static String expressions(JsonNode document) {
        return String.join("\n", document.findValuesAsText("expr"))
                + String.join("\n", document.findValuesAsText("query"));
    }

    @Test
    void dashboardUsesMetricsOfTheProgram() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(DIRECTORY.resolve("dashboard.json").toFile());
        assertEquals(Set.of(), complaints(expressions(dashboard)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "alerts.test.yml"})
    void rulesAndTheirTestsUseMetricsOfTheProgram(String file) throws IOException {
        assertEquals(Set.of(), complaints(Files.readString(DIRECTORY.resolve(file))));
    }

    @Test
    void everyRuleIsTested() throws IOException {
        String tests = Files.readString(DIRECTORY.resolve("alerts.test.yml"));
        List<String> alerts = new YAMLMapper()
                .readTree(DIRECTORY.resolve("alerts.yml").toFile())
                .findValuesAsText("alert");
        assertTrue(alerts.size() > 5, alerts.toString());
        for (String alert : alerts) {
            assertTrue(tests.contains("{alertname=\"" + alert + "\"}"), alert + " fires in a test");
            assertTrue(tests.contains("alertname: " + alert + "}"), alert + " stays silent in a test");
        }
    }

    @Test
    void metricOrLabelThatDoesNotExistIsFound() {
        assertEquals(
                Set.of("neural_ink_misspelt_total", "neural_ink_in_flight has no label path"),
                complaints("rate(neural_ink_misspelt_total[5m]) + neural_ink_in_flight{path=\"/predict\"}"));
    }

    /** Compose mounts each of them by its name. */
    @Test
    void everyFileIsMounted() throws IOException {
        String compose = Files.readString(Path.of("docker", "compose.yaml"));
        for (String file :
                List.of("prometheus.yml", "alerts.yml", "datasource.yml", "dashboards.yml", "dashboard.json")) {
            assertTrue(Files.exists(DIRECTORY.resolve(file)), file);
            assertTrue(compose.contains("./monitoring/" + file + ":/etc/"), file);
        }
    }
}
