package ink.neural.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests in {@code docker/kubernetes} conform to the schemas of the Kubernetes client and agree with each other. */
class KubernetesTest {
    private static final Path DIRECTORY = Path.of("docker", "kubernetes");
    private static final YAMLMapper YAML = new YAMLMapper();
    /** Parsers by kind. They reject unknown fields, missing fields and wrong types. */
    private static final Map<String, Schema> SCHEMAS = Map.of(
            "apps/v1 Deployment", V1Deployment::fromJson,
            "v1 Service", V1Service::fromJson,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson);

    private static final Map<String, ObjectNode> BASE = resources(DIRECTORY.resolve("base"));

    private interface Schema {
        Object parse(String json) throws IOException;
    }

    private static ObjectNode yaml(Path file) {
        try {
            return (ObjectNode) YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, ObjectNode> resources(Path directory) {
        Map<String, ObjectNode> resources = new TreeMap<>();
        yaml(directory.resolve("kustomization.yaml")).get("resources").forEach(file -> {
            ObjectNode resource = yaml(directory.resolve(file.asText()));
            resources.put(kind(resource), resource);
        });
        return resources;
    }

    private static String kind(JsonNode resource) {
        return resource.path("apiVersion").asText() + " "
                + resource.path("kind").asText();
    }

    private static void validate(JsonNode resource) throws IOException {
        Schema schema = SCHEMAS.get(kind(resource));
        if (schema == null) {
            throw new IllegalArgumentException("no schema for " + kind(resource));
        }
        schema.parse(resource.toString());
    }

    /** Merges a patch into a resource as Kustomize does, except that a list replaces a list. */
    private static ObjectNode patched(ObjectNode resource, JsonNode patch) {
        patch.properties().forEach(entry -> {
            JsonNode old = resource.get(entry.getKey());
            boolean both = old instanceof ObjectNode && entry.getValue() instanceof ObjectNode;
            resource.set(entry.getKey(), both ? patched((ObjectNode) old, entry.getValue()) : entry.getValue());
        });
        return resource;
    }

    private static JsonNode base(String kind) {
        return BASE.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" " + kind))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode pod() {
        return base("Deployment").at("/spec/template/spec");
    }

    private static JsonNode container() {
        assertEquals(1, pod().get("containers").size());
        return pod().at("/containers/0");
    }

    private static int inDockerfile(String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(Path.of("docker", "Dockerfile")));
        assertTrue(found.find(), pattern);
        return Integer.parseInt(found.group(1));
    }

    @Test
    void baseIsValid() throws IOException {
        assertEquals(SCHEMAS.keySet(), BASE.keySet());
        for (JsonNode resource : BASE.values()) {
            validate(resource);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-node", "zones"})
    void overlayIsValid(String name) throws IOException {
        Path overlay = DIRECTORY.resolve("overlays").resolve(name);
        JsonNode kustomization = yaml(overlay.resolve("kustomization.yaml"));
        assertEquals(
                DIRECTORY.resolve("base"),
                overlay.resolve(kustomization.at("/resources/0").asText()).normalize());
        for (JsonNode patch : kustomization.get("patches")) {
            ObjectNode change = yaml(overlay.resolve(patch.get("path").asText()));
            ObjectNode target = BASE.get(kind(change)).deepCopy();
            assertEquals(target.at("/metadata/name"), change.at("/metadata/name"));
            if (!change.has("$patch")) {
                validate(patched(target, change));
            }
        }
    }

    /** Kustomize ignores files that no kustomization names. */
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/one-node", "overlays/zones"})
    void everyFileIsNamedInItsKustomization(String name) throws IOException {
        Path directory = DIRECTORY.resolve(name);
        JsonNode kustomization = yaml(directory.resolve("kustomization.yaml"));
        Set<String> used = new TreeSet<>(Set.of("kustomization.yaml"));
        kustomization.get("resources").forEach(file -> used.add(file.asText()));
        kustomization
                .path("patches")
                .forEach(patch -> used.add(patch.get("path").asText()));
        used.remove("../../base");
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    used,
                    new TreeSet<>(
                            files.map(file -> file.getFileName().toString()).toList()));
        }
        Set<String> known = Set.of("apiVersion", "kind", "resources", "patches", "images", "replicas");
        kustomization.fieldNames().forEachRemaining(field -> assertTrue(known.contains(field), field));
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment, /spec/template/spec, terminationGracePeriod, 40",
        "Deployment, /spec/template/spec/containers/0/readinessProbe/httpGet, route, /",
        "Deployment, /spec, replicas, many",
        "Deployment, /spec/strategy, rollingUpdates, 1",
        "Service, /spec/ports/0, target, http",
        "HorizontalPodAutoscaler, /spec/metrics/0/resource/target, utilization, 60",
        "PodDisruptionBudget, /spec, maximalUnavailable, 1",
        "NetworkPolicy, /spec/ingress/0, port, http"
    })
    void validationRejectsMistakes(String kind, String where, String field, String value) {
        ObjectNode resource = base(kind).deepCopy();
        ((ObjectNode) resource.at(where)).set(field, YAML.getNodeFactory().textNode(value));
        assertThrows(RuntimeException.class, () -> validate(resource));
    }

    @Test
    void allResourcesSelectTheSamePods() {
        JsonNode labels = base("Deployment").at("/spec/template/metadata/labels");
        assertEquals(1, labels.size());
        for (JsonNode selector : List.of(
                base("Deployment").at("/spec/selector/matchLabels"),
                pod().at("/topologySpreadConstraints/0/labelSelector/matchLabels"),
                base("Service").at("/spec/selector"),
                base("PodDisruptionBudget").at("/spec/selector/matchLabels"),
                base("NetworkPolicy").at("/spec/podSelector/matchLabels"))) {
            assertEquals(labels, selector);
        }
        JsonNode scaled = base("HorizontalPodAutoscaler").at("/spec/scaleTargetRef");
        assertEquals(kind(base("Deployment")), kind(scaled));
        assertEquals(base("Deployment").at("/metadata/name"), scaled.get("name"));
    }

    @Test
    void allResourcesNameTheSamePort() throws IOException {
        JsonNode port = container().at("/ports/0");
        assertEquals(inDockerfile("\nEXPOSE (\\d+)"), port.get("containerPort").asInt());
        for (JsonNode name : List.of(
                container().at("/startupProbe/httpGet/port"),
                container().at("/readinessProbe/httpGet/port"),
                container().at("/livenessProbe/httpGet/port"),
                base("Service").at("/spec/ports/0/targetPort"),
                base("NetworkPolicy").at("/spec/ingress/0/ports/0/port"))) {
            assertEquals(port.get("name"), name);
        }
    }

    @Test
    void rollingUpdateLosesNoRequest() throws IOException {
        JsonNode update = base("Deployment").at("/spec/strategy/rollingUpdate");
        assertEquals(0, update.get("maxUnavailable").asInt(1));
        assertEquals(
                "sleep", container().at("/lifecycle/preStop/exec/command/0").asText());
        int sleep = container().at("/lifecycle/preStop/exec/command/1").asInt();
        int grace = inDockerfile("\"--shutdowngrace\", \"(\\d+)\"") / 1000;
        int longestRequest = 15;
        assertTrue(sleep > 0);
        assertTrue(pod().get("terminationGracePeriodSeconds").asInt() > sleep + grace + longestRequest);
    }

    @Test
    void containerHasMinimalPrivileges() throws IOException {
        assertEquals(
                inDockerfile("\nUSER (\\d+)"),
                pod().at("/securityContext/runAsUser").asInt());
        assertTrue(pod().at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(
                "RuntimeDefault",
                pod().at("/securityContext/seccompProfile/type").asText());
        JsonNode security = container().get("securityContext");
        assertTrue(security.get("readOnlyRootFilesystem").asBoolean());
        assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
        assertTrue(base("NetworkPolicy").at("/spec/egress").isEmpty());
        assertEquals("/tmp", container().at("/volumeMounts/0/mountPath").asText());
    }
}
