package ink.neural.it.page;

import static ink.neural.evaluation.Outcome.merged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.Server;
import ink.neural.it.page.GoldenDrawing.Point;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Strokes in, an honest answer out. */
class AnswerIT extends PageTest {
    /** So far the confidences of two pictures of one drawing may lie apart, for their edges are not the same to the pixel. */
    private static final double APART = 0.2;

    private static final GoldenDrawing R = GoldenDrawing.named("upper-r");

    @Test
    @DisplayName("an answer comes by itself after each stroke")
    void answersAfterEachStroke() {
        for (int i = 0; i < 3; i++) {
            page.line(60 + 60 * i, 60, 60 + 60 * i, 220);
            page.answer();
        }
        assertEquals(3, wire.questions().size());
    }

    @Test
    @DisplayName("PREDICT asks at once")
    void predictButton() {
        page.draw(Kind.MOUSE, R).answer();
        wire.questions().clear();
        page.click("#predict");
        page.await(() -> wire.questions().size() == 1);
        assertEquals("R", page.answer());
    }

    @Test
    @DisplayName("the three candidates are the server's, with bars as long as their confidence")
    void threeCandidates() throws Exception {
        page.draw(Kind.MOUSE, GoldenDrawing.named("lower-g")).answer();
        JsonObject answer = SERVER.predict(lastQuestion());
        assertEquals(labels(answer).subList(0, 3), page.candidates());
        List<Double> confidences = predictions(answer)
                .limit(3)
                .map(p -> p.getJsonNumber("confidence").doubleValue())
                .toList();
        List<WebElement> bars = page.all("#candidates .bar");
        for (int i = 0; i < 3; i++) {
            double filled = page.<Number>script(
                            "const bar = arguments[0]; const m = new DOMMatrix(getComputedStyle(bar, '::after').transform);"
                                    + "return 1 + m.e / bar.clientWidth",
                            bars.get(i))
                    .doubleValue();
            assertEquals(confidences.get(i), filled, 0.01);
            assertTrue(page.texts("#candidates .percent").get(i).matches("[<>]? ?\\d+%"));
        }
    }

    @Test
    @DisplayName("the heat map shows all 62 characters, the best the hottest")
    void heatMap() {
        page.draw(Kind.MOUSE, R).answer();
        assertEquals(62, page.all("#heat .cell").size());
        assertEquals(List.of("R"), page.texts("#heat .cell[data-heat='5']"));
        assertTrue(page.find("#heat").getAccessibleName().contains("capital R"));
    }

    @Test
    @DisplayName("what the model sees is the server's own picture of it, enlarged pixel by pixel")
    void glyph() throws Exception {
        page.draw(Kind.MOUSE, R).answer();
        JsonObject answer = SERVER.predict(lastQuestion());
        WebElement seen = page.find("#seen");
        assertEquals(answer.getString("glyph"), seen.getDomProperty("src"));
        assertEquals("28", seen.getDomProperty("naturalWidth"));
        assertEquals("pixelated", seen.getCssValue("image-rendering"));
        assertTrue(seen.getSize().width >= 4 * 28);
    }

    @Test
    @DisplayName("the page says how long the answer took")
    void timeTaken() {
        page.draw(Kind.MOUSE, R).answer();
        assertTrue(page.find("#took").getText().matches("\\d+ ms"));
    }

    @Test
    @DisplayName("a circle could be O, 0 or o, and the page says so")
    void lookAlikes() {
        List<Point> circle = IntStream.rangeClosed(0, 24)
                .mapToObj(i -> new Point(140 + 80 * Math.sin(i * Math.PI / 12), 140 - 80 * Math.cos(i * Math.PI / 12)))
                .toList();
        page.draw(List.of(circle)).answer();
        page.awaitMessage("Could be ");
        assertTrue(page.message().matches("Could be [0Oo](, [0Oo])? or [0Oo]: these look alike."), page.message());
    }

    @Test
    @DisplayName("a scribble does not look like a character, an R does")
    void legibility() {
        page.draw(List.of(scribble())).answer();
        page.awaitMessage("This does not look like a letter or a digit.");
        assertTrue(page.shows("#candidates.illegible"));
        page.click("#clear").draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        assertEquals("", page.message());
        assertFalse(page.shows("#candidates.illegible"));
    }

    @Test
    @DisplayName("PREDICT on an empty sheet says that nothing is drawn, without asking the server")
    void nothingDrawn() {
        page.click("#predict");
        page.awaitMessage("Nothing drawn yet");
        assertEquals(List.of(), wire.questions());
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    @DisplayName("the expected set is sent, kept to and remembered")
    void expectedSet() {
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-o")).answer();
        assertFalse(question().containsKey("charset"));
        for (String[] set :
                new String[][] {{"digits", "\\d"}, {"letters", "[A-Za-z]"}, {"upper", "[A-Z]"}, {"lower", "[a-z]"}}) {
            page.choose("charset", set[0]);
            page.await(() -> question().getString("charset", "").equals(set[0]));
            page.await(() -> page.candidates().stream().allMatch(label -> label.matches(set[1])));
            assertTrue(page.texts("#heat .cell.out").stream().noneMatch(label -> label.matches(set[1])));
        }
        page.reload();
        page.answer();
        assertEquals("lower", question().getString("charset"));
        assertTrue(page.find("input[value=lower]").isSelected());
        page.choose("charset", "any");
        page.await(() -> !question().containsKey("charset"));
        page.answer();
    }

    @Test
    @DisplayName("each example is read as what it is named")
    void examples() {
        for (String name : List.of("R", "7", "g", "4", "a", "K")) {
            page.click("#examples button[data-name='" + name + "']");
            assertEquals(name, page.answer());
            page.click("#clear");
        }
    }

    @Test
    @DisplayName("a slow answer to older ink is never shown over a newer one")
    void staleAnswersAreDropped() throws Exception {
        wire.slow(Duration.ofMillis(600));
        page.line(140, 40, 140, 240);
        page.await(() -> wire.questions().size() == 1);
        wire.slow(Duration.ZERO);
        page.line(60, 50, 220, 50);
        String answer = page.answer();
        assertEquals(labels(SERVER.predict(wire.questions().get(1))).get(0), answer);
        Thread.sleep(800);
        assertEquals(answer, page.answer());
        assertEquals(2, wire.questions().size());
    }

    @Test
    @DisplayName("while the server is slow, only the newest drawing waits")
    void atMostOneWaits() throws Exception {
        wire.slow(Duration.ofMillis(400));
        for (int i = 0; i < 5; i++) {
            page.line(40 + 50 * i, 60, 40 + 50 * i, 220);
        }
        assertTrue(page.find("#candidates").getDomAttribute("class").contains("stale"));
        page.answer();
        assertEquals(labels(SERVER.predict(lastQuestion())).subList(0, 3), page.candidates());
        assertTrue(wire.questions().size() <= 5);
    }

    @Test
    @DisplayName("an answer that comes after CLEAR is not shown")
    void answerAfterClear() throws Exception {
        wire.slow(Duration.ofMillis(300));
        page.line(140, 40, 140, 240);
        page.await(() -> wire.questions().size() == 1);
        page.click("#clear");
        Thread.sleep(500);
        assertFalse(page.shows("#candidates"));
    }

    @Test
    @DisplayName("golden drawings, replayed stroke by stroke, are read as confidently as their pictures are")
    void goldenDrawings() throws Exception {
        List<String> differing = new ArrayList<>();
        for (GoldenDrawing golden : GoldenDrawing.all()) {
            String shown = page.draw(Kind.MOUSE, golden).answer();
            JsonObject replayed = SERVER.predict(lastQuestion());
            JsonObject posted = ask(golden.png());
            if (!shown.equals(labels(replayed).get(0)) || !alike(replayed, posted)) {
                differing.add(golden.name() + ": replayed " + replayed + ", posted " + posted);
            }
            page.press(org.openqa.selenium.Keys.ESCAPE);
        }
        assertEquals(List.of(), differing);
    }

    private static boolean alike(JsonObject replayed, JsonObject posted) {
        return labels(posted).stream()
                .allMatch(label -> Math.abs(confidence(replayed, label) - confidence(posted, label)) <= APART);
    }

    /** In either case of a letter that looks alike in both: which it is shows in little but how thick its strokes come out. */
    private static double confidence(JsonObject answer, String label) {
        return predictions(answer)
                .filter(prediction -> merged(prediction.getString("label")).equals(merged(label)))
                .mapToDouble(
                        prediction -> prediction.getJsonNumber("confidence").doubleValue())
                .sum();
    }

    private static JsonObject question() {
        return Server.json(lastQuestion());
    }

    /** Back and forth over the whole sheet. */
    private static List<Point> scribble() {
        return IntStream.range(0, 60)
                .mapToObj(i -> new Point(40 + i * 97 % 200, 40 + i * 61 % 200))
                .toList();
    }
}
