package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static ink.neural.it.Answers.header;
import static ink.neural.it.Answers.json;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Concurrently;
import ink.neural.Golden;
import ink.neural.Sketch;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with an API key, allowed origins and tight limits. */
class SettingsIT {
    private static final Golden THREE = Golden.named("digit-3");
    private static final String KEY = "Bearer geheim-12";

    @TempDir
    private static Path temporary;

    private static ModelFolder models;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        models = ModelFolder.in(temporary, "emnist-byclass");
        server = new Server(
                        "/",
                        "neural.ink.models=" + temporary,
                        "neural.ink.api.key=geheim-12",
                        "neural.ink.cors.origins=https://a.example, https://b.example",
                        "neural.ink.concurrency=1",
                        "neural.ink.queue=1",
                        "neural.ink.queue.timeout.ms=60000",
                        "neural.ink.max.body=30000",
                        "neural.ink.max.bodies=4000000",
                        "neural.ink.max.pixels=90000",
                        "neural.ink.body.ms=1500")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpRequest.Builder drawing() {
        return drawing(THREE.png());
    }

    private static HttpRequest.Builder drawing(byte[] png) {
        return server.post("/predict", "image/png", png).header("Authorization", KEY);
    }

    private static HttpRequest.Builder batch(String json) {
        return server.post("/predict/batch", json).header("Authorization", KEY);
    }

    private static void assertDrawingIsAnswered(String when) throws Exception {
        assertEquals(200, server.send(drawing()).statusCode(), when);
    }

    /** The head of a request whose body the test sends itself. */
    private static byte[] head(String path, long contentLength) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + contentLength + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/model", "/api/metrics"})
    void apiRequiresTheKey(String path) throws Exception {
        HttpResponse<String> withoutKey = server.get(path);
        assertProblem(401, "unauthorized", withoutKey);
        assertEquals("Bearer realm=\"Neural Ink\"", header(withoutKey, "WWW-Authenticate"));
        HttpRequest.Builder withOtherCase = server.request(path).header("Authorization", "bEARER  geheim-12");
        assertEquals(200, server.send(withOtherCase).statusCode());
        HttpRequest.Builder withWrongKey = server.request(path).header("Authorization", "Bearer geheim-1");
        assertEquals(401, server.send(withWrongKey).statusCode());
    }

    private static HttpResponse<String> reload() throws Exception {
        return server.send(server.post("/api/model/reload", "").header("Authorization", KEY));
    }

    private static String model() throws Exception {
        return header(server.send(drawing()), "X-Model");
    }

    @Test
    void modelsAreReplacedWhileTheServerRuns() throws Exception {
        assertProblem(401, "unauthorized", server.send(server.post("/api/model/reload", "")));
        models.replace("emnist-byclass", "posted", 1);
        assertEquals("posted", json(reload()).getString("version"));
        assertEquals("emnist-byclass@posted", model());
        models.write("emnist-byclass", "{}");
        HttpResponse<String> refused = reload();
        assertProblem(409, "unusable-model", refused);
        String reason = "the descriptor lacks a member, or a member has the wrong type";
        assertTrue(json(refused).getString("detail").startsWith("emnist-byclass: " + reason), refused.body());
        assertEquals("emnist-byclass@posted", model());
        HttpResponse<String> about = server.send(server.request("/api/model").header("Authorization", KEY));
        assertEquals(reason, json(about).getJsonObject("refused").getString("emnist-byclass"));
        assertEquals(200, server.get("/api/health/ready").statusCode());
        models.replace("emnist-byclass", "watched", 1);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!model().equals("emnist-byclass@watched")) {
            assertTrue(System.nanoTime() < end, "the files are watched");
            Thread.sleep(200);
        }
    }

    @Test
    void textIsRefusedWithoutATextModel() throws Exception {
        HttpRequest.Builder text = server.post("/predict/text", "image/png", THREE.png());
        assertProblem(404, "no-text-model", server.send(text.header("Authorization", KEY)));
        HttpResponse<String> about = server.send(server.request("/api/model").header("Authorization", KEY));
        assertFalse(json(about).containsKey("text"), about.body());
        assertEquals(200, server.get("/api/health/ready").statusCode());
    }

    @Test
    void predictionRequiresTheKey() throws Exception {
        assertProblem(401, "unauthorized", server.predict(THREE.png()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/predict/",
                "/predict//",
                "//predict",
                "/./predict",
                "/x/../predict",
                "/predict;x=1",
                "/predict/;x=1",
                "/%70redict",
                "/predict%2F",
                "/predict/batch/",
                "/predict//batch",
                "/predict/%62atch",
                "/PREDICT"
            })
    void noSpellingOfAnAddressAvoidsTheKey(String target) throws Exception {
        String json = Requests.predict(THREE.png());
        String request = "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
        int status = RawConnection.exchange(server, request).status();
        assertTrue(status == 401 || status == 404 || status == 400, () -> target + " is answered with " + status);
        String get = "GET " + target.replaceFirst("(?i)(predict|%70redict)", "api/model")
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        int read = RawConnection.exchange(server, get).status();
        assertTrue(read == 401 || read == 404 || read == 400, () -> get + " is answered with " + read);
    }

    @Test
    void pageAndHealthChecksNeedNoKey() throws Exception {
        assertEquals(200, server.get("/api/health/ready").statusCode());
        assertEquals(200, server.get("/").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "https://b.example"})
    void configuredOriginsAreAllowed(String origin) throws Exception {
        HttpResponse<String> preflight = server.send(server.request("/predict")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", ofString("")));
        assertEquals(204, preflight.statusCode());
        assertEquals(origin, header(preflight, "Access-Control-Allow-Origin"));
        HttpResponse<String> refused = server.send(server.request("/api/model").header("Origin", origin));
        assertEquals(401, refused.statusCode());
        assertEquals(origin, header(refused, "Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/nothing, 404", "DELETE, /predict, 405", "POST, /predict, 401", "OPTIONS, /predict, 204"})
    void pagesOfConfiguredOriginsSeeEveryError(String method, String path, int status) throws Exception {
        HttpResponse<String> response = server.send(
                server.request(path).header("Origin", "https://a.example").method(method, ofString("")));
        assertEquals(status, response.statusCode());
        assertEquals("https://a.example", header(response, "Access-Control-Allow-Origin"));
    }

    @Test
    void otherOriginsAreNotAllowed() throws Exception {
        HttpResponse<String> other = server.send(server.request("/api/model").header("Origin", "https://c.example"));
        assertTrue(other.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @Test
    void sizeLimitsAreApplied() throws Exception {
        assertDrawingIsAnswered("within the limits");
        assertProblem(413, "body-too-large", server.send(drawing(new byte[30_001])));
        byte[] large =
                Sketch.paper(301, 300, Color.WHITE, Color.BLACK, 9).f(9, 9, 1).png();
        assertProblem(422, "too-many-pixels", server.send(drawing(large)));
    }

    @Test
    void requestIsRefusedWhenTheQueueIsFull() throws Exception {
        String slow = Requests.batch(Collections.nCopies(256, THREE.dataUrl()));
        List<HttpResponse<String>> refused = List.of();
        for (int attempt = 0; attempt < 10 && refused.isEmpty(); attempt++) {
            refused = Concurrently.run(
                            5,
                            41,
                            i -> server.send(i == 0 ? batch(slow) : drawing().header("Origin", "https://a.example")))
                    .stream()
                    .filter(response -> response.statusCode() != 200)
                    .toList();
        }
        assertFalse(refused.isEmpty(), "five clients share one permit and one place in the queue");
        for (HttpResponse<String> response : refused) {
            assertProblem(503, "busy", response);
            assertEquals("1", header(response, "Retry-After"));
            assertEquals("nosniff", header(response, "X-Content-Type-Options"));
            if (response.request().uri().getPath().equals("/predict")) {
                assertEquals("https://a.example", header(response, "Access-Control-Allow-Origin"));
            }
        }
        HttpRequest.Builder metrics = server.request("/api/metrics").header("Authorization", KEY);
        assertTrue(server.send(metrics).body().contains("outcome=\"busy\",path=\"/predict\""));
        assertDrawingIsAnswered("once the queue is empty");
    }

    @Test
    void bodyThatArrivesTooSlowlyTimesOut() throws Exception {
        long start = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("/predict", 10_000));
            out.write('{');
            InputStream in = socket.getInputStream();
            while (in.available() == 0 && System.nanoTime() - start < 15e9) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
            }
            assertEquals("HTTP/1.1 408", new String(in.readNBytes(12), StandardCharsets.US_ASCII));
        }
        assertTrue(System.nanoTime() - start < 10e9);
    }

    @Test
    void bodyThatStopsArrivingTimesOut() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("/predict", 10_000));
            out.write('{');
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 408", new String(answer, StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4 * 30_000 + 1, 1L << 31, (1L << 32) + 1})
    void largeContentLengthIsRefusedBeforeTheBodyArrives(long contentLength) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("/predict", contentLength));
            out.flush(); // and sends no body
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 413", new String(answer, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void uploadThatStopsMakesRoomForAnother() throws Exception {
        String large = Requests.batch(Collections.nCopies(75, "x".repeat(20_000)));
        for (int attempt = 0; attempt < 3; attempt++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                OutputStream out = socket.getOutputStream();
                out.write(head("/predict/batch", 1_600_000));
                out.write(large.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.sleep(
                        500); // until the server has read it, so that it is the one that has been silent for longest
                assertEquals(200, server.send(batch(large)).statusCode());
                assertDrawingIsAnswered("while a large body is incomplete");
                socket.setSoTimeout(10_000);
                String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                assertTrue(Set.of("HTTP/1.1 503", "HTTP/1.1 408").contains(status), status); // 408 if it was read late
            }
        }
    }

    @Test
    void abortedRequestsDoNoHarm() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream().write(head("/predict", 10_000));
                socket.getOutputStream().write("{\"image\":\"data:".getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertDrawingIsAnswered("after 50 aborted requests");
    }
}
