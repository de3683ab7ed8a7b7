package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** A person says what a drawing is, and takes these examples away. {@link HandIT} tests how they change answers. */
class CorrectionIT extends PageTest {
    private static final GoldenDrawing K = GoldenDrawing.named("upper-k");

    @Test
    void answerTextAndHistoryFollowWhatAPersonSays() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#candidates li:first-child button");
        page.say("B");
        assertEquals("B", page.candidates().get(0));
        assertEquals("R", page.candidates().get(1), "what the model says comes next");
        assertEquals("B", text());
        assertEquals("It is capital B, corrected.", announced());
        page.click("#clear");
        assertEquals("B ✓", page.texts("#history .restore").get(0));
        page.click("#history .restore").answer();
        page.await(() -> page.candidates().get(0).equals("B"));
        page.say("P");
        assertEquals("P ✓", page.texts("#history .restore").get(0));
        assertEquals("B", text(), "the restored drawing has not entered the text");
    }

    @Test
    void correctionSurvivesAReload() {
        page.draw(Kind.MOUSE, R).answer();
        page.say("B");
        page.reload().answer();
        page.await(() -> page.candidates().get(0).equals("B"));
        assertEquals("B", page.keptLabels());
    }

    @Test
    void sameCharacterAgainTakesTheCorrectionBack() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#candidates li:first-child button");
        page.say("B");
        cell("B").click();
        page.await(() -> page.candidates().get(0).equals("R"));
        assertEquals("R", text());
        assertTrue(announced().startsWith("It is capital R, "));
        page.await(() -> page.keptLabels().isEmpty());
        page.click("#clear");
        assertTrue(page.texts("#history .restore").get(0).startsWith("R "));
    }

    @Test
    void takenCandidateIsNoExample() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#candidates li:nth-child(2) button").click("#clear").reload();
        page.draw(Kind.MOUSE, K).answer();
        assertEquals("", page.keptLabels());
    }

    @Test
    void nextDrawingIsNotCorrected() {
        page.draw(Kind.MOUSE, R).answer();
        page.say("B");
        page.click("#clear").draw(Kind.MOUSE, K);
        assertEquals("K", page.answer());
        page.click("#clear");
        assertTrue(page.texts("#history .restore").get(0).startsWith("K "));
    }

    @Test
    void examplesAreExportedAsPicturesAndStrokes(@TempDir Path folder) throws Exception {
        page.draw(Kind.MOUSE, R).answer();
        page.say("B");
        page.click("#clear").drop("image/png", K.png()).answer();
        page.say("k");
        Map<String, byte[]> files = export(folder);
        assertEquals(List.of("examples.json", "0001.png", "0002.png"), List.copyOf(files.keySet()));
        JsonObject json = Json.createReader(new ByteArrayInputStream(files.get("examples.json")))
                .readObject();
        assertEquals("neural-ink-examples", json.getString("format"));
        assertEquals(280, json.getInt("sheet"));
        JsonArray examples = json.getJsonArray("examples");
        JsonObject picture = examples.getJsonObject(0);
        assertEquals("k", picture.getString("label"));
        assertTrue(picture.getJsonArray("strokes").isEmpty());
        assertEquals("K", labels(predict(files.get(picture.getString("file")))).get(0));
        JsonObject drawn = examples.getJsonObject(1);
        assertEquals("B", drawn.getString("label"));
        assertEquals("R", drawn.getJsonArray("predictions").getJsonObject(0).getString("label"));
        assertTrue(drawn.getString("date").matches("20.*Z"));
        assertFalse(drawn.getJsonObject("model").getString("version").isEmpty());
        assertEquals(R.strokes().size(), drawn.getJsonArray("strokes").size());
        assertEquals(
                R.brush(),
                drawn.getJsonArray("strokes")
                        .getJsonObject(0)
                        .getJsonNumber("width")
                        .doubleValue(),
                0.5);
        assertEquals("R", labels(predict(files.get(drawn.getString("file")))).get(0));
    }

    /** The files of the downloaded archive by name, in its order. */
    private Map<String, byte[]> export(Path folder) throws Exception {
        page.downloadTo(folder).openHand().click("#hand-zip");
        Path archive = folder.resolve("neural-ink-examples.zip");
        page.await(() -> Files.exists(archive));
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private WebElement cell(String label) {
        return page.all("#heat .cell").get(page.texts("#heat .cell").indexOf(label));
    }

    private String announced() {
        return page.find("#announcement").getDomProperty("textContent").strip();
    }

    private String text() {
        return page.find("#text").getDomProperty("value");
    }
}
