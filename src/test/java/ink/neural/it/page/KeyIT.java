package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Keyboard shortcuts, and what screen readers are told. */
class KeyIT extends PageTest {
    private String text() {
        return page.find("#text").getDomProperty("value");
    }

    @Test
    void textIsWrittenByKeys() {
        page.draw(Kind.MOUSE, R).answer();
        page.press("1");
        assertEquals("R", text());
        page.press(Keys.SPACE);
        assertEquals("R ", text());
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-o")).answer();
        List<String> candidates = page.candidates();
        page.press("3");
        assertEquals("R " + candidates.get(2), text());
        page.press(Keys.BACK_SPACE).press(Keys.BACK_SPACE).press(Keys.BACK_SPACE);
        assertEquals("", text());
    }

    @Test
    void candidateKeysDoNothingWithoutAnAnswer() {
        page.line(140, 40, 140, 240).answer();
        page.press(Keys.ESCAPE).await(() -> !page.shows("#candidates"));
        page.press("1", "2", "3");
        assertEquals("", text());
    }

    @Test
    void eraserIsSwitchedByItsKey() {
        page.line(140, 40, 140, 240).answer();
        page.press("e");
        assertEquals("true", page.find("#eraser").getDomAttribute("aria-pressed"));
        assertEquals("Eraser on.", page.announcement());
        page.press("e");
        assertEquals("false", page.find("#eraser").getDomAttribute("aria-pressed"));
        assertEquals("Eraser off.", page.announcement());
    }

    @Test
    void deleteAndEscapeClearTheSheetOnlyWhereTheFocusIsOnItOrNowhere() {
        page.line(140, 40, 140, 240).answer();
        for (String id : List.of("clear", "predict", "settings-open", "brush", "copy", "text")) {
            page.script("document.getElementById(arguments[0]).focus()", id);
            page.press(Keys.DELETE).press(Keys.ESCAPE);
            assertEquals(1, page.strokes(), "with the focus on " + id);
        }
        page.script("document.querySelector('#candidates button').focus()");
        page.press(Keys.DELETE).press(Keys.ESCAPE).press("e").press("1");
        assertEquals(1, page.strokes());
        assertEquals("", text());
        page.script("document.activeElement.blur()");
        page.press(Keys.DELETE);
        assertEquals(0, page.strokes());
        page.line(140, 40, 140, 240).press(Keys.ESCAPE);
        assertEquals(0, page.strokes());
    }

    @Test
    void settingsListTheKeys() {
        page.openSettings();
        List<String> keys = page.texts("dl.keys kbd");
        assertTrue(keys.containsAll(List.of("Enter", "Z", "Esc", "Delete", "E", "1", "2", "3", "Space", "Backspace")));
    }

    @Test
    void clearUndoRedoAndDeletionAreAnnounced() {
        page.line(140, 40, 140, 240).answer();
        page.click("#clear");
        assertEquals("Clear: Drawing area, empty", page.announcement());
        page.click("#undo");
        assertEquals("Undo: Drawing area, strokes: 1", page.announcement());
        page.answer();
        page.chord("y", Keys.CONTROL);
        assertEquals("Redo: Drawing area, empty", page.announcement());
        page.draw(Kind.MOUSE, R).answer();
        page.press("1").click("#backspace");
        assertEquals("Deleted: capital R.", page.announcement());
    }

    @Test
    void whatIsSaidAgainIsAnnouncedAgain() {
        page.draw(Kind.MOUSE, R).answer();
        String said = page.announcement();
        assertTrue(said.startsWith("It is capital R"), said);
        page.script("window.changes = 0; new MutationObserver(() => changes++)"
                + ".observe(document.getElementById('announcement'), {childList: true, characterData: true})");
        page.click("#predict").answer();
        assertEquals(said, page.announcement());
        assertFalse(page.<Long>script("return changes") == 0);
    }

    @Test
    void namesOfCandidatesBeginWithWhatIsVisible() {
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-o")).answer();
        for (int i = 0; i < 3; i++) {
            String visible = page.all("#candidates .candidate").get(i).getText().replaceAll("\\s+", " ");
            String name = page.all("#candidates .candidate").get(i).getAccessibleName();
            assertEquals(visible + ". Add to your text", name);
        }
    }
}
