package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    void chosenPictureIsShownAndRecognized() throws Exception {
        page.find("#file").sendKeys(file("r.png", R.png()).toString());
        assertEquals("R", page.answer());
        assertTrue(page.inked(140, 140));
        assertTrue(page.find("#pad").getAccessibleName().contains("picture"));
        page.reload();
        assertEquals("R", page.answer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "paste"})
    void droppedOrPastedPictureIsRecognized(String event) {
        insert(event, "image/png", R.png());
        assertEquals("R", page.answer());
    }

    @Test
    void photoWithShadowIsRecognized() throws Exception {
        insert("drop", "image/png", shadowed(R.png()));
        assertEquals("R", page.answer());
    }

    @Test
    void lightInkOnDarkPaperIsRecognized() throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(R.png()));
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, ~image.getRGB(x, y) | 0xff000000);
            }
        }
        insert("drop", "image/png", png(image));
        assertEquals("R", page.answer());
    }

    @Test
    void strokeOverAPictureStartsANewDrawing() {
        insert("drop", "image/png", R.png());
        page.answer();
        page.line(60, 140, 220, 140);
        page.answer();
        assertEquals(1, page.strokes());
        assertEquals(1, page.all("#history .restore").size());
        page.click("#undo").click("#undo");
        assertEquals("R", page.answer());
    }

    @Test
    void emptyPictureIsRejectedByTheServer() throws Exception {
        BufferedImage white = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = white.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 60, 60);
        insert("drop", "image/png", png(white));
        page.awaitMessage("Nothing drawn yet");
    }

    @Test
    void fileThatIsNoPictureIsRejected() {
        insert("drop", "text/plain", new byte[] {1, 2, 3});
        page.awaitMessage("This file is not a picture");
        assertEquals(List.of(), network.requests());
    }

    /** The browser logs the refused picture. */
    @Override
    boolean isExpected(String line) {
        return line.contains("/predict") && line.contains("422");
    }

    /** Fires a {@code drop} or {@code paste} event with a file. */
    private void insert(String event, String type, byte[] content) {
        page.script(
                "const bytes = Uint8Array.from(atob(arguments[1]), c => c.charCodeAt(0)); const data = new DataTransfer();"
                        + "data.items.add(new File([bytes], 'file', {type: arguments[2]}));"
                        + "const init = {bubbles: true, cancelable: true};"
                        + "document.body.dispatchEvent(arguments[0] === 'drop' ? new DragEvent('drop', {...init, dataTransfer: data})"
                        + ": new ClipboardEvent('paste', {...init, clipboardData: data}))",
                event,
                Base64.getEncoder().encodeToString(content),
                type);
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

    /** The picture in uneven light: bright in one corner, dark in the opposite one. */
    private static byte[] shadowed(byte[] png) throws Exception {
        BufferedImage drawing = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage photo = new BufferedImage(600, 600, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = photo.createGraphics();
        graphics.drawImage(drawing, 0, 0, 600, 600, null);
        graphics.setPaint(new GradientPaint(0, 0, new Color(0, 0, 0, 20), 600, 600, new Color(0, 0, 0, 170)));
        graphics.fillRect(0, 0, 600, 600);
        return png(photo);
    }

    private static byte[] png(BufferedImage image) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
