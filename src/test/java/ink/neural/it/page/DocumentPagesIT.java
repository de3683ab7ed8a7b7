package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API page, and the page for unknown addresses: they look like the main page. */
class DocumentPagesIT extends PageTest {
    private static final long OPERATIONS = operations();

    private static long operations() {
        try (Stream<String> lines = Files.lines(Path.of("src/main/webapp/openapi.yaml"))) {
            return lines.filter(line -> line.contains("operationId:")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visit(String path) {
        BROWSER.driver().get(network.address().resolve(path).toString());
        page.await(() -> page.shows("h1"));
        if (path.equals("api.html")) {
            page.await(() -> page.all("#operations section").size() == OPERATIONS);
        }
    }

    private String style(String css, String property) {
        return page.find(css).getCssValue(property);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.html", "a/b/nothing"})
    void themeAndFontAreThoseOfTheMainPage(String path) {
        String font = style("body", "font-family");
        String light = style("body", "background-color");
        BROWSER.prefer("dark");
        String dark = style("body", "background-color");
        visit(path);
        assertEquals(font, style("body", "font-family"));
        assertEquals(dark, style("body", "background-color"), "as the system");
        BROWSER.prefer("light");
        visit(path);
        assertEquals(light, style("body", "background-color"), "as the system");
        page.open(network.address()).click("#settings-open").choose("theme", "dark");
        visit(path);
        assertEquals(dark, style("body", "background-color"), "as chosen");
        assertTrue(page.<Boolean>script("return document.fonts.check('1rem \"Atkinson Hyperlegible Next\"')"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.html", "nothing"})
    void nothingOverflowsSideways(String path) {
        visit(path);
        for (int width : List.of(280, 320, 360, 1440)) {
            BROWSER.resize(width, 740, 1);
            assertEquals(
                    0L,
                    page.<Long>script("const { scrollWidth, clientWidth } = document.documentElement;"
                            + "return scrollWidth - clientWidth"),
                    width + " pixels");
            List<String> wide = page.script("return [...document.querySelectorAll('main *')]"
                    + ".filter(e => e.scrollWidth > e.clientWidth && getComputedStyle(e).display !== 'inline')"
                    + ".map(e => e.outerHTML)");
            assertEquals(List.of(), wide, width + " pixels");
        }
    }

    @ParameterizedTest
    @CsvSource({"api.html,light,1280", "api.html,dark,360", "nothing,light,360", "nothing,dark,1280"})
    void axeFindsNoViolation(String path, String theme, int width) {
        BROWSER.prefer(theme);
        BROWSER.resize(width, 740, 1);
        visit(path);
        AccessibilityIT.assertNoViolation(page, path);
    }

    @Test
    void apiPageShowsEveryTextOfTheDescriptionWithoutMarkup() {
        visit("api.html");
        String text = page.find("body").getText();
        assertFalse(text.contains("`"), text);
        assertTrue(text.contains("with a stable type."), text);
        assertTrue(text.contains("Whether to return what the model saw."), "a description beside a reference");
        assertTrue(text.contains("integer from 1 (default 3)"), text);
        assertTrue(
                text.contains("curl -H 'Content-Type: image/png' --data-binary @drawing.png '" + network.address()),
                text);
        assertEquals("type", page.find("#summary code").getText());
        assertTrue(page.texts("#predict dt").stream().anyMatch(name -> name.startsWith("charset")));
    }

    @Test
    void linkInTheContentsLeadsToItsOperation() {
        visit("api.html");
        assertEquals(OPERATIONS, page.all("#contents a").size());
        page.click("#contents a[href='#metrics']");
        assertNotEquals(0L, page.<Number>script("return Math.round(scrollY)").longValue());
    }

    /** The browser logs the unknown address. */
    @Override
    boolean isExpected(String line) {
        return line.contains("/nothing") && line.contains("404");
    }
}
