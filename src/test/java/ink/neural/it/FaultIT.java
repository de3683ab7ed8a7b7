package ink.neural.it;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.http.FaultyApplication;
import java.awt.Color;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with a resource that always fails, and no time for anything. */
class FaultIT {
    /** Not the server's own, which takes no 500 for documented. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Path war;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        war = Files.createTempDirectory("neural-ink-").resolve("faulty.war");
        Files.copy(ServerKind.WAR, war);
        addClasses(FaultyApplication.class, FaultyApplication.Resource.class);
        server = new Server(war, "/", "neural.ink.deadline.ms=1").start();
    }

    private static void addClasses(Class<?>... classes) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(war)) {
            for (Class<?> added : classes) {
                String file = "/" + added.getName().replace('.', '/') + ".class";
                Files.copy(added.getResourceAsStream(file), zip.getPath("/WEB-INF/classes" + file));
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        Files.delete(war);
        Files.delete(war.getParent());
    }

    private static String type(HttpResponse<String> response) {
        return NeuralInkWar.json(response).getString("type").replace("urn:neural-ink:problem:", "");
    }

    private static long count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void tellsTheCauseToTheLogAloneAndNotTooOften() throws Exception {
        for (int i = 0; i < 30; i++) {
            HttpResponse<String> response =
                    CLIENT.send(server.request("/api/faulty").build(), BodyHandlers.ofString());
            assertEquals(500, response.statusCode());
            assertEquals("internal", type(response));
            assertFalse(
                    (response.body() + response.headers().map())
                            .matches("(?s).*(secret|Exception|/home|ink\\.neural).*"),
                    response.body());
        }
        String log = server.log();
        for (int i = 0; i < 100 && !log.contains(FaultyApplication.CAUSE); i++) {
            Thread.sleep(100); // the server writes its log in its own time
            log = server.log();
        }
        assertTrue(log.contains(FaultyApplication.CAUSE), log);
        assertTrue(log.contains("IllegalStateException"));
        long faults = count(log, "A request failed");
        assertTrue(faults >= 1 && faults <= 20, "30 faults within a minute or two are logged " + faults + " times");
        assertTrue(server.get("/api/metrics").body().contains("outcome=\"internal\",path=\"other\""));
    }

    @Test
    void holdsASingleDrawingToTheDeadline() throws Exception {
        byte[] large = Sketch.paper(1000, 1000, Color.WHITE, Color.BLACK, 30)
                .f(100, 100, 3)
                .png();
        HttpResponse<String> response = server.send(
                server.request("/predict").header("Content-Type", "image/png").POST(ofByteArray(large)));
        assertEquals(503, response.statusCode());
        assertEquals("too-long", type(response));
    }

    @Test
    void holdsABatchToTheDeadline() throws Exception {
        String image = "\"" + NeuralInkWar.dataUrl(Golden.all().get(3).png()) + "\"";
        String batch = "{\"images\":[" + String.join(",", Collections.nCopies(256, image)) + "]}";
        HttpResponse<String> response = server.send(server.request("/predict/batch")
                .header("Content-Type", "application/json")
                .POST(ofByteArray(batch.getBytes())));
        assertEquals(503, response.statusCode());
        assertEquals("too-long", type(response));
    }
}
