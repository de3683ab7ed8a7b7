package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.w3c.dom.Document;

/** Pictures in; texts, drawings and files kept. */
class KeepingIT extends PageTest {
    private static final GoldenDrawing R = GoldenDrawing.named("upper-r");
    private static final GoldenDrawing K = GoldenDrawing.named("upper-k");

    @TempDir
    Path files;

    @Test
    @DisplayName("a click on a candidate adds it to the text, which survives a reload")
    void takeACandidate() {
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
    @DisplayName("after a candidate was taken the next stroke starts the next character")
    void nextCharacter() {
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
    @DisplayName("COPY puts the text into the clipboard")
    void copy() {
        BROWSER.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        page.click("#text").press("Rk7").click("#copy");
        page.awaitMessage("Copied.");
        assertEquals("Rk7", page.script("return navigator.clipboard.readText()"));
    }

    @Test
    @DisplayName("finished drawings are kept with their answers, and a click brings one back")
    void history() {
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
    @DisplayName("drawings can be deleted one by one and all at once")
    void forget() {
        for (int i = 0; i < 3; i++) {
            page.line(60 + 40 * i, 60, 200, 220).answer();
            page.click("#clear");
        }
        page.find("#history .forget").click();
        assertEquals(2, page.all("#history .restore").size());
        page.click("#forget-all");
        assertEquals(0, page.all("#history .restore").size());
        assertFalse(page.shows("#forget-all"));
        page.reload();
        assertEquals(0, page.all("#history .restore").size());
    }

    @Test
    @DisplayName("the drawing is saved as a PNG that is read the same")
    void savePng() throws Exception {
        page.draw(Kind.MOUSE, R).answer();
        byte[] png = Files.readAllBytes(download("#save-png", "drawing.png"));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertEquals(1000, image.getWidth());
        assertEquals("R", labels(ask(png)).get(0));
    }

    @Test
    @DisplayName("the drawing is saved as an SVG with a path for each stroke")
    void saveSvg() throws Exception {
        page.draw(Kind.MOUSE, R).answer();
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(download("#save-svg", "drawing.svg").toFile());
        assertEquals("svg", svg.getDocumentElement().getTagName());
        assertEquals(R.strokes().size(), svg.getElementsByTagName("path").getLength());
    }

    @Test
    @DisplayName("a chosen picture is shown on the sheet and read")
    void choosePicture() throws Exception {
        page.find("#file").sendKeys(file("r.png", R.png()).toString());
        assertEquals("R", page.answer());
        assertTrue(page.inked(140, 140));
        assertTrue(page.find("#pad").getAccessibleName().contains("picture"));
        page.reload();
        assertEquals("R", page.answer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "paste"})
    @DisplayName("a picture comes by")
    void dropOrPaste(String way) {
        bring(way, "image/png", R.png());
        assertEquals("R", page.answer());
    }

    @Test
    @DisplayName("a photo with a shadow over it is read")
    void photoWithShadow() throws Exception {
        bring("drop", "image/png", shadowed(R.png()));
        assertEquals("R", page.answer());
    }

    @Test
    @DisplayName("white chalk on a black board is read")
    void lightOnDark() throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(R.png()));
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, ~image.getRGB(x, y) | 0xff000000);
            }
        }
        bring("drop", "image/png", png(image));
        assertEquals("R", page.answer());
    }

    @Test
    @DisplayName("a stroke over a picture starts a new drawing")
    void drawOverAPicture() {
        bring("drop", "image/png", R.png());
        page.answer();
        page.line(60, 140, 220, 140);
        page.answer();
        assertEquals(1, page.strokes());
        assertEquals(1, page.all("#history .restore").size());
        page.click("#undo").click("#undo");
        assertEquals("R", page.answer());
    }

    @Test
    @DisplayName("an empty picture has nothing drawn on it, says the server")
    void emptyPicture() throws Exception {
        BufferedImage white = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = white.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 60, 60);
        bring("drop", "image/png", png(white));
        page.awaitMessage("Nothing drawn yet");
    }

    @Test
    @DisplayName("a file that is no picture is refused with a clear word")
    void notAPicture() {
        bring("drop", "text/plain", new byte[] {1, 2, 3});
        page.awaitMessage("This file is not a picture");
        assertEquals(List.of(), wire.questions());
    }

    /** A refusal of the server is an error in the console, here on purpose. */
    @Override
    boolean isExpected(String line) {
        return line.contains("/predict") && line.contains("422");
    }

    private String text() {
        return page.find("#text").getDomProperty("value");
    }

    private void bring(String way, String type, byte[] content) {
        page.script(
                "const bytes = Uint8Array.from(atob(arguments[1]), c => c.charCodeAt(0)); const data = new DataTransfer();"
                        + "data.items.add(new File([bytes], 'file', {type: arguments[2]}));"
                        + "const init = {bubbles: true, cancelable: true};"
                        + "document.body.dispatchEvent(arguments[0] === 'drop' ? new DragEvent('drop', {...init, dataTransfer: data})"
                        + ": new ClipboardEvent('paste', {...init, clipboardData: data}))",
                way,
                Base64.getEncoder().encodeToString(content),
                type);
    }

    private Path download(String button, String name) {
        BROWSER.driver()
                .executeCdpCommand(
                        "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", files.toString()));
        page.click(button);
        Path file = files.resolve(name);
        // Chromium keeps the name with an empty file until the download is whole.
        page.await(() -> file.toFile().length() > 0);
        return file;
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(files.resolve(name), content);
    }

    /** The picture on grey paper that a lamp lights from one corner. */
    private static byte[] shadowed(byte[] png) throws Exception {
        BufferedImage drawing = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage photo = new BufferedImage(600, 600, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = photo.createGraphics();
        pen.drawImage(drawing, 0, 0, 600, 600, null);
        pen.setPaint(new GradientPaint(0, 0, new Color(0, 0, 0, 20), 600, 600, new Color(0, 0, 0, 170)));
        pen.fillRect(0, 0, 600, 600);
        return png(photo);
    }

    private static byte[] png(BufferedImage image) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
