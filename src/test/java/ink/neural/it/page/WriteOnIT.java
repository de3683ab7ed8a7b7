package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.page.GoldenDrawing.Point;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Writing on: a finished character enters the text when the next one begins. */
class WriteOnIT extends PageTest {
    private static final GoldenDrawing K = GoldenDrawing.named("upper-k");
    private static final List<Point> SCRIBBLE = IntStream.range(0, 120)
            .mapToObj(i -> new Point(140 + 110 * Math.sin(i * 2.3), 140 + 110 * Math.cos(i * 3.1)))
            .toList();

    @Test
    void finishedCharacterEntersTheTextWithTheNextStroke() {
        writeOn();
        write(R);
        assertEquals("", text());
        write(K);
        assertEquals("R", text());
        assertEquals(K.strokes().size(), page.strokes());
        page.line(60, 60, 200, 60);
        assertEquals("RK", text());
        assertEquals(1, page.strokes());
    }

    @Test
    void choiceIsRemembered() {
        writeOn();
        page.reload();
        page.await(() -> "true".equals(page.find("#write-on").getDomAttribute("aria-pressed")));
        write(R);
        page.click("#write-on");
        assertFalse(isFinished(), "the sheet is not finished any more");
        page.line(60, 60, 200, 60).answer();
        assertEquals("", text());
        assertEquals(R.strokes().size() + 1, page.strokes());
    }

    @Test
    void strokeWithoutARestBelongsToTheSameCharacter() {
        writeOn();
        page.draw(Kind.MOUSE, K).line(200, 260, 220, 260).answer();
        assertEquals(K.strokes().size() + 1, page.strokes());
        assertEquals("", text());
    }

    @Test
    void undoBringsTheCharacterBackFromTheTextToTheSheet() {
        writeOn();
        write(R);
        page.line(60, 60, 200, 60).click("#undo");
        assertEquals("R", text());
        page.click("#undo");
        assertEquals("", text());
        assertEquals(R.strokes().size(), page.strokes());
        page.click("#redo");
        assertEquals("R", text());
        page.click("#undo");
        awaitFinished();
        page.line(60, 60, 200, 60);
        assertEquals("R", text());
    }

    @Test
    void clearedCharacterDoesNotEnterTheText() {
        writeOn();
        write(R);
        page.click("#clear").line(60, 60, 200, 60);
        assertEquals("", text());
    }

    @Test
    void characterTakenByHandEntersOnce() {
        writeOn();
        write(R);
        page.click("#candidates li:nth-child(2) button");
        String second = text();
        assertEquals(page.candidates().get(1), second);
        page.line(60, 60, 200, 60).answer();
        assertEquals(second, text());
    }

    @Test
    void takenCharacterDoesNotEnterAgainAfterAReload() {
        writeOn();
        write(R);
        page.click("#candidates li:first-child button").reload().answer();
        page.line(60, 60, 200, 60).answer();
        assertEquals("R", text());
    }

    @Test
    void spaceAndCopyComeAfterTheFinishedCharacter() {
        writeOn();
        write(R);
        page.click("#space");
        assertEquals("R ", text());
        write(K);
        BROWSER.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        page.click("#copy");
        page.awaitMessage("Copied.");
        assertEquals("R K", page.script("return navigator.clipboard.readText()"));
    }

    @Test
    void backspaceDeletesTheFinishedCharacter() {
        writeOn();
        write(R);
        write(K);
        page.click("#backspace").click("#space");
        assertEquals("R ", text());
    }

    @Test
    void eraserCorrectsAFinishedCharacter() {
        writeOn();
        page.line(60, 60, 200, 60).line(130, 60, 130, 220).answer();
        awaitFinished();
        page.click("#eraser").line(110, 180, 150, 180);
        assertEquals(1, page.strokes());
        assertEquals("", text());
    }

    @Test
    void illegibleDrawingStays() throws Exception {
        writeOn();
        page.draw(List.of(SCRIBBLE)).answer();
        assertTrue(page.shows("#candidates.illegible"));
        Thread.sleep(1500);
        assertFalse(isFinished());
    }

    private void writeOn() {
        page.click("#write-on");
        page.await(() -> "true".equals(page.find("#write-on").getDomAttribute("aria-pressed")));
    }

    /** Draws a character and waits until the page takes it as finished. */
    private void write(GoldenDrawing drawing) {
        page.draw(Kind.MOUSE, drawing);
        assertEquals(drawing.label(), page.answer());
        awaitFinished();
    }

    private void awaitFinished() {
        page.await(this::isFinished);
    }

    private boolean isFinished() {
        return page.shows("#pad.finished");
    }

    private String text() {
        return page.find("#text").getDomProperty("value");
    }
}
