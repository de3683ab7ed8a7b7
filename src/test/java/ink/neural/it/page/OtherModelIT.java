package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** A server with another model: four classes, a to d, one for each quarter of the glyph. */
class OtherModelIT extends PageTest {
    private static final Server QUARTERS = new Server(
            "/",
            "neural.ink.models=" + Path.of("src/test/resources/models").toAbsolutePath(),
            "neural.ink.model=upright");

    @BeforeAll
    static void startServer() {
        QUARTERS.start();
    }

    @AfterAll
    static void stopServer() {
        QUARTERS.close();
    }

    private void openOtherModel() {
        network.forwardTo(QUARTERS.address());
        page.open(network.address());
    }

    @Test
    void drawingIsAnsweredWithTheClassesOfTheModel() {
        openOtherModel();
        page.draw(Kind.MOUSE, R).answer();
        assertEquals(3, page.candidates().size());
        assertTrue(Set.of("a", "b", "c", "d").containsAll(page.candidates()));
        assertEquals("4", lastRequest().option("top"));
    }

    @Test
    void textIsHiddenIfTheServerHasNoModelForIt() {
        page.choose("mode", "text");
        page.await(() -> page.shows("#line"));
        openOtherModel();
        page.await(() -> page.shows("#pad"));
        assertFalse(page.shows("#modes"));
        assertFalse(page.find("#guides").isEnabled());
        page.draw(Kind.MOUSE, R).answer();
    }

    @Test
    void heatMapAndItsTitleFollowTheModelInEveryLanguage() {
        openOtherModel();
        page.draw(Kind.MOUSE, R).answer();
        assertEquals(List.of("a", "b", "c", "d"), page.texts("#heat .cell"));
        Map<String, String> titles = Map.of(
                "en", "All 4 characters", "de", "Alle 4 Zeichen", "es", "Los 4 caracteres", "fr", "Les 4 caractères");
        titles.forEach((language, title) -> {
            page.click("#settings-open").choose("language", language).press(Keys.ESCAPE);
            page.await(() -> page.find("#heat-title").getText().equals(title));
        });
    }

    @Test
    void onlyWhatTheModelCanReadIsOffered() {
        openOtherModel();
        assertEquals("Draw a letter.", page.find("#prompt-title").getText());
        assertFalse(page.shows("#expecting"), "all classes are lowercase letters, so there is nothing to choose");
        assertTrue(page.shows("#examples button[data-name=a]"));
        assertFalse(page.shows("#examples button[data-name=R]"));
    }

    @Test
    void expectedCharactersThatTheModelLacksAreNotSent() {
        page.choose("charset", "digits");
        openOtherModel();
        page.draw(Kind.MOUSE, R).answer();
        assertNull(lastRequest().option("charset"));
        network.forwardTo(SERVER.address());
        page.open(network.address());
        page.await(() -> "digits".equals(lastRequest().option("charset")));
        page.answer();
    }

    @Test
    void modelThatReplacesALargerOneIsNoticed() {
        network.forwardTo(QUARTERS.address());
        page.draw(Kind.MOUSE, R);
        page.await(() -> network.requests().stream().anyMatch(request -> "4".equals(request.option("top"))));
        assertTrue(List.of("a", "b", "c", "d").contains(page.answer()));
        assertEquals(4, page.all("#heat .cell").size());
        page.await(() -> !page.tone().equals("error"));
    }

    @Test
    void modelThatReplacesASmallerOneIsNoticed() {
        openOtherModel();
        network.forwardTo(SERVER.address());
        page.draw(Kind.MOUSE, R);
        page.await(() -> page.all("#heat .cell").size() == 62);
        assertEquals("R", page.answer());
        assertEquals("62", lastRequest().option("top"));
        assertTrue(page.shows("#expecting"));
    }

    @Test
    void serverWithoutAModelIsNamedAndAskedAgain() {
        network.setModelReady(false);
        page.reload();
        page.awaitMessage("The model is not ready yet.");
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("The model is not ready yet.");
        network.setModelReady(true);
        assertEquals("R", page.answer());
        page.await(() -> page.all("#heat .cell").size() == 62);
        page.await(() -> page.message().isEmpty());
    }

    /** The browser logs the refused requests. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource") && line.matches(".*\\b(400|503)\\b.*");
    }
}
