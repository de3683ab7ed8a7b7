package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.it.Server;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/**
 * A test of the page: a browser, a network and the served page, all as new for each test. After each test the browser's
 * console must be empty, which a violated Content-Security-Policy, a script's error or a missing file would fill.
 */
@Tag("browser")
abstract class PageTest {
    static final Server SERVER = Server.shared();
    static final Browser BROWSER = Browser.shared();
    static Wire wire;

    Page page;

    @BeforeAll
    static void layWire() {
        wire = new Wire(SERVER.address());
    }

    @AfterAll
    static void removeWire() {
        wire.close();
    }

    @BeforeEach
    void openPage() {
        wire.reset();
        BROWSER.reset(wire.address());
        page = new Page(BROWSER).open(wire.address());
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

    /** On a busy machine the first text is drawn seconds after its font has come, and Chromium remarks on it. */
    private static boolean isAboutSlowness(String line) {
        return line.contains("was preloaded using link preload but not used within a few seconds");
    }

    /** Whether a test brings this line of the console about on purpose. */
    boolean isExpected(String line) {
        return false;
    }

    /** What the server itself answers for a picture. */
    static JsonObject ask(byte[] png) throws IOException, InterruptedException {
        return SERVER.predict(
                "{\"image\":\"data:image/png;base64," + Base64.getEncoder().encodeToString(png) + "\"}");
    }

    static List<String> labels(JsonObject answer) {
        return predictions(answer)
                .map(prediction -> prediction.getString("label"))
                .toList();
    }

    static Stream<JsonObject> predictions(JsonObject answer) {
        return answer.getJsonArray("predictions").getValuesAs(JsonObject.class).stream();
    }

    /** The last question the page asked. */
    static String lastQuestion() {
        return wire.questions().get(wire.questions().size() - 1);
    }
}
