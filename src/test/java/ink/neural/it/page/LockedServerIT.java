package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.Server;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** A server with a context root and a key that the page does not have, and its page for unknown addresses. */
@Tag("browser")
class LockedServerIT {
    private static final String NEEDS_KEY = "This server needs a key, which this page does not have.";
    private static final Browser BROWSER = Browser.shared();
    private static Server server;

    private final Page page = new Page(BROWSER);

    @BeforeAll
    static void start() {
        server = new Server("/neural-ink/", "neural.ink.api.key=secret").start();
    }

    @AfterAll
    static void stop() {
        server.close();
        BROWSER.console();
    }

    @BeforeEach
    void reset() {
        BROWSER.reset(server.address());
    }

    private void open(String path) {
        BROWSER.driver().get(server.address().resolve(path).toString());
    }

    @Test
    void pageSaysAtOnceAndForADrawingThatTheServerNeedsAKey() {
        open("");
        page.awaitMessage(NEEDS_KEY);
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-r")).click("#clear");
        page.await(() -> page.message().isEmpty());
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-h"));
        page.awaitMessage(NEEDS_KEY);
    }

    @Test
    void pageForUnknownAddressesLeadsToTheCanvas() {
        open("a/b/nothing");
        assertEquals("There is nothing at this address.", page.find("h1").getText());
        assertEquals(
                "rgba(242, 244, 248, 1)", page.find("body").getCssValue("background-color"), "it has its style sheet");
        List<String> console = BROWSER.console();
        assertTrue(
                console.stream().allMatch(line -> line.contains("a/b/nothing") && line.contains("404")),
                console.toString());
        page.click("a.primary");
        page.await(() -> !page.all("#pad").isEmpty());
        assertEquals(server.address().toString(), BROWSER.driver().getCurrentUrl());
    }
}
