package ink.neural.it;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a server begins and ends. */
class LifecycleIT {
    private static final String MODELS =
            "neural.ink.models=" + Path.of("src/test/resources/models").toAbsolutePath();

    private static HttpRequest.Builder post(Server server, String path, String body) {
        return server.request(path).header("Content-Type", "application/json").POST(ofString(body));
    }

    @Test
    void livesButIsNotReadyWithoutAUsableModel() throws Exception {
        try (Server server = new Server("/", MODELS, "neural.ink.model=cut").start()) {
            assertEquals(200, server.get("/api/health/live").statusCode());
            HttpResponse<String> ready = server.get("/api/health/ready");
            assertEquals(503, ready.statusCode());
            assertTrue(ready.headers().firstValue("Retry-After").isPresent());
            assertEquals(
                    "urn:neural-ink:problem:not-ready", NeuralInkWar.json(ready).getString("type"));
            String drawing = NeuralInkWar.request(Golden.all().get(0).png());
            assertEquals(503, server.send(post(server, "/predict", drawing)).statusCode());
            assertEquals(503, server.get("/api/model").statusCode());
            assertEquals(200, server.get("/api/metrics").statusCode());
            assertTrue(server.log().contains("The model cut cannot be used: the network's file is damaged"));
        }
    }

    @Test
    void servesAnotherModelFromADirectory() throws Exception {
        try (Server server = new Server("/", MODELS, "neural.ink.model=original").start()) {
            assertEquals(200, server.get("/api/health/ready").statusCode());
            var model = NeuralInkWar.json(server.get("/api/model"));
            assertEquals("original", model.getString("name"));
            assertEquals("[\"a\",\"b\",\"c\",\"d\"]", model.get("classes").toString());
            assertEquals("mirrored", model.getJsonObject("input").getString("orientation"));
            assertFalse(model.containsKey("legibility"));
            String drawing = NeuralInkWar.request(Golden.all().get(0).png());
            assertEquals(200, server.send(post(server, "/predict", drawing)).statusCode());
            HttpResponse<String> legibility =
                    server.send(post(server, "/predict", drawing.replace("{", "{\"legibility\":true,")));
            assertEquals(400, legibility.statusCode());
            assertTrue(NeuralInkWar.json(legibility).getString("detail").contains("legibility"));
        }
    }

    @Test
    void finishesWhatIsUnderWayBeforeItEnds() throws Exception {
        try (Server server = new Server("/").start()) {
            String image = "\"" + NeuralInkWar.dataUrl(Golden.all().get(0).png()) + "\"";
            String batch = "{\"glyph\":true,\"images\":[" + String.join(",", Collections.nCopies(256, image)) + "]}";
            assertEquals(
                    200, server.send(post(server, "/predict/batch", batch)).statusCode(), "all classes are loaded");
            CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return server.send(post(server, "/predict/batch", batch)).statusCode();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!server.get("/api/metrics").body().contains("neural_ink_in_flight 2.0")) {
                assertFalse(answer.isDone(), "the batch should still be under way");
            }
            server.process().destroy();
            // The 503 is ours, or already that of a server which takes nothing more on.
            while (server.status("/api/health/ready") != 503) {
                assertTrue(server.process().isAlive(), "it says that it is about to end");
            }
            assertEquals(200, answer.get(30, TimeUnit.SECONDS));
            assertTrue(server.process().waitFor(30, TimeUnit.SECONDS));
        }
    }
}
