package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.it.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** A server with a context root that stops and starts again while a person draws. */
@Tag("browser")
class ServerStoppedIT {
    private static final GoldenDrawing R = GoldenDrawing.named("upper-r");
    private static final GoldenDrawing H = GoldenDrawing.named("upper-h");

    @Test
    void drawingSurvivesAServerRestart() {
        Browser browser = Browser.shared();
        try (Server server = new Server("/neural-ink/").start()) {
            browser.reset(server.address());
            Page page = new Page(browser).open(server.address());
            page.draw(Kind.MOUSE, R);
            assertEquals("R", page.answer());
            page.awaitCachedPage();

            server.stop();
            page.click("#clear").draw(Kind.PEN, H);
            page.awaitMessage("The server cannot be reached.");
            page.reload();
            page.awaitMessage("The server cannot be reached.");
            assertEquals(H.strokes().size(), page.strokes());

            server.start();
            page.click("#predict");
            assertEquals("H", page.answer());
            assertEquals("", page.message());
        } finally {
            browser.console();
        }
    }
}
