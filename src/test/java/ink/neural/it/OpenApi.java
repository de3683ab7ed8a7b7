package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Compares answers with {@code openapi.yaml}. */
final class OpenApi {
    private static final Path FILE = Path.of("src/main/webapp/openapi.yaml").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final JsonNode DOCUMENT = read();
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    private OpenApi() {}

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the answer is as documented. Answers from outside the API are not compared. */
    static void verify(String contextRoot, HttpResponse<String> response) {
        String path = response.request().uri().getPath().substring(contextRoot.equals("/") ? 0 : contextRoot.length());
        if (!path.startsWith("/predict") && !path.startsWith("/api/")) {
            return;
        }
        String method = response.request().method().toLowerCase(Locale.ROOT);
        String at = "/paths/" + escaped(path) + "/" + method;
        if (DOCUMENT.at(at).isMissingNode()) {
            assertTrue(Set.of(200, 204, 401, 404, 405).contains(response.statusCode()));
            if (response.statusCode() >= 400) {
                verifyBody(response, "/components/responses/Problem");
            }
            return;
        }
        String documented = at + "/responses/" + response.statusCode();
        assertFalse(DOCUMENT.at(documented).isMissingNode(), () -> documented + " is not in openapi.yaml");
        SEEN.add(method + " " + path + " " + response.statusCode());
        String reference = DOCUMENT.at(documented + "/$ref").asText();
        verifyBody(response, reference.isEmpty() ? documented : reference.substring(1));
    }

    private static void verifyBody(HttpResponse<String> response, String documented) {
        for (var header : DOCUMENT.at(documented + "/headers").properties()) {
            String definition = header.getValue().get("$ref").asText().substring(1);
            boolean isMissing = response.headers().firstValue(header.getKey()).isEmpty();
            assertFalse(
                    isMissing && DOCUMENT.at(definition + "/required").asBoolean(), header.getKey() + " is missing");
        }
        if (DOCUMENT.at(documented + "/content").isMissingNode()) {
            assertEquals("", response.body());
            return;
        }
        String mediaType =
                response.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", "");
        String schema = documented + "/content/" + escaped(mediaType) + "/schema";
        assertFalse(DOCUMENT.at(schema).isMissingNode(), () -> schema + " is not in openapi.yaml");
        if (mediaType.endsWith("json")) {
            assertEquals(Set.of(), violations(schema, response.body()), response.body());
        }
    }

    private static Set<?> violations(String schema, String body) {
        try {
            return SCHEMAS.getSchema(SchemaLocation.of(FILE.toUri() + "#" + schema))
                    .validate(JSON.readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** The documented answers that no test of this run has received. */
    static Set<String> unseen() {
        Set<String> unseen = new TreeSet<>();
        DOCUMENT.at("/paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    method.getValue().at("/responses").fieldNames().forEachRemaining(status -> {
                        unseen.add(method.getKey() + " " + path.getKey() + " " + status);
                    });
                }));
        unseen.removeAll(SEEN);
        return unseen;
    }
}
