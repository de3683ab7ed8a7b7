package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.http.FaultyApplication;
import java.awt.Color;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
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

/** A server with a resource that always fails and with a deadline that no prediction meets. */
class FaultIT {
    private static Path war;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        war = Files.createTempDirectory("neural-ink-").resolve("faulty.war");
        Files.copy(ServerKind.WAR, war);
        addClasses(FaultyApplication.class, FaultyApplication.Resource.class, FaultyApplication.Gate.class);
        server = new Server(war, "/", "neural.ink.deadline.ms=1").startLive();
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

    @Test
    void causeOfAnInternalErrorIsLoggedAtALimitedRateAndNotSent() throws Exception {
        HttpClient client = HttpClient.newHttpClient(); // openapi.yaml, which Server.send checks, has no such answer
        for (int i = 0; i < 30; i++) {
            assertCauseIsHidden(client.send(server.request("/api/model").build(), BodyHandlers.ofString()));
        }
        server.awaitLog(FaultyApplication.CAUSE);
        String log = server.log();
        assertTrue(log.contains("IllegalStateException"));
        int logged = log.split("A request failed", -1).length - 1;
        assertTrue(logged >= 1 && logged <= 20, "30 errors within a minute or two are logged " + logged + " times");
        assertTrue(server.get("/api/metrics").body().contains("outcome=\"internal\",path=\"/api/model\""));
    }

    private static void assertCauseIsHidden(HttpResponse<String> response) {
        assertProblem(500, "internal", response);
        assertFalse(
                (response.body() + response.headers().map()).matches("(?s).*(secret|Exception|/home|ink\\.neural).*"),
                response.body());
    }

    @Test
    void causeOfAnErrorBeforeTheApplicationIsNotSent() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
        assertCauseIsHidden(client.send(server.request("/api/health/ready").build(), BodyHandlers.ofString()));
    }

    @Test
    void predictionThatMissesTheDeadlineIsAbandoned() throws Exception {
        byte[] large = Sketch.paper(1000, 1000, Color.WHITE, Color.BLACK, 30)
                .f(100, 100, 3)
                .png();
        assertProblem(503, "too-long", server.predict(large));
    }

    @Test
    void batchThatMissesTheDeadlineIsAbandoned() throws Exception {
        String batch =
                Requests.batch(Collections.nCopies(256, Golden.named("digit-3").dataUrl()));
        assertProblem(503, "too-long", server.send(server.post("/predict/batch", batch)));
    }
}
