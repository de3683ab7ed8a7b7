package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** A server that is busy, unreachable or failing, and a browser without a network. */
class NetworkFailureIT extends PageTest {
    @AfterEach
    void backOnline() {
        BROWSER.offline(false);
    }

    @Test
    void busyServerIsAskedAgain() {
        network.fail(503, "busy");
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("The server is busy. Trying again in 1 s.");
        network.recover();
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    void drawingSurvivesAnUnreachableServer() {
        network.disconnect();
        try {
            page.draw(Kind.MOUSE, R);
            page.awaitMessage("The server cannot be reached. Trying again in ");
            assertEquals(R.strokes().size(), page.strokes());
        } finally {
            network.reconnect();
        }
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    void serverErrorIsShownAndPredictTriesAgain() {
        network.fail(500, "internal");
        page.line(140, 40, 140, 240);
        page.awaitMessage("Something went wrong on the server.");
        network.recover();
        page.click("#predict");
        page.answer();
    }

    @ParameterizedTest
    @CsvSource({
        "503, not-ready, The model is not ready yet. Please wait.",
        "429, unknown, The server is busy. Trying again in 1 s.",
        "502, unknown, The server cannot be reached. Trying again in 1 s.",
        "404, unknown, The server cannot be reached. Trying again in 1 s.",
    })
    void serverThatIsNotReadyOrNotThereIsNotCalledBusy(int status, String kind, String message) {
        network.fail(status, kind);
        page.line(140, 40, 140, 240);
        page.awaitMessage(message);
        assertEquals("failed", page.progress());
        network.recover();
        page.answer();
        assertEquals("info", page.tone());
    }

    @ParameterizedTest
    @CsvSource({
        "401, unauthorized, 'This server needs a key, which this page does not have.', done",
        "503, too-long, The server took too long. Press Predict to try again., failed",
        "500, internal, Something went wrong on the server. Press Predict to try again., failed",
        "403, unknown, The server could not read this., done",
    })
    void problemOfADrawingIsSaidUntilTheNextDrawing(int status, String kind, String message, String progress) {
        network.fail(status, kind);
        page.line(140, 40, 140, 240);
        page.awaitMessage(message);
        assertEquals(progress, page.progress());
        assertEquals("error", page.tone());
        network.recover();
        page.line(60, 50, 220, 50).answer();
        assertEquals("info", page.tone());
    }

    @ParameterizedTest
    @CsvSource({
        "413, body-too-large, This picture is too large.",
        "422, too-many-pixels, This picture is too large.",
        "415, not-an-image, This picture is damaged or of an unknown kind. Try PNG or JPEG.",
        "422, nothing-drawn, No character was found in this picture.",
    })
    void problemOfAPictureIsSaidInTheLanguageOfThePage(int status, String kind, String message) {
        network.fail(status, kind);
        page.drop("image/png", R.png());
        page.awaitMessage(message);
        page.click("#settings-open").choose("language", "de").press(Keys.ESCAPE);
        page.drop("image/png", R.png());
        page.await(() -> !page.message().isEmpty() && !page.message().equals(message));
    }

    @Test
    void slowAnswerIsAnnouncedAsReading() {
        network.hold();
        page.line(140, 40, 140, 240);
        page.awaitMessage("Reading…");
        assertEquals("info", page.tone());
        assertEquals("Reading…", page.announcement());
        assertEquals("reading", page.progress());
        assertEquals("true", page.find("#answer").getDomAttribute("aria-busy"));
        network.release();
        page.answer();
        assertEquals("false", page.find("#answer").getDomAttribute("aria-busy"));
        assertFalse(page.message().startsWith("Reading"));
    }

    @Test
    void fastAnswerIsNot() {
        page.script(
                "window.states = []; new MutationObserver(() => states.push(document.getElementById('answer').ariaBusy))"
                        + ".observe(document.getElementById('answer'), {attributeFilter: ['aria-busy']})");
        page.line(140, 40, 140, 240).answer();
        assertFalse(page.<List<String>>script("return states").contains("true"));
    }

    @Test
    void offlineIsShownAndTheAnswerFollowsOnceOnline() {
        BROWSER.offline(true);
        page.awaitMessage("You are offline.");
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("You are offline.");
        BROWSER.offline(false);
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    @Test
    void messageAboutTheConnectionAndThatAboutTheDrawingDoNotReplaceEachOther() {
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-o")).answer();
        page.awaitCachedPage(); // A language that is chosen now comes from there.
        String remark = page.message();
        assertTrue(remark.startsWith("Also possible"), remark);
        BROWSER.offline(true);
        page.awaitMessage("You are offline.");
        page.click("#clear").await(() -> !page.shows("#candidates"));
        assertTrue(page.message().startsWith("You are offline."), "it lasts until the browser is online");
        page.click("#settings-open").choose("language", "de").press(Keys.ESCAPE);
        page.awaitMessage("Du bist offline.");
        page.click("#undo");
        BROWSER.offline(false);
        page.answer();
        page.awaitMessage("Auch möglich");
    }

    @Test
    void sheetStaysWhereItIsWhateverTheMessage() {
        BROWSER.resize(360, 740, 2);
        page.line(140, 40, 140, 240).answer();
        Object before = page.script("return document.getElementById('pad').getBoundingClientRect().top");
        BROWSER.offline(true);
        page.awaitMessage("You are offline.");
        assertEquals(before, page.script("return document.getElementById('pad').getBoundingClientRect().top"));
        BROWSER.offline(false);
        page.await(() -> !page.message().startsWith("You are offline."));
        assertEquals(before, page.script("return document.getElementById('pad').getBoundingClientRect().top"));
    }

    /** Two lines are reserved for a message, so that none moves the sheet or is cut. */
    @Test
    void everyMessageFitsTwoLinesOfTheNarrowestScreenInEveryLanguage() {
        BROWSER.resize(280, 653, 2);
        page.draw(Kind.MOUSE, R).answer();
        List<String> cut = page.script("""
                const keys = ['also', 'onlyDigits', 'onlyLetters', 'onlyUpper', 'onlyLower', 'unsure', 'illegible', 'reading',
                  'nothingDrawn', 'noCharacter', 'notReady', 'needsKey', 'unreachable', 'offline', 'busy', 'tooLong', 'tooSlow',
                  'refused', 'failed', 'unknownFormat', 'notAnImage', 'tooLarge', 'copied', 'copyFailed', 'added'];
                const line = document.getElementById('message');
                const cut = [];
                const load = async () => {
                  for (const language of ['en', 'de', 'es', 'fr']) {
                    const texts = (await import(`/js/i18n/${language}.js`)).default;
                    const name = texts.capitalName.replace('{label}', 'W');
                    const list = texts.listOr.replace('{first}', 'W').replace('{last}', 'w');
                    const fill = (key) => texts[key].replace('{seconds}', '15').replace('{predict}', texts.predict)
                      .replace('{name}', name).replace('{list}', list);
                    const messages = keys.map(fill);
                    for (const only of ['onlyDigits', 'onlyLetters', 'onlyUpper', 'onlyLower'])
                      messages.push(`${fill('also')} ${texts[only]}`, `${texts.unsure} ${texts[only]}`);
                    for (const message of messages) {
                      line.textContent = message;
                      const { lineHeight } = getComputedStyle(line);
                      const written = document.createRange();
                      written.selectNodeContents(line);
                      if (written.getBoundingClientRect().height > 2.2 * parseFloat(lineHeight)) cut.push(`${language}: ${message}`);
                    }
                  }
                  return cut;
                };
                return load();
                """);
        assertEquals(List.of(), cut);
    }

    @Test
    void pageLoadsWithoutANetworkInEveryLanguage() {
        page.draw(Kind.MOUSE, R).answer();
        page.awaitCachedPage();
        network.disconnect();
        try {
            page.reload();
            assertEquals(R.strokes().size(), page.strokes());
            page.awaitMessage("The server cannot be reached.");
            page.click("#settings-open").choose("language", "fr");
            page.await(() -> page.find("#predict").getText().equals("Reconnaître"));
            assertTrue(page.<Boolean>script("return document.fonts.check('1rem \"Atkinson Hyperlegible Next\"')"));
        } finally {
            network.reconnect();
        }
    }

    /** The browser logs each failed request. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
