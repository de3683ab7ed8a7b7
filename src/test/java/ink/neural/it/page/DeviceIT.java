package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** The page reads characters and text by itself, without the server or because a person chose so. */
class DeviceIT extends PageTest {
    private static final String READY = "This device now reads by itself.";
    private static final String ON_DEVICE = "The server cannot be reached. This device reads by itself.";

    private boolean isDisconnected;

    private void disconnect() {
        network.disconnect();
        isDisconnected = true;
    }

    @AfterEach
    void reconnect() {
        if (isDisconnected) {
            network.reconnect();
        }
    }

    private void chooseDevice(String message) {
        page.awaitCachedPage();
        page.reload();
        page.openSettings().choose("device", "device").press(Keys.ESCAPE);
        page.awaitMessage(message);
    }

    @Test
    void drawingsAreReadAlikeWithoutTheServer() {
        List<GoldenDrawing> drawings = List.of(R, GoldenDrawing.named("digit-7"), GoldenDrawing.named("lower-g"));
        chooseDevice(READY);
        page.openSettings().choose("device", "server").press(Keys.ESCAPE);
        List<List<String>> ofServer = drawings.stream().map(this::read).toList();
        List<String> wordsOfServer = chooseTextAndRead();
        assertFalse(network.requests().isEmpty());
        disconnect();
        page.reload();
        page.awaitMessage(ON_DEVICE);
        assertEquals(wordsOfServer, readWords());
        page.choose("mode", "character").moved();
        assertEquals(ofServer, drawings.stream().map(this::read).toList());
        page.awaitMessage(ON_DEVICE);
        network.reconnect();
        isDisconnected = false;
        page.await(() -> page.message().isEmpty());
        network.requests().clear();
        assertEquals(ofServer.get(0), read(R));
        assertFalse(network.requests().isEmpty());
    }

    private List<String> chooseTextAndRead() {
        page.choose("mode", "text");
        return readWords();
    }

    /** The words, and what else the last one may be. */
    private List<String> readWords() {
        page.await(() -> page.shows("#line"));
        page.moved().click("#clear").draw(Handwriting.of("HELLO"));
        page.await(() -> page.shows("#predict[data-state=done]") && page.shows("#words:not(.stale, .live) .word"));
        return page.texts(".word, .suggestion");
    }

    /** The candidates with their confidences. */
    private List<String> read(GoldenDrawing drawing) {
        page.click("#clear").draw(Kind.MOUSE, drawing);
        assertEquals(drawing.label(), page.answer());
        return page.texts("#candidates .candidate");
    }

    @Test
    void deviceThatIsChosenOnTheFirstVisitReadsTextWithoutTheServer() {
        page.choose("mode", "text").openSettings().choose("device", "device").press(Keys.ESCAPE);
        page.awaitMessage(READY);
        disconnect();
        assertFalse(readWords().isEmpty());
    }

    @Test
    void whoOnlyWritesTextCanGoOnWithoutTheServer() {
        page.script("const wait = setTimeout; setTimeout = (action, millis, ...rest) =>"
                + "wait(action, millis === 15_000 ? 0 : millis, ...rest)");
        assertFalse(chooseTextAndRead().isEmpty());
        page.await(() -> page.<Number>script("return (async () => {"
                                + "const name = (await caches.keys()).find(name => name.startsWith('neural-ink device'));"
                                + "return name ? (await (await caches.open(name)).keys()).length : 0 })()")
                        .intValue()
                == 7);
        page.awaitCachedPage();
        disconnect();
        page.script("dispatchEvent(new Event('offline'))");
        page.awaitMessage(ON_DEVICE);
        assertFalse(readWords().isEmpty());
    }

    @Test
    void serverSeesNoDrawingIfThisDeviceReads() {
        chooseDevice(READY);
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        assertFalse(chooseTextAndRead().isEmpty());
        page.click(".word").click(".letter:nth-child(2)");
        page.await(() -> page.all(".suggestion").size() > 2);
        page.reload();
        page.await(() -> page.shows("#words:not(.stale, .live) .word"));
        assertTrue(network.requests().isEmpty(), network.requests().toString());
    }

    @Test
    void fullStorageIsSaidAndThisDeviceReadsAnyway() {
        page.awaitCachedPage();
        page.reload();
        page.script("Cache.prototype.keys = () => Promise.resolve([]); return null");
        page.openSettings().choose("device", "device").press(Keys.ESCAPE);
        page.awaitMessage("This device reads by itself, but only until you close the page");
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        assertFalse(chooseTextAndRead().isEmpty());
        assertTrue(network.requests().isEmpty(), network.requests().toString());
    }

    @Test
    void browserThatCannotRunTheModelSaysSoAndTheServerReads() {
        page.script("Worker = class { constructor() { throw new Error('no worker'); } }; return null");
        page.openSettings().choose("device", "device").press(Keys.ESCAPE);
        page.awaitMessage("This device cannot read by itself.");
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        assertFalse(network.requests().isEmpty());
    }

    @Test
    void serverWithoutTheRuntimeIsNotAskedForIt() {
        network.edit("/api/model", answer -> answer.replaceAll("\"runtime\":\"[^\"]*\",?", ""));
        chooseDevice("This device cannot read by itself.");
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
        assertFalse(network.requests().isEmpty());
        List<String> loaded = page.script(
                "return performance.getEntriesByType('resource').map(({ name }) => name).filter(name => name.includes('onnxruntime'))");
        assertEquals(List.of(), loaded);
    }

    /** The browser logs each failed request. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
