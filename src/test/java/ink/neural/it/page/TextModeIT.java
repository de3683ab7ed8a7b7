package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.it.Server;
import ink.neural.it.page.GoldenDrawing.Point;
import jakarta.json.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Writing text: from the pen to the words above the ink, and into the text. */
class TextModeIT extends PageTest {
    @BeforeEach
    void chooseText() {
        page.choose("mode", "text");
        page.await(() -> page.shows("#line"));
        page.moved();
    }

    @ParameterizedTest
    @EnumSource(names = {"MOUSE", "TOUCH", "PEN"})
    void wordEntersTheTextAsTheServerReadsIt(Kind kind) throws Exception {
        page.draw(kind, Handwriting.of("HELLO"));
        awaitReading();
        assertEquals(read(), text());
        assertEquals(List.of(text().split(" ")), words());
        page.await(() -> page.announcement().equals("It reads: " + text()));
    }

    @Test
    void textAppearsWhileThePenIsStillDown() {
        write("HEL");
        awaitReading();
        int before = network.requests().size();
        Page.Pointer pen = page.pointer(Kind.PEN);
        pen.down(new Point(480, 80));
        page.perform(pen);
        for (int y = 90; y <= 190; y += 20) {
            page.perform(pen.to(new Point(480, y)));
        }
        page.await(() -> network.requests().size() > before && page.shows("#words.live .word"));
        page.perform(pen.to(new Point(540, 190)).up());
        awaitReading();
        assertEquals(1, network.mostInFlight());
    }

    @Test
    void wideGapBecomesASpace() {
        write("HELLO 42");
        awaitReading();
        assertEquals(2, words().size());
        assertEquals(String.join(" ", words()), text());
        assertTrue(left(".word:last-child") > left(".word:first-child") + 100, "each word stands above its ink");
    }

    private int left(String css) {
        return page.find(css).getLocation().x;
    }

    @Test
    void sheetMovesOnBeforeThePenReachesItsEdge() {
        BROWSER.resize(360, 740, 1);
        page.moved();
        write("HELL");
        page.await(() -> scrollLeft() > 0);
        page.moved();
        awaitReading();
        page.click("#earlier");
        page.await(() -> scrollLeft() == 0);
        assertFalse(page.find("#earlier").isEnabled());
    }

    @Test
    void strokeThatStartsANewLineStaysUnderThePen() {
        BROWSER.resize(360, 740, 1);
        page.moved();
        write("HELL");
        page.await(() -> scrollLeft() > 0);
        awaitReading();
        page.click("#done").moved();
        double left = page.<Number>script("const { scrollLeft, clientHeight } = document.getElementById('scroller');"
                        + "return 280 * scrollLeft / clientHeight")
                .doubleValue();
        page.line(left + 90, 80, left + 90, 190);
        List<Number> xs = page.script("const { strokes } = JSON.parse(sessionStorage.getItem('neural-ink.line'));"
                + "return strokes.flatMap(({ points }) => points.map(([x]) => x))");
        assertTrue(xs.stream().allMatch(x -> Math.abs(x.doubleValue() - 90) < 2), xs.toString());
        assertEquals(0, scrollLeft());
    }

    private long scrollLeft() {
        return Math.round(page.<Number>script("return document.getElementById('scroller').scrollLeft")
                .doubleValue());
    }

    @Test
    void otherReadingReplacesTheWordAndStaysWhileTheLineGrows() {
        write("HELLO");
        awaitReading();
        page.await(() -> page.shows(".suggestion"));
        String other = page.find(".suggestion").getText();
        page.click(".suggestion");
        assertEquals(other, text());
        page.draw(Handwriting.of("42", 760));
        awaitReading();
        page.await(() -> text().length() > other.length());
        assertTrue(text().startsWith(other), text());
    }

    @Test
    void correctionIsAStepOfUndoAndRedo() {
        write("HELLO");
        awaitReading();
        String before = text();
        page.await(() -> page.shows(".suggestion"));
        String other = page.find(".suggestion").getText();
        page.click(".suggestion").click("#undo");
        assertEquals(before, text());
        assertEquals(List.of(before.split(" ")), words());
        page.click("#redo");
        assertEquals(other, text());
        page.click("#undo").click("#undo");
        awaitReading();
        page.await(() -> !text().equals(before));
    }

    @Test
    void wordOfALineIsReadAgainWithTheWholeLine() {
        write("HELLO 42");
        awaitReading();
        String last = words().get(1);
        page.click(".word");
        page.await(() ->
                page.shows(".suggestion") && (".++" + last).equals(lastRequest().option("pattern")));
        assertTrue(page.texts(".suggestion").stream().noneMatch(text -> text.endsWith(last)));
    }

    @Test
    void newestWordOfALongLineHasSuggestions() {
        write("HI 42 7");
        awaitReading();
        page.await(() -> page.shows(".suggestion"));
        assertEquals(3, words().size());
    }

    @Test
    void nothingOfTheLastLineStaysBesideUnreadInk() {
        write("HELLO");
        awaitReading();
        network.fail(503, "busy");
        page.click("#done");
        write("42");
        page.awaitMessage("The server is busy.");
        assertFalse(page.shows(".word, .letter, .suggestion, #took"));
        network.recover();
        awaitReading();
    }

    @Test
    void characterIsTypedWithTheKeyboardOfAPhone() {
        write("HELLO");
        awaitReading();
        String word = words().get(0);
        page.click(".word")
                .click(".letter:nth-child(2)")
                .find("#suggestions input")
                .sendKeys("ä");
        assertEquals(word.charAt(0) + "ä" + word.substring(2), text());
    }

    @Test
    void whoChoosesAWordWithAKeyGoesOnToItsSuggestions() {
        write("HELLO");
        awaitReading();
        page.await(() -> page.shows(".suggestion"));
        String before = text();
        page.script("document.querySelector('.word').focus()");
        page.press(Keys.ENTER).press(Keys.ENTER);
        page.await(() -> !text().equals(before));
    }

    @Test
    void wordStaysInViewWithItsInk() {
        BROWSER.resize(360, 740, 1);
        page.moved();
        write("HELL");
        page.await(() -> scrollLeft() > 0);
        awaitReading();
        page.await(() ->
                page.<Boolean>script("const word = document.querySelector('.word:last-child').getBoundingClientRect();"
                        + "const view = document.getElementById('scroller').getBoundingClientRect();"
                        + "return word.left >= view.left && word.right <= view.right"));
    }

    @Test
    void textThatIsWrittenIsInView() {
        BROWSER.resize(360, 740, 1);
        page.moved().find("#text").sendKeys("a text that is longer than the field ", Keys.HOME, Keys.END);
        write("HELL");
        awaitReading();
        page.await(() ->
                page.<Boolean>script("const { scrollLeft, scrollWidth, clientWidth } = document.getElementById('text');"
                        + "return scrollLeft > 0 && scrollLeft + clientWidth >= scrollWidth - 2"));
    }

    @Test
    void singleCharacterIsCorrectedByKeyOrByChoice() {
        write("HELLO");
        awaitReading();
        String word = words().get(0);
        page.click(".word");
        page.click(".letter:nth-child(2)").press("x");
        assertEquals(word.charAt(0) + "x" + word.substring(2), text());
        page.script("document.querySelector('.letter:nth-child(2)').click()"); // in one go: letters may be shown anew
        page.await(() -> page.all(".suggestion").size() > 2);
        String choice = page.script(
                "const button = document.querySelector('.suggestion'); button.click();" + "return button.textContent");
        assertEquals(word.charAt(0) + choice + word.substring(2), text());
        page.click(".letter:nth-child(1)").press(Keys.DELETE);
        assertEquals(choice + word.substring(2), text());
    }

    @Test
    void nextLineStartsWithTheStrokeAfterDone() {
        write("HELLO");
        awaitReading();
        String first = text();
        page.click("#done");
        assertTrue(page.shows("#line.finished"));
        write("42");
        page.await(() -> text().length() > first.length());
        awaitReading();
        assertEquals(first + " " + String.join(" ", words()), text());
        assertEquals(1, page.all("#history .restore").size());
        page.click("#clear");
        assertEquals(first, text());
        page.click("#undo");
        awaitReading();
        page.await(() -> text().length() > first.length());
    }

    @Test
    void lineThatLeavesTheSheetUnreadIsReadLater() {
        network.fail(503, "busy");
        write("HELLO");
        page.awaitMessage("The server is busy.");
        page.click("#done");
        write("42");
        page.await(() -> page.texts("#history .restore").equals(List.of("?")));
        network.recover();
        awaitReading();
        page.await(() -> page.texts("#history .restore").get(0).matches("[A-Za-z]{4,}.*"));
    }

    @Test
    void lineGoesOnAfterAReload() {
        write("HELLO");
        awaitReading();
        String before = text();
        page.reload();
        page.await(() -> page.shows("#line"));
        awaitReading();
        assertEquals(before, text());
        page.moved().draw(Handwriting.of("7", 760));
        page.await(() -> !text().equals(before));
        awaitReading();
        assertEquals(String.join(" ", words()), text());
    }

    @Test
    void correctionsStayAfterAReload() {
        write("HELLO 42");
        awaitReading();
        correct("HxLLO");
        List<String> corrected = words();
        page.reload();
        awaitReading();
        assertEquals(corrected, words());
        assertEquals(String.join(" ", corrected), text());
        page.moved().draw(Handwriting.of("7", 1100));
        page.await(() -> text().length() > String.join(" ", corrected).length());
        awaitReading();
        assertEquals("HxLLO", words().get(0));
        assertEquals(String.join(" ", words()), text());
        page.click("#clear").reload();
        page.await(() -> page.shows("#history .restore"));
        page.click("#history .restore");
        awaitReading();
        assertEquals("HxLLO", words().get(0));
    }

    @Test
    void photoWithItsCorrectionsStaysAfterAReload() throws Exception {
        page.drop("image/png", picture("HELLO 42", "TEXT HELLO"));
        awaitReading();
        correct("HxLLO");
        List<String> corrected = words();
        int left = left(".word:nth-child(2)");
        page.reload();
        awaitReading();
        page.moved();
        assertEquals(corrected, words());
        assertEquals(String.join(" ", corrected), text());
        page.await(() -> Math.abs(left(".word:nth-child(2)") - left) < 3);
        page.choose("expected", "word");
        awaitReading();
        page.await(() -> Math.abs(left(".word:nth-child(2)") - left) < 30);
    }

    @Test
    void lineWithUnreadStrokesStaysAfterAReload() {
        write("HELLO");
        awaitReading();
        correct("HxLLO");
        network.fail(503, "busy");
        page.draw(Handwriting.of("42", 760));
        page.awaitMessage("The server is busy.");
        page.reload();
        page.await(() -> page.shows("#line"));
        assertEquals("HxLLO", text());
        network.recover();
        awaitReading();
        page.await(() -> text().startsWith("HxLLO") && text().length() > 5);
        assertEquals(String.join(" ", words()), text());
    }

    @Test
    void lineThatAnOlderVersionHasKeptGoesOn() {
        write("HELLO");
        awaitReading();
        String before = text();
        page.script("const line = JSON.parse(sessionStorage.getItem('neural-ink.line'));"
                + "sessionStorage.setItem('neural-ink.line', JSON.stringify({ ...line, label: line.label.text }))");
        page.reload();
        awaitReading();
        assertEquals(before, text());
    }

    /** Types another character for each one of the first word that is to be another. */
    private void correct(String word) {
        chooseWord(1);
        for (int i = 0; i < word.length(); i++) {
            page.script(
                    "const letter = document.querySelector(`.letter:nth-child(${arguments[0]})`);"
                            + "if (letter.textContent !== arguments[1])"
                            + "letter.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[1]}))",
                    i + 1,
                    word.substring(i, i + 1));
        }
        assertEquals(word, words().get(0));
    }

    /** In one go, because words may be shown anew meanwhile. */
    private void chooseWord(int number) {
        page.script("document.querySelector(`.word:nth-child(${arguments[0]})`).click()", number);
    }

    @Test
    void editedTextOfALineStaysAfterAReload() {
        write("HELLO");
        awaitReading();
        page.find("#text").sendKeys(Keys.HOME, "-", Keys.ARROW_RIGHT, "-");
        String edited = text();
        page.reload();
        awaitReading();
        assertEquals(edited, text());
    }

    @Test
    void lineThatAPersonHasEditedStaysAsTheyWantIt() {
        write("HELLO");
        awaitReading();
        page.find("#text").sendKeys(Keys.HOME, Keys.ARROW_RIGHT, "-", Keys.END);
        String edited = text();
        page.moved().draw(Handwriting.of("7", 760));
        awaitReading();
        assertTrue(text().startsWith(edited), text());
        assertEquals(1, page.all("#history .restore").size());
    }

    @Test
    void expectedNumberIsReadAsOne() {
        page.choose("expected", "number");
        write("10");
        awaitReading();
        assertTrue(text().matches("[-0-9.,:/%]+"), text());
        assertEquals(List.of(text()), words());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [A-Z      | This pattern has an error at character 1. This is never closed.
                    \\w+       | This pattern has an error at character 1. \\ stands only before d
                    ^[0-9]+$  | This pattern has an error at character 1. Leave out ^ and $
                    [A-Z]é    | This pattern has an error at character 6. The model does not read this character.
                    [^0-9]    | This pattern has an error at character 2. [^...] is not supported.
                    """)
    void mistakeInAPatternIsNamedAtItsField(String pattern, String message) {
        page.choose("expected", "custom");
        page.find("#pattern").sendKeys(pattern);
        page.await(() -> patternError().startsWith(message));
        assertTrue(patternError().endsWith("Until it is right, any text is expected."), patternError());
        assertEquals("true", page.find("#pattern").getDomAttribute("aria-invalid"));
        assertEquals(List.of(), network.requests());
    }

    private String patternError() {
        return page.find("#pattern-error").getText();
    }

    @Test
    void lastPatternWithoutAMistakeIsExpected() {
        page.choose("expected", "custom");
        page.find("#pattern").sendKeys("[A-Z]{5}");
        write("HELLO");
        awaitReading();
        assertTrue(text().matches("[A-Z]{5}"), text());
        page.find("#pattern").sendKeys("(");
        page.await(() -> patternError().endsWith("Until it is right, [A-Z]{5} is expected."));
        page.reload();
        page.await(() -> page.shows("#pattern"));
        assertEquals("[A-Z]{5}", page.find("#pattern").getDomProperty("value"));
        awaitReading();
        assertEquals("", patternError());
        assertEquals("[A-Z]{5}", lastRequest().option("pattern"));
    }

    @Test
    void readingThatHardlyFitsIsDoubtful() {
        page.choose("expected", "custom");
        page.find("#pattern").sendKeys("[0-9]{12}");
        write("HELLO");
        page.awaitMessage("Not sure about this.");
        assertEquals(12, page.all(".letter.doubtful").size());
        assertTrue(page.shows(".word.doubtful"));
    }

    @Test
    void photoOfALineIsReadAndItsWordsStandAboveTheInk() throws Exception {
        page.drop("image/png", picture("HELLO 42"));
        awaitReading();
        page.await(() -> page.shows("#ink"));
        assertEquals(read(), text());
        assertEquals(2, words().size());
        assertTrue(left(".word:last-child") > left(".word:first-child") + 100);
        String sent = text();
        write("7");
        page.await(() -> text().length() > sent.length());
        assertTrue(text().startsWith(sent + " "), text());
    }

    @Test
    void wordOfEachLineOfAPhotoHasSuggestions() throws Exception {
        page.drop("image/png", picture("HELLO 42", "TEXT HELLO", "42 TEXT"));
        awaitReading();
        for (int word = 2; word < 5; word++) {
            String chosen = words().get(word - 1);
            int before = network.requests().size();
            chooseWord(word);
            page.await(() -> network.requests().size() > before
                    && page.all(".suggestion").size() > 2);
            assertEquals(".+", lastRequest().option("pattern"));
            assertTrue(
                    page.texts(".suggestion").stream().anyMatch(text -> text.startsWith(chosen.substring(0, 1))),
                    () -> chosen + ": " + page.texts(".suggestion"));
        }
    }

    @Test
    void wordOfEachLineOnTheSheetHasSuggestions() {
        for (int line = 0; line < 2; line++) {
            int top = 120 * line;
            page.draw(Handwriting.of("HELLO TEXT").stream()
                    .map(stroke -> stroke.stream()
                            .map(point -> new Point(point.x() / 2, point.y() / 2 + top))
                            .toList())
                    .toList());
        }
        page.await(() -> words().size() == 4);
        awaitReading();
        for (int word = 1; word <= 4; word++) {
            int before = network.requests().size();
            chooseWord(word);
            page.await(() -> network.requests().size() > before && page.shows(".suggestion"));
            assertTrue(page.texts(".suggestion").stream().noneMatch(text -> text.contains("\n")));
        }
    }

    @Test
    void wordsOfSeveralLinesDoNotCoverEachOther() throws Exception {
        BROWSER.resize(360, 740, 1);
        page.moved().drop("image/png", picture("HELLO 42", "TEXT HELLO", "42 TEXT"));
        awaitReading();
        assertTrue(words().size() >= 6, words().toString());
        List<?> covered = page.script("const boxes = [...document.querySelectorAll('.word')].map(word =>"
                + "word.getBoundingClientRect());"
                + "const paper = document.querySelector('.paper').getBoundingClientRect();"
                + "return boxes.filter((a, i) => a.left < paper.left || a.right > paper.right || a.top < paper.top ||"
                + "boxes.some((b, j) => j !== i && a.left < b.right && b.left < a.right && a.top < b.bottom"
                + " && b.top < a.bottom)).map(({left, top}) => [left, top])");
        assertEquals(List.of(), covered);
    }

    private static byte[] picture(String... lines) {
        int height = 280;
        BufferedImage image = new BufferedImage(1200, height * lines.length, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(Color.BLACK);
        graphics.setStroke(
                new java.awt.BasicStroke(9, java.awt.BasicStroke.CAP_ROUND, java.awt.BasicStroke.JOIN_ROUND));
        for (String line : lines) {
            for (List<Point> stroke : Handwriting.of(line)) {
                int[] xs = stroke.stream().mapToInt(point -> (int) point.x()).toArray();
                int[] ys = stroke.stream().mapToInt(point -> (int) point.y()).toArray();
                graphics.drawPolyline(xs, ys, xs.length);
            }
            graphics.translate(0, height);
        }
        graphics.dispose();
        return Sketch.encode(image, "png");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    422 | nothing-drawn   | No text was found.
                    422 | no-match        | Nothing here fits what is expected.
                    413 | too-much-text   | This is too much at once. Press Done, then write on.
                    404 | no-text-model   | This server reads single characters only.
                    503 | busy            | The server is busy.
                    500 | internal        | Something went wrong on the server.
                    """)
    void eachProblemIsNamed(int status, String kind, String message) {
        network.fail(status, kind);
        page.line(30, 80, 30, 190);
        page.awaitMessage(message);
        assertEquals("", text());
    }

    @Test
    void drawingOfOneCharacterIsUntouched() {
        write("HELLO");
        awaitReading();
        page.choose("mode", "character").moved();
        assertFalse(page.shows("#line"));
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        page.choose("mode", "text").moved();
        awaitReading();
        assertEquals(String.join(" ", words()), text());
        page.click("#undo");
        page.await(() -> page.shows("#words .word"));
    }

    @Test
    void guidesAreSentWithOneCharacter() throws Exception {
        network.edit("/api/model", json -> json.replaceFirst("\\{", "{\"guides\":true,"));
        page.reload();
        page.choose("mode", "character").await(() -> page.find("#guides").isEnabled());
        page.click("#guides").moved();
        page.await(() -> "true".equals(page.find("#guides").getDomAttribute("aria-pressed")));
        page.draw(Kind.MOUSE, R);
        page.await(() -> !network.requests().isEmpty());
        JsonObject sent = Server.json(new String(lastRequest().picture(), StandardCharsets.UTF_8));
        assertEquals(196, sent.getJsonObject("guides").getInt("baseline"));
        assertEquals(56, sent.getJsonObject("guides").getInt("capheight"));
        page.reload();
        page.await(() -> "true".equals(page.find("#guides").getDomAttribute("aria-pressed")));
    }

    private void write(String text) {
        page.draw(Handwriting.of(text));
    }

    /** Waits until the writing on the sheet is answered. */
    private void awaitReading() {
        page.await(() -> page.shows("#predict[data-state=done]") && page.shows("#words:not(.stale, .live) .word"));
    }

    private List<String> words() {
        return page.texts(".word");
    }

    private String text() {
        return page.find("#text").getDomProperty("value");
    }

    /** What the server itself answers to the page's last request. */
    private static String read() throws IOException, InterruptedException {
        JsonObject answer = replay(lastRequest());
        return String.join(" ", Arrays.asList(answer.getString("text").split("\\s+")));
    }

    /** The browser logs each failed request. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
