package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.page.GoldenDrawing.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Photos and other pictures: what is sent of them, and the ink that is laid over them. */
class PhotoIT extends PageTest {
    private static final Path2D LETTER_PATH = path();
    private static final Rectangle2D LETTER = LETTER_PATH.getBounds2D();

    private static final String SVG =
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10' width='20' height='20'>"
                    + "<path d='M3 8V2H5a1.5 1.5 0 0 1 0 3H3M5 5 7 8' fill='none' stroke='#000' stroke-width='.6'/></svg>";

    private enum Photo {
        DARK,
        SHADOWED,
        WHITE_ON_TRANSPARENT;

        private byte[] png() throws IOException {
            return switch (this) {
                case DARK ->
                    encode(photo(600, 600, new Color(52, 50, 44), new Color(20, 20, 24), 100, 100, 400), "png");
                case SHADOWED -> encode(shadowed(), "png");
                case WHITE_ON_TRANSPARENT ->
                    encode(photo(300, 300, new Color(0, true), Color.WHITE, 30, 30, 240), "png");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void photoIsSentAsItIsAndItsInkIsShown(Photo photo) throws IOException {
        byte[] png = photo.png();
        page.drop("image/png", png);
        assertEquals("R", page.answer());
        assertArrayEquals(png, lastRequest().picture());
        assertTrue(page.shows("#ink"));
        assertEquals("The ink that was found in the picture", page.find("#ink").getAccessibleName());
        page.click("#clear");
        assertFalse(page.shows("#ink"));
    }

    @Test
    void photoOf12MegapixelsIsSentAsItIs() throws IOException {
        byte[] jpeg =
                encode(photo(4000, 3000, new Color(222, 218, 205), new Color(40, 40, 90), 1200, 800, 1200), "jpeg");
        page.drop("image/jpeg", jpeg);
        assertEquals("R", page.answer());
        assertEquals("image/jpeg", lastRequest().type());
        assertArrayEquals(jpeg, lastRequest().picture());
    }

    @Test
    void largeWebpIsConverted() throws IOException {
        page.drop("image/webp", webp(600, 500));
        assertEquals("R", page.answer());
        assertEquals("image/webp", lastRequest().type());
        page.drop("image/webp", webp(1800, 1500));
        page.await(() -> lastRequest().type().equals("image/jpeg"));
        assertEquals("R", page.answer());
        assertEquals(1800, decode(lastRequest().picture()).getWidth());
    }

    @Test
    void inkCoversTheLetterOfARotatedPhoto() throws IOException {
        BufferedImage sideways = turned(photo(600, 900, Color.WHITE, Color.BLACK, 90, 380, 300));
        page.drop("image/jpeg", withOrientation(encode(sideways, "jpeg"), 6));
        assertEquals("R", page.answer());
        assertInkCoversTheLetter(page);
    }

    /** Compares the box of the blue ink with that of the black letter below it. */
    private static void assertInkCoversTheLetter(Page page) {
        page.await(() -> page.shows("#ink"));
        Rectangle ink = box(page.screenshot(".paper"), color -> color.getBlue() > color.getRed() + 100);
        page.script("document.getElementById('ink').hidden = true");
        Rectangle letter = box(page.screenshot(".paper"), color -> color.getBlue() < 100);
        assertTrue(letter.height > 80, letter.toString());
        assertEquals(letter.x, ink.x, 2);
        assertEquals(letter.y, ink.y, 2);
        assertEquals(letter.getMaxX(), ink.getMaxX(), 2);
        assertEquals(letter.getMaxY(), ink.getMaxY(), 2);
    }

    private static Rectangle box(BufferedImage image, Predicate<Color> belongs) {
        Rectangle box = new Rectangle(-1, -1);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (belongs.test(new Color(image.getRGB(x, y)))) {
                    box.add(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return box;
    }

    @Test
    void selectedPartOf24MegapixelsIsSentInFullDetail() throws IOException {
        page.drop("image/png", encode(photo(6000, 4000, Color.WHITE, Color.BLACK, 2000, 1500, 120), "png"));
        page.await(() -> !network.requests().isEmpty());
        BufferedImage whole = decode(lastRequest().picture());
        assertTrue(whole.getWidth() * whole.getHeight() <= 16 * 1024 * 1024);
        page.await(() -> page.shows("#crop"));
        page.click("#crop");
        select(6000, 4000, new Rectangle(1960, 1460, 200, 200));
        page.await(() -> network.requests().size() == 2);
        assertEquals("R", page.answer());
        BufferedImage part = decode(lastRequest().picture());
        assertEquals(200, part.getWidth(), 30);
        Rectangle letter = box(part, color -> color.getBlue() < 128);
        assertEquals(120, letter.height, 2);
        assertInkCoversTheLetter(page);
        page.click("#undo");
        page.await(() -> network.requests().size() == 3);
        assertArrayEquals(network.requests().get(0).picture(), lastRequest().picture());
    }

    /** Drags over a part of the picture on the sheet. */
    private void select(int width, int height, Rectangle part) {
        double scale = Page.SHEET / Math.max(width, height);
        double left = (Page.SHEET - width * scale) / 2;
        double top = (Page.SHEET - height * scale) / 2;
        page.perform(page.pointer(Kind.MOUSE)
                .down(new Point(left + part.x * scale, top + part.y * scale))
                .to(new Point(left + part.getMaxX() * scale, top + part.getMaxY() * scale))
                .up());
    }

    @Test
    void partIsSelectedByKeyboard() throws IOException {
        page.drop("image/png", encode(photo(400, 400, Color.WHITE, Color.BLACK, 120, 120, 160), "png"));
        page.answer();
        page.find("#crop").sendKeys(Keys.ENTER);
        page.awaitMessage("Drag a frame, or");
        page.press(Keys.ARROW_LEFT, Keys.ARROW_UP)
                .chord(Keys.ARROW_RIGHT.toString(), Keys.SHIFT)
                .press(Keys.ENTER);
        page.await(() -> network.requests().size() == 2);
        assertEquals("R", page.answer());
        BufferedImage part = decode(lastRequest().picture());
        assertEquals(208, part.getWidth());
        assertEquals(200, part.getHeight());
        page.find("#crop").sendKeys(Keys.ENTER);
        page.press(Keys.ESCAPE);
        assertFalse(page.shows("#selection"));
        assertTrue(page.shows("#ink"), "Escape leaves the picture");
    }

    @Test
    void rotatedPictureIsReadAgain() throws IOException {
        BufferedImage sideways = turned(photo(600, 900, Color.WHITE, Color.BLACK, 90, 380, 300));
        page.drop("image/png", encode(sideways, "png"));
        page.answer();
        page.click("#rotate");
        page.await(() -> network.requests().size() == 2);
        assertEquals("R", page.answer());
        BufferedImage sent = decode(lastRequest().picture());
        assertEquals(new Dimension(600, 900), new Dimension(sent.getWidth(), sent.getHeight()));
        assertEquals(380, box(sent, color -> color.getBlue() < 128).y, 2);
        assertInkCoversTheLetter(page);
        page.click("#undo");
        page.await(() -> network.requests().size() == 3);
        assertArrayEquals(network.requests().get(0).picture(), lastRequest().picture());
        page.answer();
    }

    @Test
    void pictureIsRotatedAndCutBeforeItIsRead() throws IOException {
        network.delay(Duration.ofSeconds(30));
        BufferedImage sideways = turned(photo(600, 900, Color.WHITE, Color.BLACK, 90, 380, 300));
        page.drop("image/png", encode(turned(sideways), "png"));
        page.await(() -> network.requests().size() == 1);
        network.delay(Duration.ZERO);
        // The second click comes before the first turn is done.
        page.script("const button = document.getElementById('rotate'); button.click(); button.click()");
        assertEquals("R", page.answer());
        assertEquals(600, decode(lastRequest().picture()).getWidth());
        page.click("#crop");
        page.await(() -> page.shows("#selection"));
        select(600, 900, new Rectangle(60, 350, 300, 360));
        page.await(() -> width(lastRequest().picture()) < 400);
        assertEquals("R", page.answer());
        assertEquals(300, decode(lastRequest().picture()).getWidth(), 4);
        assertInkCoversTheLetter(page);
    }

    private static int width(byte[] picture) {
        try {
            return decode(picture).getWidth();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void pictureOf400MegapixelsIsRefusedWithTheLimit() throws IOException {
        BufferedImage huge = new BufferedImage(20_000, 20_000, BufferedImage.TYPE_BYTE_BINARY);
        page.drop("image/png", encode(huge, "png"));
        page.awaitMessage("This picture has 400 megapixels. The limit is 120.");
        assertEquals(List.of(), network.requests());
    }

    @Test
    void pictureThatTakesLongIsAnnouncedAndAwaited() throws IOException {
        page.script("const decode = createImageBitmap; window.createImageBitmap = (...options) =>"
                + "new Promise(done => setTimeout(() => done(decode(...options)), 1500))");
        page.drop("image/png", encode(photo(300, 300, Color.WHITE, Color.BLACK, 30, 30, 240), "png"));
        page.awaitMessage("Opening the picture");
        page.click("#predict");
        assertEquals("Opening the picture…", page.message());
        assertEquals("R", page.answer());
        assertEquals("", page.message());
        assertEquals(1, network.requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {Canvases.FORBIDDEN, Canvases.WITH_NOISE, Canvases.WHITE})
    void whereACanvasCannotBeReadPicturesAreSentAsTheyAreAndNotChanged(String canvases) throws IOException {
        page.script(canvases);
        assertPicturesAreSentAsTheyAreAndNotChanged(page);
    }

    @Test
    void chromiumThatForbidsReadingCanvasesReadsDrawingsAndPictures() throws IOException {
        try (Browser strict = new Browser("--disable-reading-from-canvas")) {
            Page strictPage = new Page(strict).open(network.address());
            strictPage.draw(Kind.MOUSE, R);
            assertEquals("R", strictPage.answer());
            assertPicturesAreSentAsTheyAreAndNotChanged(strictPage);
        }
    }

    private static void assertPicturesAreSentAsTheyAreAndNotChanged(Page page) throws IOException {
        byte[] jpeg = encode(photo(2000, 1500, Color.WHITE, Color.BLACK, 600, 400, 600), "jpeg");
        page.drop("image/jpeg", jpeg);
        page.await(() -> page.shows("#ink"));
        assertEquals("R", page.answer());
        assertArrayEquals(jpeg, lastRequest().picture());
        assertInkCoversTheLetter(page);
        int requests = network.requests().size();
        String reason = "Not available: this browser does not let pages read pictures.";
        page.click("#rotate").awaitMessage(reason);
        page.click("#clear").drop("image/jpeg", jpeg);
        page.await(() -> network.requests().size() == requests + 1);
        page.answer();
        page.click("#crop").awaitMessage(reason);
        assertFalse(page.shows("#selection"));
        page.click("#clear").drop("image/svg+xml", SVG.getBytes(StandardCharsets.UTF_8));
        page.awaitMessage(reason);
        assertEquals(requests + 1, network.requests().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "width='100' height='100'", "width='50000' height='50000'", "width='100%' height='100%'"})
    void vectorGraphicsOfAnySizeAreRead(String size) {
        String svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100' " + size
                + "><path d='M20 90 L50 10 L80 90" + " M30 60 H70' fill='none' stroke='black' stroke-width='8'/></svg>";
        page.drop("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8));
        page.await(() -> page.shows("#ink"));
        assertEquals("A", page.answer());
    }

    @Test
    void cameraIsOfferedOnTouchScreensOnly() {
        assertFalse(page.shows("#camera"));
        BROWSER.touch(true);
        try {
            page.reload();
            assertTrue(page.shows("#camera"));
            page.script("document.getElementById('photo').addEventListener('click', event => {"
                    + "event.preventDefault(); event.target.dataset.opened = event.target.getAttribute('capture') })");
            page.click("#camera");
            assertEquals("environment", page.find("#photo").getDomAttribute("data-opened"));
        } finally {
            BROWSER.touch(false);
        }
    }

    @Test
    void photoOfTheCameraIsRead(@TempDir Path files) throws IOException {
        Path photo = Files.write(files.resolve("photo.png"), Photo.DARK.png());
        page.find("#photo").sendKeys(photo.toString());
        assertEquals("R", page.answer());
        assertTrue(page.shows("#ink"));
    }

    @Test
    void pictureThatOnlyTheServerCanDecodeShowsItsInk() throws IOException {
        BufferedImage bilevel = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_BINARY);
        bilevel.createGraphics().drawImage(photo(300, 200, Color.WHITE, Color.BLACK, 100, 20, 150), 0, 0, null);
        byte[] tiff = encode(bilevel, "tiff");
        page.drop("image/tiff", tiff);
        assertEquals("R", page.answer());
        assertArrayEquals(tiff, lastRequest().picture());
        assertTrue(page.shows("#ink"));
        assertFalse(page.shows("#crop"));
    }

    @Test
    void pictureThatNobodyCanDecodeIsRefusedWithAdvice() {
        page.drop("image/heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1));
        page.awaitMessage("This picture is damaged or of an unknown kind. Try PNG or JPEG.");
    }

    @Test
    void vectorGraphicIsConverted() {
        page.drop("image/svg+xml", SVG.getBytes(StandardCharsets.UTF_8));
        assertEquals("R", page.answer());
        assertEquals("image/png", lastRequest().type());
    }

    @Test
    void pictureWithoutACharacterIsNamedAsSuch() throws IOException {
        page.drop("image/png", encode(photo(200, 200, Color.LIGHT_GRAY, Color.LIGHT_GRAY, 50, 50, 100), "png"));
        page.awaitMessage("No character was found in this picture.");
        assertFalse(page.shows("#ink"));
    }

    /** A picture of an R with its top left corner and height. */
    private static BufferedImage photo(int width, int height, Color paper, Color ink, int x, int y, int size) {
        int type = paper.getAlpha() == 0 ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setBackground(paper);
        graphics.clearRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(ink);
        double scale = size / (LETTER.getHeight() + R.brush());
        graphics.translate(x, y);
        graphics.scale(scale, scale);
        graphics.translate(R.brush() / 2 - LETTER.getX(), R.brush() / 2 - LETTER.getY());
        graphics.setStroke(new BasicStroke((float) R.brush(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(LETTER_PATH);
        graphics.dispose();
        return image;
    }

    private static Path2D path() {
        Path2D path = new Path2D.Double();
        for (List<Point> stroke : R.strokes()) {
            path.moveTo(stroke.get(0).x(), stroke.get(0).y());
            stroke.forEach(point -> path.lineTo(point.x(), point.y()));
        }
        return path;
    }

    /** A photo in uneven light: bright in one corner, dark in the opposite one. */
    private static BufferedImage shadowed() {
        BufferedImage photo = photo(600, 600, Color.WHITE, Color.BLACK, 120, 100, 400);
        Graphics2D graphics = photo.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(0, 0, 0, 20), 600, 600, new Color(0, 0, 0, 170)));
        graphics.fillRect(0, 0, 600, 600);
        return photo;
    }

    /** The picture as a camera stores it that was turned: its top is on the left. */
    private static BufferedImage turned(BufferedImage upright) {
        BufferedImage turned = new BufferedImage(upright.getHeight(), upright.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < upright.getHeight(); y++) {
            for (int x = 0; x < upright.getWidth(); x++) {
                turned.setRGB(y, upright.getWidth() - 1 - x, upright.getRGB(x, y));
            }
        }
        return turned;
    }

    /** Adds an EXIF segment with an orientation after the first two bytes of a JPEG file. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 36);
        file.put(jpeg, 0, 2);
        file.putShort((short) 0xffe1).putShort((short) 34).put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII));
        file.putInt(8).putShort((short) 1); // one entry, which follows the header of 8 bytes
        file.putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        file.putInt(0);
        return file.put(jpeg, 2, jpeg.length - 2).array();
    }

    /** Encodes the R as WebP, which the browser can. */
    private byte[] webp(int width, int height) throws IOException {
        String url = page.script(
                "const image = new Image(); image.src = 'data:image/png;base64,' + arguments[0];"
                        + "return image.decode().then(() => { const c = document.createElement('canvas');"
                        + "c.width = image.width; c.height = image.height; c.getContext('2d').drawImage(image, 0, 0);"
                        + "return c.toDataURL('image/webp') })",
                Base64.getEncoder()
                        .encodeToString(encode(
                                photo(width, height, Color.WHITE, Color.BLACK, width / 4, height / 4, height / 2),
                                "png")));
        return Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    }

    private static byte[] encode(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, out));
        return out.toByteArray();
    }

    private static BufferedImage decode(byte[] file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    /** The browser logs each refused picture. */
    @Override
    boolean isExpected(String line) {
        return line.contains("/predict") && line.matches(".*\\b(415|422)\\b.*");
    }
}
