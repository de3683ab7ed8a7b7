package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.selenium.AxeBuilder;
import ink.neural.it.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** Any eyes, any hand, any screen, any of four languages. */
class EveryoneIT extends PageTest {
    private static final GoldenDrawing R = GoldenDrawing.named("upper-r");

    @ParameterizedTest
    @CsvSource({"light,1280,960", "dark,360,740"})
    @DisplayName("axe finds no violation in any state:")
    void accessible(String theme, int width, int height) {
        BROWSER.prefer(theme);
        BROWSER.resize(width, height, 1);
        page.moved();
        hasNoViolation("empty");
        page.click("#predict");
        hasNoViolation("nothing drawn");
        page.draw(Kind.MOUSE, R).answer();
        hasNoViolation("answered");
        page.click("#candidates li:first-child button");
        hasNoViolation("taken");
        page.choose("charset", "digits");
        page.await(() -> !page.all("#heat .out").isEmpty());
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-o")).answer();
        hasNoViolation("digits expected, with history");
        wire.slow(Duration.ofSeconds(2));
        page.line(10, 10, 270, 270);
        page.await(() -> page.shows("#candidates.stale"));
        hasNoViolation("waiting");
        wire.slow(Duration.ZERO);
        wire.fail(503, 1);
        page.click("#predict");
        page.awaitMessage("The server is busy");
        hasNoViolation("busy");
        page.answer();
        page.click("#settings-open");
        hasNoViolation("settings");
    }

    private void hasNoViolation(String state) {
        Results results = new AxeBuilder()
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze(BROWSER.driver());
        List<String> violations = results.getViolations().stream()
                .map(rule -> state + ": " + rule.getId() + " "
                        + rule.getNodes().stream()
                                .map(node -> node.getTarget().toString() + node.getFailureSummary())
                                .toList())
                .toList();
        assertEquals(List.of(), violations);
        assertTrue(results.getPasses().size() > 15, "axe looked at the page");
    }

    @ParameterizedTest
    @CsvSource({"de,ERKENNEN,Zeichne", "es,RECONOCER,Dibuja", "fr,RECONNAÎTRE,Dessinez", "en,PREDICT,Draw"})
    @DisplayName("the page speaks the language chosen, also after a reload:")
    void languages(String code, String predict, String prompt) {
        page.click("#settings-open").choose("language", code).press(Keys.ESCAPE);
        page.await(() -> page.find("#predict").getText().equals(predict));
        page.reload();
        page.await(() -> page.find("#predict").getText().equals(predict));
        assertTrue(page.find("#prompt .call").getText().startsWith(prompt));
        assertEquals(code, page.find("html").getDomAttribute("lang"));
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
    }

    @Test
    @DisplayName("a newcomer is spoken to in the browser's language")
    void browsersLanguage() {
        language("es-MX,es");
        try {
            page.reload();
            page.await(() -> page.find("#predict").getText().equals("RECONOCER"));
        } finally {
            language("en");
        }
    }

    private static void language(String accepted) {
        String agent = (String) BROWSER.driver().executeScript("return navigator.userAgent");
        BROWSER.driver()
                .executeCdpCommand(
                        "Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", accepted));
    }

    @Test
    @DisplayName("light and dark follow the system, and the switch")
    void theme() {
        String light = background();
        BROWSER.prefer("dark");
        String dark = background();
        assertNotEquals(light, dark);
        page.click("#settings-open").choose("theme", "light");
        assertEquals(light, background());
        page.reload();
        assertEquals(light, background());
        BROWSER.prefer("light");
        page.click("#settings-open").choose("theme", "dark");
        assertEquals(dark, background());
    }

    private String background() {
        return page.find("body").getCssValue("background-color");
    }

    @Test
    @DisplayName("for a left hand the sheet and its tools change sides, also after a reload")
    void leftHand() {
        assertTrue(left(".sheet") > left(".answer"));
        page.click("#settings-open").choose("hand", "left").press(Keys.ESCAPE);
        assertTrue(left(".sheet") < left(".answer"));
        assertTrue(left("#predict") < left("#clear"));
        page.reload();
        assertTrue(left(".sheet") < left(".answer"));
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
    }

    private int left(String css) {
        return page.find(css).getLocation().x;
    }

    @Test
    @DisplayName("by keyboard alone: an example, its answer, the text")
    void keyboardAlone() {
        tabTo("#examples button");
        page.press(Keys.ENTER);
        assertEquals("R", page.answer());
        tabTo("#copy");
        BROWSER.driver().executeScript("document.activeElement.blur()");
        tabTo("#candidates button");
        page.press(Keys.ENTER);
        assertEquals("R", page.find("#text").getDomProperty("value"));
        assertTrue(page.<Boolean>script("return document.activeElement.matches(':focus-visible')"));
    }

    private void tabTo(String css) {
        for (int i = 0; i < 60; i++) {
            page.press(Keys.TAB);
            if (page.<Boolean>script("return document.activeElement.matches(arguments[0])", css)) {
                return;
            }
        }
        throw new AssertionError("the keyboard does not reach " + css);
    }

    @Test
    @DisplayName("answers are spoken politely, by the characters' names")
    void spoken() {
        assertEquals("status", page.find("#spoken").getDomAttribute("role"));
        page.draw(Kind.MOUSE, R).answer();
        String spoken = page.find("#spoken").getDomProperty("textContent");
        assertTrue(spoken.matches("It is capital R, .*%\\. Then .*"), spoken);
        assertTrue(page.find("#candidates button").getAccessibleName().startsWith("capital R, "));
    }

    @Test
    @DisplayName("nothing moves for those who want no motion")
    void reducedMotion() {
        page.draw(Kind.MOUSE, R).answer();
        assertEquals(0L, page.<Long>script("return document.getAnimations().length"));
    }

    @Test
    @DisplayName("everything to press is at least 24 by 24 pixels")
    void targets() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#clear");
        for (WebElement target : page.all("button, input:not([type=file]):not([hidden]), a:not(.skip)")) {
            Rectangle box = target.getRect();
            boolean inText = target.getTagName().equals("a");
            assertTrue(
                    !target.isDisplayed() || inText || (box.width >= 24 && box.height >= 24),
                    target + " " + box.width + "x" + box.height);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360, 768, 1440})
    @DisplayName("nothing sticks out of a window of width")
    void noSidewaysScrolling(int width) {
        BROWSER.resize(width, 800, 1);
        page.moved().draw(Kind.MOUSE, R).answer();
        page.click("#candidates li:first-child button").click("#clear");
        for (String language : List.of("en", "de", "es", "fr")) {
            page.click("#settings-open").choose("language", language);
            page.await(() -> page.find("html").getDomAttribute("lang").equals(language));
            page.press(Keys.ESCAPE);
            assertTrue(page.<Boolean>script("return document.documentElement.scrollWidth <= innerWidth"), language);
        }
    }

    @Test
    @DisplayName("on a phone the answer and the whole sheet are seen at once")
    void answerAndSheetOnAPhone() {
        BROWSER.resize(360, 640, 2);
        page.moved().draw(Kind.TOUCH, R).answer();
        Rectangle sheet = page.find("#pad").getRect();
        Rectangle answer = page.find("#candidates").getRect();
        assertTrue(answer.y >= 0 && answer.y + answer.height <= sheet.y);
        assertTrue(sheet.y + sheet.height <= 640);
    }

    @Test
    @DisplayName("nothing on the page jumps, from loading to clearing")
    void noLayoutShift() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#clear").click("#predict");
        page.awaitMessage("Nothing drawn");
        List<String> shifts = page.script("return new Promise(done => { const shifts = [];"
                + "new PerformanceObserver(list => { for (const entry of list.getEntries()) shifts.push(entry.value + ' '"
                + "+ entry.sources.map(source => source.node?.outerHTML?.slice(0, 60) ?? source.node?.nodeName)) })"
                + ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(shifts), 200) })");
        assertEquals(List.of(), shifts);
    }

    @Test
    @DisplayName("the page can be installed")
    void installable() {
        String manifest =
                page.script("return fetch(document.querySelector('link[rel=manifest]').href).then(r => r.text())");
        assertEquals("Neural Ink", Server.json(manifest).getString("name"));
        for (var icon : Server.json(manifest).getJsonArray("icons").getValuesAs(jakarta.json.JsonObject.class)) {
            Boolean loads = page.script(
                    "const i = new Image(); i.src = arguments[0]; return i.decode().then(() => true)",
                    icon.getString("src"));
            assertTrue(loads, icon.toString());
        }
        Boolean active = page.script("return navigator.serviceWorker.ready.then(r => r.active !== null)");
        assertTrue(active);
    }

    @Test
    @DisplayName("nothing is asked from anywhere else")
    void noExternalRequests() {
        page.draw(Kind.MOUSE, R).answer();
        List<String> addresses = page.script("return performance.getEntriesByType('resource').map(e => e.name)");
        assertTrue(addresses.size() > 15);
        for (String address : addresses) {
            assertTrue(address.startsWith(wire.address().toString()) || address.startsWith("data:"), address);
        }
    }

    @Test
    @DisplayName("a violated Content-Security-Policy would be seen in the console")
    void policyIsWatched() {
        page.script("document.body.setAttribute('style', 'color: red')");
        assertTrue(BROWSER.console().stream().anyMatch(line -> line.contains("Content Security Policy")));
        assertNotEquals("rgb(255, 0, 0)", page.find("body").getCssValue("color"));
        BROWSER.console();
    }

    /** The busy server of one test is told in the console. */
    @Override
    boolean isExpected(String line) {
        return line.contains("/predict") && line.contains("503");
    }
}
