package ink.neural.it;

import static ink.neural.it.Answers.header;
import static ink.neural.it.Answers.label;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and operators can rely on besides the answers: headers, protocols, metrics. */
class ServiceIT {
    private static final Server SERVER = Server.shared();
    private static final byte[] THREE = Golden.named("digit-3").png();

    private static String requestId(String sent) throws Exception {
        HttpRequest.Builder request = SERVER.request("/api/model");
        if (sent != null) {
            request.header("X-Request-Id", sent);
        }
        return header(SERVER.send(request), "X-Request-Id");
    }

    @Test
    void requestIdIsReturnedOrGenerated() throws Exception {
        assertEquals("a-1.B_2", requestId("a-1.B_2"));
        assertTrue(requestId(null).matches("[0-9a-f]{16}"));
        assertNotEquals(requestId(null), requestId(null));
        assertTrue(requestId("no spaces; or\tsigns").matches("[0-9a-f]{16}"));
        assertTrue(requestId("x".repeat(65)).matches("[0-9a-f]{16}"));
        assertTrue(header(SERVER.get("/api/nothing"), "X-Request-Id").matches("[0-9a-f]{16}"));
    }

    /** Java's client asks for an upgrade to HTTP/2 by default. */
    @Test
    void clientThatOffersHttp2IsAnswered() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 5; i++) {
            HttpRequest request = SERVER.post("/predict", "image/png", THREE)
                    .timeout(Duration.ofSeconds(20))
                    .build();
            assertEquals("3", label(client.send(request, BodyHandlers.ofString())));
        }
    }

    @Test
    void metricsCountAndTimeRequests() throws Exception {
        SERVER.predict(Requests.predict(THREE));
        SERVER.send(SERVER.post("/predict", "nonsense"));
        SERVER.get("/api/nothing");
        HttpResponse<String> response = SERVER.get("/api/metrics");
        assertEquals(200, response.statusCode());
        assertTrue(header(response, "Content-Type").startsWith("text/plain"));
        String text = response.body();
        for (String line : new String[] {
            "neural_ink_requests_total{outcome=\"ok\",path=\"/predict\"}",
            "neural_ink_requests_total{outcome=\"not-json\",path=\"/predict\"}",
            "neural_ink_requests_total{outcome=\"not-found\",path=\"other\"}",
            "neural_ink_stage_seconds_count{stage=\"decode\"}",
            "neural_ink_stage_seconds_count{stage=\"extract\"}",
            "neural_ink_stage_seconds_count{stage=\"normalise\"}",
            "neural_ink_stage_seconds_count{stage=\"infer\"}",
            "neural_ink_request_seconds_bucket{path=\"/predict\",le=\"0.01\"}",
            "neural_ink_model_info{name=\"emnist-byclass\"",
            "neural_ink_model_info{name=\"text\"",
            "process_resident_memory_bytes",
        }) {
            assertTrue(text.contains(line), line + " is not in\n" + text);
        }
        assertTrue(text.contains("\nneural_ink_in_flight 1.0\n"), "only the request for the metrics is in flight");
    }

    @Test
    void otherOriginsAreNotAllowedByDefault() throws Exception {
        HttpResponse<String> preflight = SERVER.send(SERVER.request("/predict")
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertTrue(preflight.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/predict", "/api/model", "/api/nothing", "/nothing"})
    void everyAnswerHasSecurityHeaders(String path) throws Exception {
        HttpResponse<String> response = SERVER.get(path);
        assertTrue(header(response, "Content-Security-Policy").startsWith("default-src 'none'"));
        assertEquals("nosniff", header(response, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(response, "Referrer-Policy"));
        assertEquals("same-origin", header(response, "Cross-Origin-Opener-Policy"));
        assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"));
        assertTrue(response.headers().firstValue("Permissions-Policy").isPresent());
        assertTrue(response.headers().firstValue("Server").isEmpty());
        assertTrue(response.headers().firstValue("X-Powered-By").isEmpty());
    }

    /** A script must not be able to read cookies from the answer to a TRACE request. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/api.html", "/predict", "/predict/batch", "/api/model", "/nothing"})
    void traceIsRefusedAndEchoesNothing(String path) throws Exception {
        HttpRequest trace = SERVER.request(path)
                .header("Cookie", "session=secret")
                .method("TRACE", BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(trace, BodyHandlers.ofString());
        assertTrue(response.statusCode() >= 400);
        assertFalse(response.body().contains("secret"));
    }
}
