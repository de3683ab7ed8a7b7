package ink.neural.it.page;

import ink.neural.it.page.GoldenDrawing.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.Pause;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.openqa.selenium.interactions.PointerInput.MouseButton;
import org.openqa.selenium.interactions.PointerInput.Origin;
import org.openqa.selenium.interactions.Sequence;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page as a person uses it: draws, clicks, types and reads. */
final class Page {
    /** Side of the sheet in sheet units. */
    static final double SHEET = 280;

    private static final By SETTLED =
            By.cssSelector("main:has(#predict[data-state=done]) #candidates:not([hidden]):not(.stale)");

    private final ChromeDriver driver;

    Page(Browser browser) {
        this.driver = browser.driver();
    }

    /** Opens the page and waits until it knows the server's model. */
    Page open(URI address) {
        driver.get(address.toString());
        awaitScripts();
        await(() -> !text("#model").isEmpty());
        return this;
    }

    Page reload() {
        driver.navigate().refresh();
        awaitScripts();
        return this;
    }

    private void awaitScripts() {
        moved();
        await(() -> all("#examples button").size() == 6);
    }

    // --- Drawing ---

    /** Draws strokes, each given by its points on the sheet. */
    Page draw(Kind kind, List<List<Point>> strokes) {
        Pointer pointer = new Pointer(kind);
        strokes.forEach(pointer::stroke);
        return perform(pointer);
    }

    Page draw(List<List<Point>> strokes) {
        return draw(Kind.MOUSE, strokes);
    }

    /** Draws a golden drawing with its own brush. */
    Page draw(Kind kind, GoldenDrawing golden) {
        brush(golden.brush());
        return draw(kind, golden.strokes());
    }

    /** One straight stroke. */
    Page line(double x1, double y1, double x2, double y2) {
        return draw(List.of(line(new Point(x1, y1), new Point(x2, y2))));
    }

    /** Points from one to another, as a hand passes them. */
    static List<Point> line(Point from, Point to) {
        int steps = 8;
        return IntStream.rangeClosed(0, steps)
                .mapToObj(i -> new Point(
                        from.x() + (to.x() - from.x()) * i / steps, from.y() + (to.y() - from.y()) * i / steps))
                .toList();
    }

    /** A zigzag over the whole sheet, which is no character. */
    static List<Point> scribble() {
        return IntStream.range(0, 60)
                .mapToObj(i -> new Point(40 + i * 97 % 200, 40 + i * 61 % 200))
                .toList();
    }

    Pointer pointer(Kind kind) {
        return new Pointer(kind);
    }

    Page brush(double width) {
        script(
                "const brush = document.getElementById('brush'); brush.value = arguments[0];"
                        + "brush.dispatchEvent(new Event('input', {bubbles: true}))",
                width);
        return this;
    }

    /** The actions of a pointing device. Those of several devices are performed in parallel, step by step. */
    final class Pointer {
        private final PointerInput input;
        private Sequence actions;

        private Pointer(Kind kind) {
            input = new PointerInput(kind, kind + "-" + System.nanoTime());
            actions = new Sequence(input, 0);
        }

        Pointer stroke(List<Point> points) {
            down(points.get(0));
            points.stream().skip(1).forEach(this::to);
            return up();
        }

        Pointer down(Point at) {
            to(at);
            actions.addAction(input.createPointerDown(MouseButton.LEFT.asArg()));
            return this;
        }

        Pointer to(Point at) {
            List<Number> box = canvasBox();
            int x = (int) Math.round(
                    box.get(0).doubleValue() + at.x() / SHEET * box.get(2).doubleValue());
            int y = (int) Math.round(
                    box.get(1).doubleValue() + at.y() / SHEET * box.get(2).doubleValue());
            actions.addAction(input.createPointerMove(Duration.ZERO, Origin.viewport(), x, y));
            return this;
        }

        Pointer up() {
            actions.addAction(input.createPointerUp(MouseButton.LEFT.asArg()));
            return this;
        }

        Pointer rest(Duration duration) {
            actions.addAction(new Pause(input, duration));
            return this;
        }

        Pointer pause(int steps) {
            for (int i = 0; i < steps; i++) {
                actions.addAction(new Pause(input, Duration.ZERO));
            }
            return this;
        }
    }

    /** Performs the actions of the pointers. A pointer may go on where it is, for example without having been lifted. */
    Page perform(Pointer... pointers) {
        driver.perform(Arrays.stream(pointers).map(pointer -> pointer.actions).toList());
        Arrays.stream(pointers).forEach(pointer -> pointer.actions = new Sequence(pointer.input, 0));
        return this;
    }

    private List<Number> canvasBox;

    /** Left, top and height of the sheet, or of the one in a dialog, in the window, cached until {@link #moved}. */
    private List<Number> canvasBox() {
        if (canvasBox == null) {
            canvasBox = script(
                    "const canvas = [...document.querySelectorAll('canvas')].reverse().find(each => each.offsetParent);"
                            + "const b = canvas.getBoundingClientRect();"
                            + "return [b.x - canvas.parentElement.scrollLeft, b.y, b.height]");
        }
        return canvasBox;
    }

    /** Must be called after the canvas moved or changed its size. */
    Page moved() {
        canvasBox = null;
        return this;
    }

    /** How many strokes are on the sheet, according to the drawing that the page has stored. */
    int strokes() {
        Long count = script(
                "const d = sessionStorage.getItem('neural-ink.drawing'); return d ? JSON.parse(d).strokes.length : 0");
        return count.intValue();
    }

    /** Whether the canvas shows ink at this point of the sheet. */
    boolean inked(double x, double y) {
        // Reads a copy: reading the page's own canvas would make Chromium render it differently.
        Long alpha = script(
                "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {"
                        + "const pad = document.getElementById('pad'); const k = pad.width / 280;"
                        + "const copy = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});"
                        + "copy.drawImage(pad, -arguments[0] * k, -arguments[1] * k);"
                        + "done(copy.getImageData(0, 0, 1, 1).data[3]) })))",
                x,
                y);
        return alpha > 128;
    }

    // --- Pictures ---

    /** Drops a file on the page. */
    Page drop(String type, byte[] content) {
        return insert("new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: data})", type, content);
    }

    /** Pastes a file. */
    Page paste(String type, byte[] content) {
        return insert("new ClipboardEvent('paste', {bubbles: true, clipboardData: data})", type, content);
    }

    private Page insert(String event, String type, byte[] content) {
        script(
                "const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0)); const data = new DataTransfer();"
                        + "data.items.add(new File([bytes], 'file', {type: arguments[1]}));"
                        + "document.body.dispatchEvent(" + event + ")",
                Base64.getEncoder().encodeToString(content),
                type);
        return this;
    }

    /** What a part of the page looks like. */
    BufferedImage screenshot(String css) {
        try {
            return ImageIO.read(new ByteArrayInputStream(find(css).getScreenshotAs(OutputType.BYTES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- The answer ---

    /** The best candidate, once the current drawing is answered. */
    String answer() {
        await(() -> !driver.findElements(SETTLED).isEmpty() && shows("#heat button"));
        return candidates().get(0);
    }

    /** The candidates shown, most confident first. */
    List<String> candidates() {
        return texts("#candidates li:not([hidden]) .char");
    }

    String message() {
        return text("#message");
    }

    /** How the message is meant: {@code info}, {@code warning} or {@code error}. */
    String tone() {
        return find("#message").getDomAttribute("data-tone");
    }

    /** What screen readers have been told last. */
    String announcement() {
        return find("#announcement").getDomProperty("textContent").strip().replace("\u00a0", "");
    }

    /** Whether the page waits for an answer, has one, or has failed to get it: the state of the button. */
    String progress() {
        return find("#predict").getDomAttribute("data-state");
    }

    void awaitMessage(String start) {
        try {
            await(() -> message().startsWith(start));
        } catch (TimeoutException e) {
            throw new AssertionError("expected message: " + start + ", was: " + message(), e);
        }
    }

    // --- Everything else ---

    /** Waits until the service worker has cached the page. */
    void awaitCachedPage() {
        script("return navigator.serviceWorker.ready.then(() => true)");
    }

    Page click(String css) {
        find(css).click();
        return this;
    }

    Page press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    Page chord(String key, Keys... modifiers) {
        Actions actions = new Actions(driver);
        Arrays.stream(modifiers).forEach(actions::keyDown);
        actions.sendKeys(key);
        Arrays.stream(modifiers).forEach(actions::keyUp);
        actions.perform();
        return this;
    }

    Page openSettings() {
        click("#settings-open").await(() -> shows("#settings"));
        return this;
    }

    Page openHand() {
        click("#hand-open").await(() -> shows("#hand[open]"));
        return this;
    }

    /** Chooses a radio button, such as {@code charset=digits}, once it is there. */
    Page choose(String name, String value) {
        String radio = "input[name=" + name + "][value=" + value + "]";
        await(() -> shows("label:has(" + radio + ")"));
        find(radio).findElement(By.xpath("..")).click();
        return this;
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** What a person has said that drawings are, as it is kept: the characters, the oldest first. */
    String keptLabels() {
        return script("""
                return new Promise((done) => {
                  const opening = indexedDB.open('neural-ink');
                  opening.onsuccess = () => {
                    const database = opening.result;
                    database.transaction('labelled').objectStore('labelled').getAll().onsuccess = ({target}) => {
                      database.close();
                      done(target.result.map(({label}) => label).join(''));
                    };
                  };
                })""");
    }

    /** Says what the drawing is, and waits until the page has understood. */
    Page say(String label) {
        WebElement cell = all("#heat .cell").get(texts("#heat .cell").indexOf(label));
        cell.click();
        await(() -> candidates().get(0).equals(label));
        return this;
    }

    /** Lets the browser put files that are saved into a folder. */
    Page downloadTo(Path folder) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
        return this;
    }

    /** What the elements show, empty for hidden ones, read in one call: the driver needs several for each element. */
    List<String> texts(String css) {
        return script(
                "return [...document.querySelectorAll(arguments[0])].map(element =>"
                        + "element.checkVisibility({visibilityProperty: true}) ? element.innerText.replace(/\\s+/g, ' ').trim() : '')",
                css);
    }

    String text(String css) {
        return texts(css).get(0);
    }

    /** Whether any of the elements can be seen. */
    boolean shows(String css) {
        return script(
                "return [...document.querySelectorAll(arguments[0])].some(element => {"
                        + "const {width, height} = element.getBoundingClientRect();"
                        + "return width * height > 0 && element.checkVisibility({visibilityProperty: true, opacityProperty: true}) })",
                css);
    }

    /** The text of a file on the class path, such as a script. */
    static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    <T> T script(String script, Object... arguments) {
        return (T) driver.executeScript(script, arguments);
    }

    void await(Supplier<Boolean> condition) {
        new WebDriverWait(driver, Duration.ofSeconds(30), Duration.ofMillis(30))
                .ignoring(StaleElementReferenceException.class)
                .until(ignored -> condition.get());
    }
}
