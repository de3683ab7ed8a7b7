package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.it.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.openqa.selenium.support.Color;

/** Accessibility, languages, themes and screen sizes. */
class AccessibilityIT extends PageTest {
    private static final String AXE = Page.resource("/axe.min.js");

    /**
     * How a person looks at the page.
     *
     * @param forcedColors {@code active} with high contrast, {@code none} without
     */
    private record Look(String theme, String forcedColors, int width, int height) {}

    private static final List<Look> LOOKS = List.of(
            new Look("light", "none", 1280, 960),
            new Look("dark", "none", 360, 740),
            new Look("light", "active", 740, 360),
            new Look("dark", "active", 1280, 960));

    @Test
    void axeFindsNoViolationInAnyState() {
        assertNoViolation("empty");
        page.click("#predict");
        assertNoViolation("nothing drawn");
        page.draw(Kind.MOUSE, R).answer();
        assertNoViolation("answered");
        page.click("#candidates li:first-child button");
        assertNoViolation("candidate chosen");
        page.choose("charset", "digits");
        page.await(() -> !page.all("#heat .excluded").isEmpty());
        page.draw(Kind.MOUSE, GoldenDrawing.named("upper-o")).answer();
        assertNoViolation("digits expected, with history");
        network.delay(Duration.ofMinutes(1));
        page.line(10, 10, 270, 270);
        page.await(() -> page.shows("#candidates.stale"));
        assertNoViolation("waiting");
        network.delay(Duration.ZERO);
        network.fail(503, "busy");
        page.click("#clear").click("#undo").click("#predict");
        page.awaitMessage("The server is busy");
        assertNoViolation("busy");
        network.recover();
        page.answer();
        page.drop("image/png", R.png());
        page.await(() -> page.shows("#ink"));
        assertNoViolation("picture");
        page.click("#crop");
        assertNoViolation("selecting");
        page.openSettings();
        assertNoViolation("settings");
    }

    @Test
    void axeFindsNoViolationWhereTextIsWritten() {
        page.choose("mode", "text");
        page.await(() -> page.shows("#line"));
        assertNoViolation("empty");
        page.draw(Handwriting.of("HEL"));
        page.await(() -> page.shows("#predict[data-state=done]") && page.shows("#words .word"));
        page.click(".letter:first-child");
        assertNoViolation("read, with a chosen character");
        page.choose("expected", "custom").find("#pattern").sendKeys("[A-Z");
        page.await(() -> page.shows("#pattern-error:not(:empty)"));
        assertNoViolation("mistaken pattern");
    }

    private void assertNoViolation(String state) {
        for (Look look : LOOKS) {
            BROWSER.prefer(look.theme, look.forcedColors);
            BROWSER.resize(look.width, look.height, 1);
            assertNoViolation(page, state + ", " + look);
        }
        page.moved();
    }

    /** Runs axe in the page itself: {@code AxeBuilder} opens a window for each run and takes three times as long. */
    static void assertNoViolation(Page page, String state) {
        if (!page.<Boolean>script("return 'axe' in window")) {
            page.script(AXE);
        }
        Map<String, Object> results = page.script("""
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                return axe.run({runOnly: {type: 'tag', values: tags}}).then(({violations, passes}) => ({
                  violations: violations.map(({id, nodes}) =>
                    `${id} ${nodes.map(({target, failureSummary}) => target + failureSummary)}`),
                  passes: passes.length,
                }))""");
        assertEquals(List.of(), results.get("violations"), state);
        assertTrue((Long) results.get("passes") > 15, "axe found something to check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void hoveredChoiceIsReadable(String theme) {
        BROWSER.prefer(theme);
        assertTrue(page.<Boolean>script("return matchMedia('(hover: hover)').matches"));
        WebElement digits = page.find("input[value=digits] + span");
        String resting = digits.getCssValue("background-color");
        new Actions(BROWSER.driver()).moveToElement(digits).perform();
        assertNotEquals(resting, digits.getCssValue("background-color"), "not chosen, hovered");
        assertReadable(digits, "not chosen, hovered");
        page.choose("charset", "digits");
        assertTrue(page.<Boolean>script("return arguments[0].parentElement.matches(':hover')", digits));
        assertReadable(digits, "chosen, hovered");
    }

    /** Level AA of WCAG 2.2 for text: a contrast of at least 4.5. */
    private static void assertReadable(WebElement element, String state) {
        double text = luminance(element.getCssValue("color"));
        double paper = luminance(element.getCssValue("background-color"));
        double contrast = (Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05);
        assertTrue(contrast >= 4.5, state + ": contrast " + contrast);
    }

    /** Relative luminance of an opaque color, from 0 to 1, as WCAG 2.2 defines it. */
    private static double luminance(String css) {
        java.awt.Color color = Color.fromString(css).getColor();
        return 0.2126 * linear(color.getRed()) + 0.7152 * linear(color.getGreen()) + 0.0722 * linear(color.getBlue());
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    @ParameterizedTest
    @CsvSource({"de,Erkennen,Zeichne", "es,Reconocer,Dibuja", "fr,Reconnaître,Dessinez", "en,Predict,Draw"})
    void chosenLanguageIsSpokenAndRemembered(String code, String predict, String prompt) {
        page.click("#settings-open").choose("language", code).press(Keys.ESCAPE);
        page.await(() -> page.find("#predict").getText().equals(predict));
        page.reload();
        page.await(() -> page.find("#predict").getText().equals(predict));
        assertTrue(page.find("#prompt .headline").getText().startsWith(prompt));
        assertEquals(code, page.find("html").getDomAttribute("lang"));
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer());
    }

    @Test
    void languageOfTheBrowserIsTheDefault() {
        acceptLanguage("es-MX,es");
        try {
            page.reload();
            page.await(() -> page.find("#predict").getText().equals("Reconocer"));
        } finally {
            acceptLanguage("en");
        }
    }

    private static void acceptLanguage(String accepted) {
        String agent = (String) BROWSER.driver().executeScript("return navigator.userAgent");
        BROWSER.driver()
                .executeCdpCommand(
                        "Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", accepted));
    }

    @Test
    void themeFollowsTheSystemAndTheSetting() {
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
    void leftHandSwapsTheSidesAndIsRemembered() {
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
    void everythingWorksByKeyboardAlone() {
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
        throw new AssertionError("Tab does not reach " + css);
    }

    @Test
    void answersAreAnnouncedByCharacterName() {
        assertEquals("status", page.find("#announcement").getDomAttribute("role"));
        page.draw(Kind.MOUSE, R).answer();
        String spoken = page.find("#announcement").getDomProperty("textContent");
        assertTrue(spoken.matches("It is capital R, .*%\\. Then .*"), spoken);
        assertTrue(page.find("#candidates button").getAccessibleName().startsWith("R capital "));
    }

    @Test
    void nothingMovesWithReducedMotion() {
        page.draw(Kind.MOUSE, R).answer();
        assertEquals(0L, page.<Long>script("return document.getAnimations().length"));
    }

    @Test
    void targetsAreAtLeast24PixelsWideAndHigh() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#clear");
        List<String> small = page.script("""
                return [...document.querySelectorAll('button, input:not([type=file]):not([hidden])')]
                  .filter((target) => target.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
                  .filter((target) => Math.min(target.offsetWidth, target.offsetHeight) < 24)
                  .map((target) => target.outerHTML)""");
        assertEquals(List.of(), small);
    }

    @Test
    void layoutDoesNotShift() {
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
    void pageCanBeInstalled() {
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
    void everythingComesFromTheServer() {
        page.draw(Kind.MOUSE, R).answer();
        List<String> addresses = page.script("return performance.getEntriesByType('resource').map(e => e.name)");
        assertTrue(addresses.size() > 15);
        for (String address : addresses) {
            assertTrue(address.startsWith(network.address().toString()) || address.startsWith("data:"), address);
        }
    }

    @Test
    void contentSecurityPolicyViolationsReachTheConsole() {
        page.script("document.body.setAttribute('style', 'color: red')");
        assertTrue(BROWSER.console().stream().anyMatch(line -> line.contains("Content Security Policy")));
        assertNotEquals("rgb(255, 0, 0)", page.find("body").getCssValue("color"));
        BROWSER.console();
    }

    /** The browser logs the 503 answer that one test provokes. */
    @Override
    boolean isExpected(String line) {
        return line.contains("/predict") && line.matches(".*\\b(503|400)\\b.*");
    }
}
