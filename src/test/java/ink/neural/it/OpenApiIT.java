package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every integration test compares every answer with {@code openapi.yaml}. This one provokes each documented answer, except
 * those that need other settings, which other tests provoke.
 */
class OpenApiIT {
    private static final Server SERVER = Server.shared();
    private static final Set<String> TESTED_ELSEWHERE = Set.of(
            "401", "404", "408", "409", "500", "503", "post /api/model/reload 200", "post /api/model/reload 406");

    @Test
    void everyDocumentedAnswerIsSentAsDocumented() throws Exception {
        Golden drawing = Golden.all().get(0);
        byte[] batch = Requests.batch(List.of(drawing.dataUrl(), "")).getBytes();
        for (String path : new String[] {"/predict", "/predict/batch", "/predict/text", "/predict/text/batch"}) {
            SERVER.send(SERVER.post(path, "x"));
            SERVER.send(SERVER.post(path, "application/json", batch).header("Accept", "text/html"));
            SERVER.send(SERVER.post(path, "application/json", new byte[17 * 1024 * 1024]));
            SERVER.send(SERVER.post(path, "text/html", batch));
        }
        SERVER.predict(drawing.png());
        String allOptions = "/predict?top=9&charset=digits&glyph=true&ink=true&legibility=true";
        SERVER.send(SERVER.post(allOptions, "image/png", drawing.png()));
        SERVER.predict(Sketch.paper().png());
        SERVER.send(SERVER.post("/predict/text", "image/png", drawing.png()));
        SERVER.send(SERVER.post("/predict/text", "image/png", Sketch.paper().png()));
        SERVER.send(SERVER.post("/predict/text/batch", "application/json", batch));
        SERVER.send(SERVER.post("/predict/batch", "application/json", batch));
        SERVER.get("/api/metrics");
        for (String path : new String[] {"/api/model", "/api/health/live", "/api/health/ready"}) {
            SERVER.get(path);
            SERVER.send(SERVER.request(path).header("Accept", "image/png"));
        }
        for (String path : new String[] {
            "/api/model/file",
            "/api/model/descriptor",
            "/api/model/text/file",
            "/api/model/text/descriptor",
            "/api/model/text/dictionary"
        }) {
            String hash = SERVER.get(path).headers().firstValue("ETag").orElseThrow();
            SERVER.send(SERVER.request(path).header("If-None-Match", hash));
        }
        assertEquals(
                Set.of(),
                OpenApi.unseen().stream()
                        .filter(answer -> TESTED_ELSEWHERE.stream().noneMatch(answer::endsWith))
                        .collect(Collectors.toSet()));
    }

    @Test
    void documentAndItsPageAreServed() throws Exception {
        assertTrue(SERVER.get("/openapi.yaml").body().startsWith("openapi: 3.1"));
        assertTrue(SERVER.get("/api.html").body().contains("api.js"));
    }
}
