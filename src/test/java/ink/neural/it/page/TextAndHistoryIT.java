package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** The text line and the recent drawings. */
class TextAndHistoryIT extends PageTest {
    private static final GoldenDrawing K = GoldenDrawing.named("upper-k");

    @Test
    void chosenCandidatesAreAddedToTheText() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#candidates li:first-child button").click("#candidates li:nth-child(2) button");
        String second = page.candidates().get(1);
        assertEquals("R" + second, text());
        page.awaitMessage("Added ");
        page.reload().answer();
        assertEquals("R" + second, text());
        page.click("#backspace");
        assertEquals("R", text());
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
    void drawingsCanBeDeletedOneByOneAndAllAtOnce() {
        for (int i = 0; i < 3; i++) {
            page.line(60 + 40 * i, 60, 200, 220).answer();
            page.click("#clear");
        }
        page.find("#history .delete").click();
        assertEquals(2, page.all("#history .restore").size());
        page.click("#delete-all");
        assertEquals(0, page.all("#history .restore").size());
        assertFalse(page.shows("#delete-all"));
        page.reload();
        assertEquals(0, page.all("#history .restore").size());
    }

    private String text() {
        return page.find("#text").getDomProperty("value");
    }
}
