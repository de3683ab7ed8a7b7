package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** A server that is busy, unreachable or failing, and a browser without a network. */
class NetworkFailureIT extends PageTest {
    @AfterEach
    void backOnline() {
        BROWSER.offline(false);
    }

    @Test
    void busyServerIsAskedAgain() {
        network.fail(503, 2);
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("The server is busy. Trying again in 1 s.");
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    void drawingSurvivesAnUnreachableServer() {
        network.disconnect();
        try {
            page.draw(Kind.MOUSE, R);
            page.awaitMessage("The server cannot be reached. Your drawing is safe. Trying again in ");
            assertEquals(R.strokes().size(), page.strokes());
        } finally {
            network.reconnect();
        }
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    void serverErrorIsShownAndPredictTriesAgain() {
        network.fail(500, 1);
        page.line(140, 40, 140, 240);
        page.awaitMessage("Something went wrong on the server.");
        page.click("#predict");
        page.answer();
    }

    @Test
    void offlineIsShownAndTheAnswerFollowsOnceOnline() {
        BROWSER.offline(true);
        page.awaitMessage("You are offline.");
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("You are offline.");
        BROWSER.offline(false);
        assertEquals("R", page.answer());
    }

    @Test
    void pageLoadsWithoutANetworkInEveryLanguage() {
        page.draw(Kind.MOUSE, R).answer();
        page.awaitCachedPage();
        network.disconnect();
        try {
            page.reload();
            assertEquals(R.strokes().size(), page.strokes());
            page.awaitMessage("The server cannot be reached.");
            page.click("#settings-open").choose("language", "fr");
            page.await(() -> page.find("#predict").getText().equals("Reconnaître"));
            assertTrue(page.<Boolean>script("return document.fonts.check('1rem \"Atkinson Hyperlegible Next\"')"));
        } finally {
            network.reconnect();
        }
    }

    /** The browser logs each failed request. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
