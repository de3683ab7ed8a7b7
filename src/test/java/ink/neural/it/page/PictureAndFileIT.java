package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.w3c.dom.Document;

/** Pictures that a person opens, and files that the page saves. */
class PictureAndFileIT extends PageTest {
    @TempDir
    Path files;

    @Test
    void savedPngIsRecognizedLikeTheDrawing() throws Exception {
        page.draw(Kind.MOUSE, R).answer();
        byte[] png = Files.readAllBytes(download("#save-png", "drawing.png"));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(1000, image.getWidth());
        assertEquals("R", labels(predict(png)).get(0));
    }

    @Test
    void savedSvgHasAPathForEachStroke() throws Exception {
        page.draw(Kind.MOUSE, R).answer();
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(download("#save-svg", "drawing.svg").toFile());
        assertEquals("svg", svg.getDocumentElement().getTagName());
        assertEquals(R.strokes().size(), svg.getElementsByTagName("path").getLength());
    }

    @Test
    void openedSvgOfThisPageRestoresItsStrokes() throws Exception {
        page.draw(Kind.MOUSE, R).answer();
        byte[] sent = lastRequest().picture();
        Path svg = download("#save-svg", "drawing.svg");
        page.click("#clear").find("#file").sendKeys(svg.toString());
        assertEquals("R", page.answer());
        assertEquals(R.strokes().size(), page.strokes());
        assertArrayEquals(sent, lastRequest().picture());
        page.click("#undo");
        assertEquals(0, page.strokes());
        page.click("#undo");
        assertEquals(R.strokes().size(), page.strokes());
        page.answer();
    }

    @Test
    void openedPictureCanBeUndoneAndRedone() {
        page.line(60, 140, 220, 140);
        page.answer();
        page.drop("image/png", R.png());
        page.await(() -> page.shows("#ink"));
        assertEquals("R", page.answer());
        page.click("#undo");
        assertEquals(1, page.strokes());
        assertFalse(page.shows("#ink"));
        page.click("#redo");
        assertEquals("R", page.answer());
        page.await(() -> page.shows("#ink"));
    }

    @Test
    void onlyDraggedFilesAreInvited() {
        assertFalse(dragOver("text/plain", "dropped text"));
        assertFalse(page.shows(".drop"));
        assertFalse(dragOver("text/uri-list", "https://neural.ink.example/"));
        assertFalse(page.shows(".drop"));
        assertTrue(dragOver("Files", null));
        assertTrue(page.shows(".drop"));
        assertFalse(dragOver("text/plain", "dropped text"));
        assertFalse(page.shows(".drop"));
        assertEquals("", page.message());
    }

    /** Whether the page lets something be dropped. */
    private boolean dragOver(String type, String text) {
        return page.script(
                "const data = new DataTransfer(); if (arguments[1]) data.items.add(arguments[1], arguments[0]);"
                        + "else data.items.add(new File(['1'], 'r.png', {type: 'image/png'}));"
                        + "return !document.body.dispatchEvent("
                        + "new DragEvent('dragover', {bubbles: true, cancelable: true, dataTransfer: data}))",
                type,
                text);
    }

    @Test
    void droppedTextLeavesTheDrawing() {
        page.line(60, 140, 220, 140);
        page.answer();
        String message = page.message();
        page.script("const data = new DataTransfer(); data.items.add('https://elsewhere.example/', 'text/uri-list');"
                + "document.body.dispatchEvent("
                + "new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: data}))");
        assertEquals(1, page.strokes());
        assertEquals(message, page.message());
    }

    @Test
    void chosenPictureIsShownAndRecognized() throws Exception {
        page.find("#file").sendKeys(file("r.png", R.png()).toString());
        assertEquals("R", page.answer());
        assertTrue(page.inked(140, 140));
        assertTrue(page.find("#pad").getAccessibleName().contains("picture"));
        page.reload();
        assertEquals("R", page.answer());
    }

    @Test
    void droppedPictureIsRecognized() {
        page.drop("image/png", R.png());
        assertEquals("R", page.answer());
    }

    @Test
    void pastedPictureIsRecognized() {
        page.paste("image/png", R.png());
        assertEquals("R", page.answer());
    }

    @Test
    void strokeOverAPictureStartsANewDrawing() {
        page.drop("image/png", R.png());
        page.answer();
        page.line(60, 140, 220, 140);
        page.answer();
        assertEquals(1, page.strokes());
        assertEquals(1, page.all("#history .restore").size());
        page.click("#undo").click("#undo");
        assertEquals("R", page.answer());
    }

    @Test
    void fileThatIsNoPictureIsRejected() {
        page.drop("text/plain", new byte[] {1, 2, 3});
        page.awaitMessage("This file is not a picture");
        assertEquals(List.of(), network.requests());
    }

    private Path download(String button, String name) {
        BROWSER.driver()
                .executeCdpCommand(
                        "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", files.toString()));
        page.click(button);
        Path file = files.resolve(name);
        // Chromium creates an empty file of that name first.
        page.await(() -> file.toFile().length() > 0);
        return file;
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(files.resolve(name), content);
    }
}
