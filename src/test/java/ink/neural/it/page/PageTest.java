package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.it.Server;
import ink.neural.it.page.FakeNetwork.Posted;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/**
 * A test of the page in the shared browser, which is reset for each test. After each test the browser's console must be
 * empty: violations of the Content-Security-Policy, script errors and missing files appear there.
 */
@Tag("browser")
abstract class PageTest {
    static final Server SERVER = Server.shared();
    static final Browser BROWSER = Browser.shared();
    static final GoldenDrawing R = GoldenDrawing.named("upper-r");
    static FakeNetwork network;

    Page page;

    @BeforeAll
    static void startNetwork() {
        network = new FakeNetwork(SERVER.address());
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @BeforeEach
    void openPage() {
        network.reset();
        BROWSER.reset(network.address());
        page = new Page(BROWSER).open(network.address());
    }

    @AfterEach
    void consoleIsEmpty() {
        List<String> console = BROWSER.console();
        assertEquals(
                List.of(),
                console.stream()
                        .filter(line -> !isExpected(line) && !isAboutSlowness(line))
                        .toList(),
                "in the browser's console");
    }

    /** On a busy machine the first text is painted seconds after the font has loaded, and Chromium warns about it. */
    private static boolean isAboutSlowness(String line) {
        return line.contains("was preloaded using link preload but not used within a few seconds");
    }

    /** Whether a test provokes this line of the console on purpose. */
    boolean isExpected(String line) {
        return false;
    }

    /** What the server itself answers to a picture. */
    static JsonObject predict(byte[] png) throws IOException, InterruptedException {
        return replay(new Posted(URI.create("/predict"), "image/png", png));
    }

    /** What the server itself answers to a request of the page. */
    static JsonObject replay(Posted posted) throws IOException, InterruptedException {
        return Server.json(SERVER.send(SERVER.request(posted.uri().toString())
                        .header("Content-Type", posted.type())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(posted.picture())))
                .body());
    }

    static List<String> labels(JsonObject answer) {
        return predictions(answer)
                .map(prediction -> prediction.getString("label"))
                .toList();
    }

    static Stream<JsonObject> predictions(JsonObject answer) {
        return answer.getJsonArray("predictions").getValuesAs(JsonObject.class).stream();
    }

    /** What the page sent last. */
    static Posted lastRequest() {
        return network.requests().get(network.requests().size() - 1);
    }
}
