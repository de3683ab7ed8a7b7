package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every answer of every integration test is held against {@code openapi.yaml}; here each documented one is called for,
 * but for those that only other settings bring about, and those other tests do.
 */
class OpenApiIT extends NeuralInkWar {
    private static final Set<String> ELSEWHERE = Set.of("401", "408", "500", "503");

    private void send(String method, String path, String mediaType, String accept, String padding, byte[] body)
            throws Exception {
        send(HttpRequest.newBuilder(at(path))
                .header("Content-Type", mediaType)
                .header("Accept", accept)
                .header("X-Padding", padding)
                .method(method, BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    void everyDocumentedAnswerIsSentAsDocumented() throws Exception {
        byte[] drawing = Golden.all().get(0).png();
        byte[] batch = ("{\"images\":[\"" + dataUrl(drawing) + "\",\"\"]}").getBytes();
        for (String path : new String[] {"/predict", "/predict/batch"}) {
            send("POST", path, "application/json", "*/*", "", "x".getBytes());
            send("POST", path, "application/json", "text/html", "", batch);
            send("POST", path, "application/json", "*/*", "", new byte[17 * 1024 * 1024]);
            send("POST", path, "text/plain", "*/*", "", batch);
            send("POST", path, "application/json", "*/*", "x".repeat(7000), batch);
        }
        send("POST", "/predict", "image/png", "*/*", "", drawing);
        send("POST", "/predict?top=9&charset=digits&glyph=true&legibility=true", "image/png", "*/*", "", drawing);
        send("POST", "/predict", "image/png", "*/*", "", Sketch.paper().png());
        send("POST", "/predict/batch", "application/json", "*/*", "", batch);
        for (String path : new String[] {"/api/model", "/api/metrics", "/api/health/live", "/api/health/ready"}) {
            get(path);
        }
        for (String path : new String[] {"/api/model", "/api/health/live", "/api/health/ready"}) {
            send("GET", path, "text/plain", "image/png", "", new byte[0]);
            send("GET", path, "text/plain", "*/*", "x".repeat(7000), new byte[0]);
        }
        send("GET", "/api/metrics", "text/plain", "*/*", "x".repeat(7000), new byte[0]);
        assertEquals(
                Set.of(),
                OpenApi.unseen().stream()
                        .filter(answer -> ELSEWHERE.stream().noneMatch(answer::endsWith))
                        .collect(Collectors.toSet()));
    }

    @Test
    void isServedWithItsPage() throws Exception {
        assertTrue(get("/openapi.yaml").body().startsWith("openapi: 3.1"));
        assertTrue(get("/api.html").body().contains("api.js"));
    }
}
