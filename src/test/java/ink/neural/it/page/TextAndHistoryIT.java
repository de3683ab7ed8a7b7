package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** The text line and the recent drawings. */
class TextAndHistoryIT extends PageTest {
    private static final GoldenDrawing K = GoldenDrawing.named("upper-k");

    @Test
    void chosenCandidateIsAddedToTheText() {
        page.draw(Kind.MOUSE, R).answer();
        take(1);
        assertEquals("R", text());
        page.awaitMessage("Added ");
        page.reload().answer();
        assertEquals("R", text());
        page.click("#backspace");
        assertEquals("", text());
    }

    @Test
    void secondCandidateForADrawingReplacesTheFirst() {
        page.click("#text").press("ab").press(Keys.ARROW_LEFT);
        page.draw(Kind.MOUSE, R).answer();
        String second = page.candidates().get(1);
        take(1);
        assertEquals("aRb", text());
        page.click("#text").press(Keys.HOME, "-", Keys.END, "+");
        take(2);
        assertEquals("-a" + second + "b+", text());
        page.click("#space");
        assertEquals("-a" + second + "b+ ", text(), "the caret stays where it was put");
        take(1);
        assertEquals("-aRb+ ", text());
    }

    @Test
    void whatAPersonHasDeletedIsNotReplaced() {
        page.draw(Kind.MOUSE, R).answer();
        String second = page.candidates().get(1);
        take(1);
        page.click("#backspace");
        take(2);
        assertEquals(second, text());
        page.click("#text").press(Keys.BACK_SPACE, "x");
        take(1);
        assertEquals("xR", text());
    }

    @Test
    void restoredDrawingIsAddedOnceMore() {
        page.draw(Kind.MOUSE, R).answer();
        take(1);
        page.click("#clear").click("#history .restore").answer();
        take(1);
        assertEquals("RR", text());
    }

    @Test
    void everythingHappensAtTheCaret() {
        page.click("#text").press("abc").press(Keys.ARROW_LEFT);
        page.draw(Kind.MOUSE, R).answer();
        take(1);
        page.draw(Kind.MOUSE, K).answer();
        take(1);
        assertEquals("abRKc", text());
        page.click("#space");
        assertEquals("abRK c", text());
        page.click("#backspace").click("#backspace");
        assertEquals("abRc", text());
        page.click("#text").press(Keys.HOME).click("#backspace");
        assertEquals("abRc", text(), "nothing is before the caret");
        select(1, 3);
        page.click("#backspace");
        assertEquals("ac", text());
        select(0, 1);
        page.click("#space");
        assertEquals(" c", text());
    }

    @Test
    void backspaceDeletesWhatLooksLikeOneCharacter() {
        page.script("const text = document.getElementById('text'); text.value = 'aé👩‍👧';"
                + "text.dispatchEvent(new Event('input'))");
        page.click("#backspace");
        assertEquals("aé", text());
        page.click("#backspace");
        assertEquals("a", text());
    }

    @Test
    void passingThroughTheTextWithTheKeyboardDoesNotLoseIt() {
        page.click("#text").press("Rk7").chord("\uE004", Keys.SHIFT).press(Keys.TAB);
        assertEquals("text", focused().getDomAttribute("id"));
        page.press(Keys.TAB).press(Keys.SPACE);
        assertEquals("Rk7 ", text());
    }

    @Test
    void textIsNotCopiedIfThereIsNone() {
        page.click("#copy");
        page.awaitMessage("Your text is empty.");
        page.click("#backspace");
        page.await(() -> announced().startsWith("Your text is empty."));
    }

    @Test
    void changesOfTheTextAndTheSheetAreAnnounced() {
        page.draw(Kind.MOUSE, R).answer();
        take(1);
        assertEquals("Added capital R.", announced().strip());
        page.click("#space");
        assertEquals("Added Space.", announced().strip());
        page.click("#backspace");
        assertEquals("Deleted: Space.", announced().strip());
        page.click("#backspace");
        assertEquals("Deleted: capital R.", announced().strip());
        page.click("#clear");
        assertEquals("Clear: Drawing area, empty", announced().strip());
        page.line(60, 60, 200, 60).line(60, 200, 200, 200).answer();
        page.click("#undo");
        assertEquals("Undo: Drawing area, strokes: 1", announced().strip());
        page.answer();
        page.click("#eraser").line(130, 30, 130, 90);
        assertEquals("Erase strokes: Drawing area, empty", announced().strip());
    }

    @Test
    void nextStrokeAfterAChosenCandidateStartsANewDrawing() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#candidates li:first-child button");
        page.draw(Kind.MOUSE, K);
        assertEquals("K", page.answer());
        assertEquals(K.strokes().size(), page.strokes());
        assertEquals(1, page.all("#history .restore").size());
        page.click("#candidates li:first-child button");
        assertEquals("RK", text());
    }

    @Test
    void textIsCopiedToTheClipboard() {
        BROWSER.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        page.click("#text").press("Rk7").click("#copy");
        page.awaitMessage("Copied.");
        assertEquals("Rk7", page.script("return navigator.clipboard.readText()"));
    }

    @Test
    void finishedDrawingsAreKeptAndCanBeRestored() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#clear").draw(Kind.MOUSE, K).answer();
        page.click("#clear");
        assertEquals(2, page.all("#history .restore").size());
        assertTrue(page.texts("#history .restore").get(0).startsWith("K "));
        page.reload();
        assertEquals(2, page.all("#history .restore").size());
        page.find("#history li:nth-child(2) .restore").click();
        assertEquals("R", page.answer());
        assertEquals(R.strokes().size(), page.strokes());
        page.click("#clear");
        assertEquals(2, page.all("#history .restore").size(), "the same drawing is kept once");
    }

    @Test
    void deletedDrawingsStayDeletedAndCanBeBroughtBackUntilThen() {
        drawThree();
        page.find("#history .delete").click();
        assertEquals(2, drawings());
        assertTrue(announced().startsWith("Deleted: "));
        page.click("#delete-all");
        assertEquals(0, drawings());
        assertFalse(page.shows("#delete-all"));
        page.click("#undo-delete");
        assertEquals(2, drawings());
        assertEquals("Restored.", announced().strip());
        page.click("#undo-delete");
        assertEquals(3, drawings());
        assertFalse(page.shows("#undo-delete"));
        page.reload();
        page.await(() -> drawings() == 3);
        page.click("#delete-all").reload().line(60, 60, 200, 220).answer();
        page.click("#clear");
        assertEquals(1, drawings());
        assertFalse(page.shows("#undo-delete"));
    }

    @Test
    void focusIsNeverLost() {
        drawThree();
        focus("#history li:nth-child(2) .delete").press(Keys.ENTER);
        assertEquals(page.find("#history li:nth-child(2) .delete"), focused());
        page.press(Keys.ENTER);
        assertEquals(page.find("#history .delete"), focused(), "the last one is gone");
        page.press(Keys.ENTER);
        assertEquals("undo-delete", focused().getDomAttribute("id"));
        for (int left = 2; left >= 0; left--) {
            focus("#undo-delete").press(Keys.ENTER);
            assertEquals("restore", focused().getDomAttribute("class"));
            assertEquals(left > 0, page.shows("#undo-delete"));
        }
        focus("#delete-all").press(Keys.ENTER);
        assertEquals("undo-delete", focused().getDomAttribute("id"));
        page.press(Keys.ENTER);
        assertEquals(page.find("#history .restore"), focused());
        page.press(Keys.ENTER).answer();
        assertEquals("restore", focused().getDomAttribute("class"), "the list has been shown again");
    }

    @Test
    void undoToTheBlankSheetMovesTheFocusToTheSheet() {
        page.line(60, 60, 200, 220).answer();
        focus("#undo").press(Keys.ENTER);
        assertEquals("pad", focused().getDomAttribute("id"));
        focus("#redo").press(Keys.ENTER);
        assertEquals("pad", focused().getDomAttribute("id"));
    }

    @Test
    void drawingClearedBeforeItsAnswerIsReadLater() {
        network.hold();
        page.draw(Kind.MOUSE, R).click("#clear");
        assertEquals(List.of("?"), captions());
        network.release();
        page.await(() -> captions().get(0).startsWith("R "));
        network.hold();
        page.draw(Kind.MOUSE, K).click("#clear").draw(Kind.MOUSE, R);
        network.release();
        page.await(() -> captions().get(0).startsWith("K "));
        assertEquals("R", page.answer());
    }

    @Test
    void drawingLeftUnreadIsReadWithTheNextVisit() {
        network.disconnect();
        page.draw(Kind.MOUSE, R).click("#clear");
        assertEquals(List.of("?"), captions());
        network.reconnect();
        page.open(network.address());
        page.await(() -> captions().size() == 1 && captions().get(0).startsWith("R "));
    }

    private void drawThree() {
        for (int i = 0; i < 3; i++) {
            page.line(60 + 40 * i, 60, 200, 220).answer();
            page.click("#clear");
        }
    }

    private void take(int rank) {
        page.click("#candidates li:nth-child(" + rank + ") button");
    }

    private int drawings() {
        return page.all("#history .restore").size();
    }

    private List<String> captions() {
        return page.texts("#history .restore");
    }

    private void select(int start, int end) {
        page.script("document.getElementById('text').setSelectionRange(arguments[0], arguments[1])", start, end);
    }

    private Page focus(String css) {
        page.script("document.querySelector(arguments[0]).focus()", css);
        return page;
    }

    private WebElement focused() {
        return BROWSER.driver().switchTo().activeElement();
    }

    private String announced() {
        return page.find("#announcement").getDomProperty("textContent");
    }

    private String text() {
        return page.find("#text").getDomProperty("value");
    }

    /** The network fails on purpose. */
    @Override
    boolean isExpected(String line) {
        return line.contains("ERR_CONNECTION_REFUSED");
    }
}
