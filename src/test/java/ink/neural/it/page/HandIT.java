package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.page.GoldenDrawing.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** The page learns from examples of a person's hand. */
class HandIT extends PageTest {
    /** Its first reading is one of three that look alike. */
    private static final GoldenDrawing O = GoldenDrawing.named("upper-o");

    private String unlearnt;
    private String meant;

    @BeforeEach
    void drawWhatMayBeRead3Ways() {
        unlearnt = page.draw(Kind.MOUSE, O).answer();
        meant = page.candidates().get(1);
    }

    @Test
    void correctionChangesTheNextAnswerWhereverItIsShown() {
        page.say(meant).click("#clear").draw(Kind.MOUSE, O);
        page.await(() -> page.answer().equals(meant));
        assertTrue(page.shows("#candidates li:first-child .by-hand"));
        assertTrue(page.message().startsWith("Going by your hand; otherwise " + unlearnt), page.message());
        assertEquals(meant, page.find("#heat [data-heat='5']").getText());
        page.click("#candidates li:first-child button");
        assertEquals(meant, page.find("#text").getDomProperty("value"));
        page.click("#clear");
        assertTrue(page.texts("#history .restore").get(0).startsWith(meant + " "));
        page.reload().draw(Kind.MOUSE, O);
        page.await(() -> page.answer().equals(meant));
        assertFalse(network.requests().stream()
                .anyMatch(request -> request.uri().toString().contains("examples")));
    }

    @Test
    void newCharacterIsTaughtAndForgotten() {
        page.openHand();
        AccessibilityIT.assertNoViolation(page, "nothing learnt yet");
        page.click("#teach summary").find("#teach-label").sendKeys("✶");
        page.script("document.querySelector('#teach-pad').scrollIntoView({block: 'center'})");
        page.moved();
        List<String> said = List.of("Kept: 1 of 3.", "Kept: 2 of 3.", "Learnt: character ✶.");
        for (int i = 0; i < said.size(); i++) {
            page.draw(sign(2 * i)).click("#teach-keep");
            assertEquals(said.get(i), status());
        }
        BROWSER.prefer("dark");
        BROWSER.resize(280, 653, 1);
        AccessibilityIT.assertNoViolation(page, "taught, on a small dark screen");
        assertTrue(page.<Boolean>script("const {scrollWidth, clientWidth} = document.querySelector('#hand');"
                + "return scrollWidth <= clientWidth"));
        BROWSER.resize(1280, 960, 1);
        page.moved().press(Keys.ESCAPE).click("#clear").draw(sign(6));
        page.await(() -> page.answer().equals("✶"));
        assertEquals("All 63 characters", page.text("#heat-title"));
        page.openHand().click("#hand-list button");
        assertEquals("Forgotten: character ✶.", status());
        assertEquals("", page.keptLabels());
        page.click("#hand-undo").await(() -> page.keptLabels().equals("✶✶✶"));
        page.click("#hand-forget").press(Keys.ESCAPE);
        page.await(() -> !page.answer().equals("✶"));
        assertEquals("All 62 characters", page.text("#heat-title"));
        assertEquals("", page.keptLabels());
    }

    @Test
    void handIsTakenToAnotherDeviceAsAFile(@TempDir Path folder) throws Exception {
        page.say(meant).downloadTo(folder).openHand().click("#hand-export");
        Path file = folder.resolve("neural-ink-hand.json");
        page.await(() -> Files.exists(file));
        page.click("#hand-forget").press(Keys.ESCAPE).click("#clear").draw(Kind.MOUSE, O);
        assertEquals(unlearnt, page.answer());
        page.openHand();
        importFile(Files.writeString(folder.resolve("other.json"), "{}"));
        page.await(() -> status().startsWith("This is not a file"));
        importFile(file);
        page.await(() -> status().equals("New drawings: 1."));
        importFile(file);
        page.await(() -> status().equals("New drawings: 0."));
        page.press(Keys.ESCAPE);
        page.await(() -> page.answer().equals(meant));
    }

    /** A sign that is none of the 62 characters. A hand never draws it the same twice. */
    private static List<List<Point>> sign(double right) {
        return List.of(Page.scribble().stream()
                .map(point -> new Point(point.x() + right, point.y()))
                .toList());
    }

    private void importFile(Path file) {
        page.find("#hand-file").sendKeys(file.toString());
    }

    @Test
    void modelThatCannotLearnIsNotAskedForFeatures() {
        network.edit("/api/model", answer -> answer.replaceAll("\"features\":\\d+,?", ""));
        page.open(network.address());
        page.click("#clear").draw(Kind.MOUSE, O).answer();
        assertNull(lastRequest().option("features"));
        assertFalse(page.shows("#hand-open"));
        page.say(meant).openHand();
        page.await(() -> page.shows("#hand-problem"));
        assertTrue(page.text("#hand-problem").startsWith("The model on this server cannot learn."));
    }

    private String status() {
        return page.text("#hand-message span");
    }
}
