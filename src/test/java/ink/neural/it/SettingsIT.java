package ink.neural.it;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import java.awt.Color;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with a key, an origin and narrow limits. */
class SettingsIT {
    private static final byte[] THREE = Golden.all().get(3).png();
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = new Server(
                        "/",
                        "neural.ink.api.key=geheim-12",
                        "neural.ink.cors.origins=https://a.example, https://b.example",
                        "neural.ink.concurrency=1",
                        "neural.ink.queue=1",
                        "neural.ink.queue.timeout.ms=60000",
                        "neural.ink.max.body=30000",
                        "neural.ink.max.bodies=2000000",
                        "neural.ink.max.pixels=90000",
                        "neural.ink.body.ms=1500")
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static HttpRequest.Builder post(String path, String mediaType, byte[] body) {
        return server.request(path)
                .header("Content-Type", mediaType)
                .header("Authorization", "Bearer geheim-12")
                .POST(ofByteArray(body));
    }

    /** The head of a request whose body a test sends as it likes. */
    private static byte[] head(String path, int length) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer geheim-12\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String type(HttpResponse<String> response) {
        return NeuralInkWar.json(response).getString("type").replace("urn:neural-ink:problem:", "");
    }

    @Test
    void asksForTheKey() throws Exception {
        for (String path : new String[] {"/api/model", "/api/metrics"}) {
            HttpResponse<String> without = server.get(path);
            assertEquals(401, without.statusCode());
            assertEquals("unauthorized", type(without));
            assertEquals(
                    "Bearer", without.headers().firstValue("WWW-Authenticate").orElseThrow());
            assertEquals(
                    401,
                    server.send(server.request(path).header("Authorization", "Bearer geheim-1"))
                            .statusCode());
        }
        HttpRequest.Builder predict = server.request("/predict").header("Content-Type", "image/png");
        assertEquals(401, server.send(predict.POST(ofByteArray(THREE))).statusCode());
        assertEquals(200, server.get("/api/health/ready").statusCode());
        assertEquals(200, server.get("/").statusCode());
    }

    @Test
    void answersTheOriginsItIsToldTo() throws Exception {
        for (String origin : new String[] {"https://a.example", "https://b.example"}) {
            HttpResponse<String> preflight = server.send(server.request("/predict")
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "authorization,content-type")
                    .method("OPTIONS", ofString("")));
            assertEquals(204, preflight.statusCode());
            assertEquals(
                    origin,
                    preflight
                            .headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .orElseThrow());
            HttpResponse<String> refused =
                    server.send(server.request("/api/model").header("Origin", origin));
            assertEquals(
                    origin,
                    refused.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
        }
        HttpResponse<String> other = server.send(server.request("/api/model").header("Origin", "https://c.example"));
        assertTrue(other.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @Test
    void keepsToItsLimits() throws Exception {
        assertEquals(200, server.send(post("/predict", "image/png", THREE)).statusCode());
        assertEquals(
                413,
                server.send(post("/predict", "image/png", new byte[30_001])).statusCode());
        byte[] large =
                Sketch.paper(301, 300, Color.WHITE, Color.BLACK, 9).f(9, 9, 1).png();
        assertEquals("too-many-pixels", type(server.send(post("/predict", "image/png", large))));
    }

    @Test
    void sendsAwayWhoeverComesWhenTheQueueIsFull() throws Exception {
        String images = String.join(",", Collections.nCopies(256, "\"" + NeuralInkWar.dataUrl(THREE) + "\""));
        byte[] batch = ("{\"images\":[" + images + "]}").getBytes(StandardCharsets.US_ASCII);
        ExecutorService clients = Executors.newFixedThreadPool(5);
        try {
            List<HttpResponse<String>> refused = new ArrayList<>();
            for (int attempt = 0; attempt < 10 && refused.isEmpty(); attempt++) {
                List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
                requests.add(() -> server.send(post("/predict/batch", "application/json", batch)));
                for (int i = 0; i < 40; i++) {
                    requests.add(() ->
                            server.send(post("/predict", "image/png", THREE).header("Origin", "https://a.example")));
                }
                for (Future<HttpResponse<String>> answer : clients.invokeAll(requests)) {
                    if (answer.get().statusCode() != 200) {
                        refused.add(answer.get());
                    }
                }
            }
            assertFalse(refused.isEmpty(), "with one place and one in the queue, somebody is sent away");
            for (HttpResponse<String> answer : refused) {
                assertEquals("busy", type(answer));
                HttpHeaders headers = answer.headers();
                assertEquals("1", headers.firstValue("Retry-After").orElseThrow());
                assertEquals(
                        "nosniff", headers.firstValue("X-Content-Type-Options").orElseThrow());
                if (answer.request().uri().getPath().equals("/predict")) {
                    assertEquals(
                            "https://a.example",
                            headers.firstValue("Access-Control-Allow-Origin").orElseThrow());
                }
            }
            HttpRequest.Builder metrics = server.request("/api/metrics").header("Authorization", "Bearer geheim-12");
            assertTrue(server.send(metrics).body().contains("outcome=\"busy\",path=\"/predict\""));
            assertEquals(200, server.send(post("/predict", "image/png", THREE)).statusCode(), "the queue is gone");
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void doesNotWaitForSlowBodies() throws Exception {
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
            assertTrue(new String(in.readNBytes(12), StandardCharsets.US_ASCII).contains("408"));
        }
        assertTrue(System.nanoTime() - start < 10e9);
    }

    @Test
    void doesNotWaitForBodiesThatStopComing() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("/predict", 10_000));
            out.write('{');
            assertTrue(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).contains("408"));
        }
    }

    @Test
    void largeBodiesTogetherAreBounded() throws Exception {
        String image = "\"" + "x".repeat(20_000) + "\"";
        byte[] batch = ("{\"images\":[" + String.join(",", Collections.nCopies(75, image)) + "]}")
                .getBytes(StandardCharsets.US_ASCII);
        boolean refused = false;
        for (int attempt = 1; attempt < 9 && !refused; attempt++) { // the slower the machine, the more time it gets
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                OutputStream out = socket.getOutputStream();
                out.write(head("/predict/batch", 1_600_000));
                out.write(batch);
                out.flush();
                Thread.sleep(100 * attempt);
                HttpResponse<String> beside = server.send(post("/predict/batch", "application/json", batch));
                refused = beside.statusCode() == 503 && type(beside).equals("busy");
                assertEquals(
                        200, server.send(post("/predict", "image/png", THREE)).statusCode());
            }
        }
        assertTrue(refused, "two bodies larger than the limit are under way at once");
        HttpResponse<String> after = server.send(post("/predict/batch", "application/json", batch));
        for (int i = 0; i < 250 && after.statusCode() == 503; i++) {
            Thread.sleep(20); // until the server notices that the first has gone
            after = server.send(post("/predict/batch", "application/json", batch));
        }
        assertEquals(200, after.statusCode());
    }

    @Test
    void goesOnWhenRequestsBreakOff() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream()
                        .write(("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 10000\r\n\r\n{\"image\":\"data:")
                                .getBytes());
            }
        }
        assertEquals(200, server.send(post("/predict", "image/png", THREE)).statusCode());
    }
}
