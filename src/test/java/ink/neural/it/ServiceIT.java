package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client or whoever runs the server can count on, besides the answers themselves. */
class ServiceIT extends NeuralInkWar {
    private static final byte[] THREE = Golden.all().get(3).png();

    private static String label(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return json(response).getJsonArray("predictions").getJsonObject(0).getString("label");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void takesAPngAsItIs() throws Exception {
        assertEquals("3", label(post("/predict", "image/png", THREE)));
    }

    @Test
    void takesAJpegAsItIs() throws Exception {
        Sketch seven = Sketch.paper().stroke(80, 60, 200, 60, 130, 230);
        byte[] jpeg = Sketch.encode(seven.as(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
        assertEquals("7", label(post("/predict?charset=digits", "image/jpeg", jpeg)));
    }

    @Test
    void takesOptionsFromTheAddress() throws Exception {
        var answer = json(post("/predict?top=2&charset=digits&glyph=true&legibility=true", "image/png", THREE));
        assertEquals(2, answer.getJsonArray("predictions").size());
        assertTrue(answer.containsKey("glyph"));
        assertTrue(answer.containsKey("legibility"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top=0", "top=x", "top=63", "charset=%C3%A9", "charset=", "glyph=1", "legibility="})
    void refusesBadOptionsInTheAddress(String query) throws Exception {
        HttpResponse<String> response = post("/predict?" + query, "image/png", THREE);
        assertEquals(400, response.statusCode());
        assertEquals("urn:neural-ink:problem:bad-option", json(response).getString("type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "deflate", "br"})
    void compressedBodyIsRefused(String encoding) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(at("/predict"))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(gzip(request(THREE).getBytes())))
                .build());
        assertEquals(415, response.statusCode());
        assertEquals(
                "urn:neural-ink:problem:unsupported-media-type", json(response).getString("type"));
    }

    @Test
    void identityEncodingIsAccepted() throws Exception {
        assertEquals(
                "3",
                label(send(HttpRequest.newBuilder(at("/predict"))
                        .header("Content-Type", "image/png")
                        .header("Content-Encoding", "identity")
                        .POST(BodyPublishers.ofByteArray(THREE))
                        .build())));
    }

    private String requestId(String sent) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at("/api/model"));
        if (sent != null) {
            request.header("X-Request-Id", sent);
        }
        return send(request.build()).headers().firstValue("X-Request-Id").orElseThrow();
    }

    @Test
    void identifiesEachRequest() throws Exception {
        assertEquals("a-1.B_2", requestId("a-1.B_2"));
        assertTrue(requestId(null).matches("[0-9a-f]{16}"));
        assertNotEquals(requestId(null), requestId(null));
        assertTrue(requestId("no spaces; or\tsigns").matches("[0-9a-f]{16}"));
        assertTrue(requestId("x".repeat(65)).matches("[0-9a-f]{16}"));
        assertTrue(get("/api/nothing").headers().firstValue("X-Request-Id").isPresent());
    }

    @Test
    void answersJavaClientsThatOfferToGoOnInHttp2() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 5; i++) {
            HttpRequest request = HttpRequest.newBuilder(at("/predict"))
                    .header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofByteArray(THREE))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            assertEquals("3", label(client.send(request, BodyHandlers.ofString())));
        }
    }

    @Test
    void countsAndTimes() throws Exception {
        predict(request(THREE));
        predict("nonsense");
        get("/api/nothing");
        HttpResponse<String> response = get("/api/metrics");
        assertEquals(200, response.statusCode());
        assertTrue(response.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
        String text = response.body();
        for (String line : new String[] {
            "neural_ink_requests_total{outcome=\"ok\",path=\"/predict\"}",
            "neural_ink_requests_total{outcome=\"not-json\",path=\"/predict\"}",
            "neural_ink_requests_total{outcome=\"not-found\",path=\"other\"}",
            "neural_ink_stage_seconds_count{stage=\"decode\"}",
            "neural_ink_stage_seconds_count{stage=\"normalise\"}",
            "neural_ink_stage_seconds_count{stage=\"infer\"}",
            "neural_ink_request_seconds_bucket{path=\"/predict\",le=\"0.01\"}",
            "neural_ink_model_info{name=\"emnist-byclass\"",
            "process_resident_memory_bytes",
        }) {
            assertTrue(text.contains(line), line + " is not in\n" + text);
        }
        assertTrue(text.contains("\nneural_ink_in_flight 1.0\n"), "this request itself is in flight");
    }

    @Test
    void answersNoOtherOriginUnlessToldTo() throws Exception {
        HttpResponse<String> preflight = send(HttpRequest.newBuilder(at("/predict"))
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody())
                .build());
        assertTrue(preflight.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api.html", "/predict", "/api/model", "/nothing"})
    void doesNotSayWhatABrowserAddsToARequest(String path) throws Exception {
        HttpRequest trace = HttpRequest.newBuilder(at(path))
                .header("Cookie", "session=secret")
                .method("TRACE", BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(trace, BodyHandlers.ofString());
        assertTrue(response.statusCode() >= 400);
        assertFalse(response.body().contains("secret"));
    }
}
