package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** The server is busy, out of reach or broken, or the network is gone: the page says so and goes on when it can. */
class TroubleIT extends PageTest {
    private static final GoldenDrawing R = GoldenDrawing.named("upper-r");

    @AfterEach
    void backOnline() {
        BROWSER.offline(false);
    }

    @Test
    @DisplayName("a busy server is asked again until it answers")
    void busy() {
        wire.fail(503, 2);
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("The server is busy. Trying again in 1 s.");
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    @DisplayName("a server out of reach costs no drawing, and answers when it is back")
    void unreachable() {
        wire.cut();
        try {
            page.draw(Kind.MOUSE, R);
            page.awaitMessage("The server cannot be reached. Your drawing is safe; trying again in ");
            assertEquals(R.strokes().size(), page.strokes());
        } finally {
            wire.mend();
        }
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    @DisplayName("a fault of the server is said, and PREDICT tries again")
    void fault() {
        wire.fail(500, 1);
        page.line(140, 40, 140, 240);
        page.awaitMessage("Something went wrong on the server.");
        page.click("#predict");
        page.answer();
    }

    @Test
    @DisplayName("without a network the page says it is offline, and asks as soon as the network is back")
    void offline() {
        BROWSER.offline(true);
        page.awaitMessage("You are offline.");
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("You are offline.");
        BROWSER.offline(false);
        assertEquals("R", page.answer());
    }

    @Test
    @DisplayName("the page loads without a network, in every language, with the drawing on it")
    void loadsFromCache() {
        page.draw(Kind.MOUSE, R).answer();
        page.awaitKeptPage();
        wire.cut();
        try {
            page.reload();
            assertEquals(R.strokes().size(), page.strokes());
            page.awaitMessage("The server cannot be reached.");
            page.click("#settings-open").choose("language", "fr");
            page.await(() -> page.find("#predict").getText().equals("RECONNAÎTRE"));
            assertTrue(page.<Boolean>script("return document.fonts.check('1rem \"Atkinson Hyperlegible Next\"')"));
        } finally {
            wire.mend();
        }
    }

    /** What fails here on purpose is told in the console by the browser itself. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
