package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static ink.neural.it.Answers.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Start and end of a server. */
class LifecycleIT {
    private static final String MODELS =
            "neural.ink.models=" + Path.of("src/test/resources/models").toAbsolutePath();
    private static final Golden DRAWING = Golden.all().get(0);

    @Test
    void serverWithoutAUsableModelIsLiveButNotReady() throws Exception {
        try (Server server = new Server("/", MODELS, "neural.ink.model=cut").startLive()) {
            assertEquals(200, server.get("/api/health/live").statusCode());
            HttpResponse<String> ready = server.get("/api/health/ready");
            assertProblem(503, "not-ready", ready);
            assertTrue(ready.headers().firstValue("Retry-After").isPresent());
            assertEquals(503, server.predict(DRAWING.png()).statusCode());
            assertEquals(503, server.get("/api/model").statusCode());
            assertEquals(200, server.get("/api/metrics").statusCode());
            assertTrue(server.log().contains("The model cut cannot be used: the network's file is damaged"));
        }
    }

    @Test
    void modelCanComeFromADirectory() throws Exception {
        try (Server server = new Server("/", MODELS, "neural.ink.model=original").start()) {
            var model = json(server.get("/api/model"));
            assertEquals("original", model.getString("name"));
            assertEquals("[\"a\",\"b\",\"c\",\"d\"]", model.get("classes").toString());
            assertEquals("mirrored", model.getJsonObject("input").getString("orientation"));
            assertFalse(model.containsKey("legibility"));
            assertEquals(200, server.predict(DRAWING.png()).statusCode());
            HttpResponse<String> legibility =
                    server.send(server.post("/predict", Requests.predict("\"legibility\":true,", DRAWING.png())));
            assertProblem(400, "bad-option", legibility);
            assertTrue(json(legibility).getString("detail").contains("legibility"));
        }
    }

    @Test
    void invalidSettingsStopTheDeploymentWithOneMessage() throws Exception {
        Server server = new Server("/", "neural.ink.queue=x", "neural.ink.max.body=y");
        server.launch();
        try {
            server.awaitLog("Neural Ink cannot start.");
            // Some servers exit now, others keep running without the application.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (server.process().isAlive() && System.nanoTime() < end) {
                for (String path : List.of("/api.html", "/api/health/live")) {
                    assertNotEquals(200, statusOrZero(server, path), path);
                }
                Thread.sleep(200);
            }
            List<String> messages = server.log()
                    .lines()
                    .filter(line -> line.contains("Neural Ink cannot start."))
                    .filter(line -> !line.contains("InvalidConfigurationException")) // part of a stack trace
                    .toList();
            assertEquals(1, messages.size(), messages.toString());
            assertTrue(messages.get(0).contains("neural.ink.queue (or NEURAL_INK_QUEUE)"), messages.get(0));
            assertTrue(messages.get(0).contains("neural.ink.max.body (or NEURAL_INK_MAX_BODY)"), messages.get(0));
        } finally {
            server.close();
        }
    }

    private static int statusOrZero(Server server, String path) throws InterruptedException {
        try {
            return server.status(path);
        } catch (IOException notListening) {
            return 0;
        }
    }

    @Test
    void requestInFlightIsAnsweredBeforeTheServerExits() throws Exception {
        try (Server server = new Server("/").start()) {
            HttpRequest.Builder batch = server.post(
                    "/predict/batch", Requests.batch("\"glyph\":true,", Collections.nCopies(256, DRAWING.dataUrl())));
            assertEquals(200, server.send(batch).statusCode(), "the first batch loads all classes");
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
                try {
                    return server.send(batch).statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!server.get("/api/metrics").body().contains("neural_ink_in_flight 2.0")) {
                assertFalse(status.isDone(), "the batch was answered before it was seen in flight");
            }
            server.process().destroy();
            // The 503 comes from the application, or from a server that accepts no more requests.
            while (server.status("/api/health/ready") != 503) {
                assertTrue(server.process().isAlive(), "the server exited without ever being not ready");
            }
            assertEquals(200, status.get(30, TimeUnit.SECONDS));
            assertTrue(server.process().waitFor(30, TimeUnit.SECONDS));
        }
    }
}
