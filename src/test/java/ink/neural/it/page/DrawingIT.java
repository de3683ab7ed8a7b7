package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.page.GoldenDrawing.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** From pointer events to strokes. */
class DrawingIT extends PageTest {
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"MOUSE", "TOUCH", "PEN"})
    void drawnLetterIsRecognized(Kind kind) {
        page.draw(kind, R);
        assertEquals("R", page.answer());
        assertEquals(R.strokes().size(), page.strokes());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"MOUSE", "TOUCH", "PEN"})
    void drawingFocusesTheSheetWithoutARing(Kind kind) {
        page.draw(kind, List.of(Page.line(new Point(60, 40), new Point(60, 240))));
        page.answer();
        assertEquals("pad", page.script("return document.activeElement.id"));
        assertEquals("none", page.find("#pad").getCssValue("outline-style"));
        page.chord(Keys.TAB.toString(), Keys.SHIFT).press(Keys.TAB);
        assertEquals("pad", page.script("return document.activeElement.id"));
        assertEquals("solid", page.find("#pad").getCssValue("outline-style"));
    }

    @Test
    void tapDrawsADot() {
        page.perform(page.pointer(Kind.TOUCH).down(new Point(140, 140)).up());
        assertEquals(1, page.strokes());
        assertTrue(page.inked(140, 140));
        page.answer();
    }

    @Test
    void secondFingerIsIgnoredWhileTheFirstDraws() {
        Page.Pointer first = page.pointer(Kind.TOUCH);
        Page.Pointer second = page.pointer(Kind.TOUCH);
        first.down(new Point(60, 60))
                .to(new Point(60, 100))
                .to(new Point(60, 140))
                .pause(2)
                .to(new Point(60, 220))
                .up();
        second.pause(4).down(new Point(200, 60)).to(new Point(200, 200)).up();
        page.perform(first, second);
        assertEquals(1, page.strokes());
        assertTrue(page.inked(60, 200));
        assertFalse(page.inked(200, 130));
        assertEquals(1.0, zoom());
        page.answer();
    }

    @Test
    void pinchZoomsThePageAndLeavesNoStroke() {
        pinch();
        assertTrue(zoom() > 1.5);
        assertEquals(0, page.strokes());
        assertFalse(page.inked(120, 140));
        assertEquals(List.of(), network.requests());
        zoomOut();
        page.draw(Kind.TOUCH, R);
        assertEquals("R", page.answer());
    }

    @Test
    void handWithThePenDoesNotZoom() {
        page.draw(Kind.PEN, List.of(Page.line(new Point(60, 40), new Point(60, 240))));
        pinch();
        assertEquals(1.0, zoom());
        assertEquals(1, page.strokes());
        page.answer();
    }

    @Test
    void fingerThatHoldsTheDeviceDoesNotDisturbTheOneThatDraws() {
        Page.Pointer holding = page.pointer(Kind.TOUCH).down(new Point(140, -12));
        Page.Pointer drawing = page.pointer(Kind.TOUCH).pause(2).down(new Point(60, 60));
        for (int i = 1; i <= 8; i++) {
            holding.pause(1);
            drawing.to(new Point(60, 60 + 20 * i));
        }
        page.perform(holding.pause(2).up(), drawing.up());
        assertEquals(1.0, zoom());
        assertEquals(1, page.strokes());
        assertTrue(page.inked(60, 140));
        page.answer();
    }

    @Test
    void pinchLeavesAPictureAndAFinishedDrawing() {
        page.drop("image/png", R.png());
        page.answer();
        pinch();
        assertTrue(zoom() > 1.5);
        assertTrue(page.shows("#ink"));
        zoomOut();
        page.click("#clear").line(60, 40, 60, 240).answer();
        int drawings = page.all("#history .restore").size();
        page.click("#candidates li:first-child button");
        pinch();
        assertEquals(1, page.strokes());
        assertEquals(drawings, page.all("#history .restore").size());
        zoomOut();
    }

    /** Puts two fingers on the sheet, one soon after the other, and moves them apart. */
    private void pinch() {
        Page.Pointer first = page.pointer(Kind.TOUCH).down(new Point(120, 140)).rest(Duration.ofMillis(50));
        Page.Pointer second = page.pointer(Kind.TOUCH).pause(2).down(new Point(160, 140));
        for (int i = 1; i <= 8; i++) {
            first.pause(1).to(new Point(120 - 10 * i, 140));
            second.to(new Point(160 + 10 * i, 140)).rest(Duration.ofMillis(16));
        }
        page.perform(first.up(), second.up());
    }

    private double zoom() {
        return page.<Number>script(
                        "return new Promise(done => setTimeout(() => done(Math.round(visualViewport.scale * 100) / 100), 100))")
                .doubleValue();
    }

    private static void zoomOut() {
        BROWSER.driver().executeCdpCommand("Emulation.setPageScaleFactor", Map.of("pageScaleFactor", 1));
    }

    @Test
    void palmIsIgnoredWhileAPenDraws() {
        Page.Pointer palm = page.pointer(Kind.TOUCH);
        Page.Pointer pen = page.pointer(Kind.PEN);
        palm.down(new Point(220, 220)).pause(3).to(new Point(225, 240)).pause(2).up();
        pen.pause(2)
                .down(new Point(60, 60))
                .to(new Point(60, 140))
                .to(new Point(60, 200))
                .up();
        page.perform(palm, pen);
        page.perform(page.pointer(Kind.TOUCH).down(new Point(200, 200)).up());
        assertEquals(1, page.strokes());
        assertTrue(page.inked(60, 140));
        assertFalse(page.inked(220, 220));
        page.answer();
    }

    @Test
    void touchAsWideAsAPalmIsIgnored() {
        pointerEvent("pointerdown", "pointerId: 7, pointerType: 'touch', buttons: 1, width: 90, height: 60");
        pointerEvent("pointerup", "pointerId: 7, pointerType: 'touch'");
        assertEquals(0, page.strokes());
        pointerEvent("pointerdown", "pointerId: 8, pointerType: 'touch', buttons: 1, width: 30, height: 24");
        pointerEvent("pointerup", "pointerId: 8, pointerType: 'touch'");
        assertEquals(1, page.strokes());
        page.answer();
    }

    @Test
    void touchThatTheSystemTakesAtItsStartLeavesNoStroke() {
        pointerEvent("pointerdown", "pointerId: 5, pointerType: 'touch', buttons: 1, at: [60, 60]");
        pointerEvent("pointermove", "pointerId: 5, pointerType: 'touch', buttons: 1, at: [90, 90]");
        assertTrue(page.inked(75, 75));
        pointerEvent("pointercancel", "pointerId: 5, pointerType: 'touch'");
        assertFalse(page.inked(75, 75));
        assertEquals(0, page.strokes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mouse", "pen", "touch"})
    void strokeThatTheSystemInterruptsStays(String type) {
        pointerEvent("pointerdown", "pointerId: 5, pointerType: '" + type + "', buttons: 1, at: [60, 60]");
        pointerEvent("pointermove", "pointerId: 5, pointerType: '" + type + "', buttons: 1, at: [60, 220]");
        pointerEvent("pointercancel", "pointerId: 5, pointerType: '" + type + "'");
        assertEquals(1, page.strokes());
        assertTrue(page.inked(60, 140));
        page.answer();
    }

    @Test
    void slowTouchThatTheSystemInterruptsStays() throws Exception {
        pointerEvent("pointerdown", "pointerId: 5, pointerType: 'touch', buttons: 1, at: [60, 60]");
        Thread.sleep(300);
        pointerEvent("pointermove", "pointerId: 5, pointerType: 'touch', buttons: 1, at: [80, 60]");
        pointerEvent("pointercancel", "pointerId: 5, pointerType: 'touch'");
        assertEquals(1, page.strokes());
        page.answer();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "0, 3", "1, 4"})
    void everyButtonOfAPenDraws(int button, int buttons) {
        String pen = "pointerId: 9, pointerType: 'pen', button: " + button + ", ";
        pointerEvent("pointerdown", pen + "buttons: " + buttons + ", at: [60, 60]");
        pointerEvent("pointermove", pen + "button: -1, buttons: " + buttons + ", at: [60, 220]");
        pointerEvent("pointerup", pen + "buttons: 0, at: [60, 220]");
        assertEquals(1, page.strokes());
        assertTrue(page.inked(60, 140));
        page.answer();
    }

    @Test
    void rightMouseButtonDrawsNothing() {
        pointerEvent("pointerdown", "pointerId: 1, pointerType: 'mouse', button: 2, buttons: 2");
        pointerEvent("pointerup", "pointerId: 1, pointerType: 'mouse', button: 2");
        assertEquals(0, page.strokes());
    }

    @Test
    void eraserLeavesAPicture() {
        page.line(60, 40, 60, 240).click("#eraser").drop("image/png", R.png());
        page.await(() -> page.shows("#ink"));
        assertEquals("R", page.answer());
        int requests = network.requests().size();
        pointerEvent("pointerdown", "pointerId: 9, pointerType: 'pen', button: 5, buttons: 32, at: [60, 140]");
        pointerEvent("pointermove", "pointerId: 9, pointerType: 'pen', buttons: 32, at: [220, 140]");
        pointerEvent("pointerup", "pointerId: 9, pointerType: 'pen', button: 5, at: [220, 140]");
        assertEquals("R", page.answer());
        assertTrue(page.find("#pad").getAccessibleName().contains("picture"));
        assertEquals(requests, network.requests().size());
        // There is no eraser for pictures, so the pointer draws again.
        page.line(60, 140, 220, 140);
        assertEquals(1, page.strokes());
        page.answer();
    }

    @Test
    void eraserCorrectsAFinishedDrawing() {
        page.line(60, 40, 60, 240).line(200, 40, 200, 240).answer();
        page.click("#candidates li:first-child button");
        page.click("#eraser").line(40, 140, 80, 140);
        assertEquals(1, page.strokes());
        assertTrue(page.inked(200, 140));
        page.answer();
    }

    @Test
    void eraserEndOfAPenErasesStrokes() {
        page.line(60, 40, 60, 240).line(200, 40, 200, 240);
        pointerEvent("pointerdown", "pointerId: 9, pointerType: 'pen', button: 5, buttons: 32, at: [60, 140]");
        pointerEvent("pointerup", "pointerId: 9, pointerType: 'pen', button: 5, at: [60, 140]");
        assertEquals(1, page.strokes());
        assertFalse(page.inked(60, 140));
        assertTrue(page.inked(200, 140));
        page.answer();
    }

    @Test
    void coalescedPointsAreAllDrawn() {
        pointerEvent("pointerdown", "pointerId: 3, pointerType: 'pen', buttons: 1, at: [40, 40]");
        page.script(
                EVENT
                        + "const many = [[240, 40], [240, 240], [40, 240]].map(at => make('pointermove', {pointerId: 3, pointerType: 'pen', buttons: 1, at}));"
                        + "const event = make('pointermove', {pointerId: 3, pointerType: 'pen', buttons: 1, at: [40, 240]}); event.getCoalescedEvents = () => many; pad.dispatchEvent(event)");
        pointerEvent("pointerup", "pointerId: 3, pointerType: 'pen', at: [40, 240]");
        Long points =
                page.script("return JSON.parse(sessionStorage.getItem('neural-ink.drawing')).strokes[0].points.length");
        assertEquals(4, points);
        page.answer();
    }

    @Test
    void touchDrawingDoesNotScroll() {
        BROWSER.resize(360, 640, 2);
        page.moved();
        page.script("document.body.style.setProperty('min-height', '3000px')");
        page.draw(Kind.TOUCH, List.of(Page.line(new Point(140, 240), new Point(140, 20))));
        assertEquals(0L, ((Number) page.script("return Math.round(scrollY)")).longValue());
        assertEquals(1, page.strokes());
        page.answer();
    }

    @Test
    void strokesLandUnderThePointerOnAScrolledPage() {
        BROWSER.resize(360, 640, 1);
        page.script("scrollTo(0, 150)");
        page.moved().line(60, 140, 220, 140);
        assertTrue(page.inked(140, 140));
        page.answer();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.5, 3})
    void canvasMatchesThePixelsOfTheScreen(double ratio) {
        BROWSER.resize(800, 700, ratio);
        page.await(() -> page.<Boolean>script(
                "const p = document.getElementById('pad'); return Math.abs(p.width - p.clientWidth * arguments[0]) <= 1",
                ratio));
        page.moved().line(60, 140, 220, 140);
        assertTrue(page.inked(140, 140));
        page.answer();
    }

    @Test
    void drawingSurvivesResizeAndRotation() {
        page.line(60, 140, 220, 140);
        String answer = page.answer();
        for (int[] size : new int[][] {{360, 740}, {740, 360}, {1440, 900}}) {
            BROWSER.resize(size[0], size[1], 2);
            assertAll(
                    () -> assertTrue(page.inked(70, 140)),
                    () -> assertTrue(page.inked(210, 140)),
                    () -> assertFalse(page.inked(140, 60)));
        }
        assertEquals(answer, page.answer());
    }

    @Test
    void drawingAndAnswerSurviveAReload() {
        page.draw(Kind.MOUSE, R);
        page.answer();
        page.reload();
        assertEquals("R", page.answer());
        assertEquals(R.strokes().size(), page.strokes());
    }

    @Test
    void brushWidthIsAppliedAndRemembered() {
        page.brush(30).line(60, 140, 220, 140);
        assertTrue(page.inked(140, 140 + 13));
        page.reload();
        assertEquals("30", page.find("#brush").getDomProperty("value"));
        page.click("#clear").brush(8).line(60, 140, 220, 140);
        assertFalse(page.inked(140, 140 + 6));
        page.answer();
    }

    @Test
    void undoAndRedoWorkByButton() {
        assertFalse(page.find("#undo").isEnabled());
        page.line(60, 40, 60, 240).line(200, 40, 200, 240);
        page.click("#undo");
        assertEquals(1, page.strokes());
        page.click("#redo");
        assertEquals(2, page.strokes());
        assertFalse(page.find("#redo").isEnabled());
        page.click("#clear");
        assertEquals(0, page.strokes());
        page.click("#undo");
        assertEquals(2, page.strokes());
        page.answer();
    }

    @Test
    void erasingSeveralStrokesIsOneUndoStep() {
        page.line(60, 40, 60, 240).line(140, 40, 140, 240).line(220, 40, 220, 240);
        page.click("#eraser");
        assertEquals("true", page.find("#eraser").getDomAttribute("aria-pressed"));
        page.line(40, 100, 160, 100);
        assertEquals(1, page.strokes());
        assertFalse(page.inked(60, 140));
        assertTrue(page.inked(220, 140));
        page.click("#undo");
        assertEquals(3, page.strokes());
        page.answer();
    }

    @Test
    void eraserIsPutAwayWhenNothingIsLeft() {
        page.line(60, 40, 60, 240).click("#eraser").line(40, 100, 160, 100);
        assertEquals(0, page.strokes());
        page.line(60, 140, 220, 140);
        assertEquals(1, page.strokes());
        page.answer();
    }

    @Test
    void clearEmptiesTheSheetAndShowsThePrompt() {
        page.draw(Kind.MOUSE, R);
        page.answer();
        page.click("#clear");
        assertEquals(0, page.strokes());
        assertTrue(page.shows("#prompt"));
        assertFalse(page.shows("#candidates"));
        assertFalse(page.inked(
                R.strokes().get(0).get(0).x(), R.strokes().get(0).get(0).y()));
    }

    @Test
    void shortcutsUndoRedoClearAndAsk() {
        page.line(60, 40, 60, 240).line(200, 40, 200, 240);
        page.chord("z", Keys.CONTROL);
        assertEquals(1, page.strokes());
        page.chord("z", Keys.CONTROL, Keys.SHIFT);
        assertEquals(2, page.strokes());
        page.press(Keys.ESCAPE);
        assertEquals(0, page.strokes());
        page.chord("z", Keys.CONTROL);
        page.press(Keys.DELETE);
        assertEquals(0, page.strokes());
        page.press(Keys.ENTER);
        page.awaitMessage("Nothing drawn yet");
        page.chord("z", Keys.CONTROL);
        page.answer();
        network.requests().clear();
        page.press(Keys.ENTER);
        page.await(() -> network.requests().size() == 1);
        page.answer();
    }

    @Test
    void keysTypedIntoTheTextLineDoNotChangeTheDrawing() {
        page.line(60, 40, 60, 240);
        page.answer();
        page.click("#text").press("ab", Keys.DELETE, Keys.ESCAPE);
        assertEquals(1, page.strokes());
    }

    @Test
    void settingsListTheShortcuts() {
        page.openSettings();
        String help = page.find("#settings .keys").getText();
        for (String key : List.of("Enter", "Ctrl", "Z", "Shift", "Esc", "Delete")) {
            assertTrue(help.contains(key), key);
        }
        page.click("#settings form button");
        assertFalse(page.shows("#settings"));
    }

    @Test
    void inkFollowsTheThemeButIsSentAsBlackOnWhite() {
        BROWSER.prefer("dark");
        page.line(60, 140, 220, 140);
        page.answer();
        Map<String, Number> sent = page.script(
                "const image = new Image(); image.src = arguments[0]; return image.decode().then(() => {"
                        + "const c = document.createElement('canvas'); c.width = image.width; c.height = image.height; const p = c.getContext('2d', {willReadFrequently: true});"
                        + "p.drawImage(image, 0, 0); const at = (x, y) => p.getImageData(x, y, 1, 1).data[0];"
                        + "return {width: image.width, height: image.height, ink: at(140, 140), paper: at(10, 10)} })",
                "data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(lastRequest().picture()));
        assertEquals(280, sent.get("width").intValue());
        assertEquals(280, sent.get("height").intValue());
        assertEquals(0, sent.get("ink").intValue());
        assertEquals(255, sent.get("paper").intValue());
        String color = page.script("return getComputedStyle(document.getElementById('pad')).color");
        assertEquals("rgb(238, 242, 255)", color, "light ink on the dark sheet");
    }

    @Test
    void browserThatChangesWhatIsReadFromACanvasStillSendsTheDrawing() throws Exception {
        page.script(Canvases.WITH_NOISE);
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        assertEquals("", page.message());
        BufferedImage sent = ImageIO.read(new ByteArrayInputStream(lastRequest().picture()));
        assertEquals(0xffffffff, sent.getRGB(4, 4), "white paper");
    }

    /** Creates pointer events that the driver cannot: an eraser end, the width of a palm, coalesced points. */
    private static final String EVENT =
            "const pad = document.getElementById('pad'); pad.setPointerCapture = () => {}; const make = (type, init) => { const b = pad.getBoundingClientRect();"
                    + "const [x, y] = init.at ?? [140, 140]; return new PointerEvent(type, {bubbles: true, cancelable: true, button: 0, ...init,"
                    + "clientX: b.x + x / 280 * b.width, clientY: b.y + y / 280 * b.width}) };";

    private void pointerEvent(String type, String init) {
        page.script(EVENT + "pad.dispatchEvent(make('" + type + "', {" + init + "}))");
    }
}
