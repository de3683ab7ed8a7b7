package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** The layout on every screen, with every font size, in every language. */
class LayoutIT extends PageTest {
    /** Phones, tablets, laptops and large screens, upright and on their side, and desktops at 200 % zoom. */
    private static final List<String> SIZES = List.of(
            "280x480",
            "320x568",
            "360x640",
            "375x667",
            "390x664",
            "360x740",
            "412x732",
            "390x844",
            "480x280",
            "640x360",
            "667x375",
            "720x450",
            "740x360",
            "740x450",
            "640x512",
            "844x390",
            "915x412",
            "932x430",
            "911x512",
            "1000x500",
            "768x1024",
            "820x1180",
            "600x600",
            "800x600",
            "900x700",
            "960x600",
            "1000x800",
            "1024x768",
            "1280x720",
            "1440x900",
            "1920x1080",
            "2560x1440",
            "1440x2560");

    private static final List<String> UPRIGHT_SIZES =
            List.of("360x640", "375x667", "390x664", "360x740", "412x732", "390x844", "768x1024", "820x1180");
    private static final List<String> WIDE_SIZES =
            List.of("640x360", "667x375", "740x360", "720x450", "844x390", "932x430", "1000x500", "1440x900");

    private static final List<Integer> FONTS = List.of(16, 24, 32);
    private static final List<String> LANGUAGES = List.of("de", "es", "fr", "en");

    private static final String FAULTS = Page.resource("/layout-faults.js");

    @AfterEach
    void restoreFontAndPointer() {
        setFont(16);
        BROWSER.touch(false);
    }

    /** Sets what the browser's settings call the font size. */
    private static void setFont(int size) {
        BROWSER.driver()
                .executeCdpCommand("Page.setFontSizes", Map.of("fontSizes", Map.of("standard", size, "fixed", size)));
    }

    private void resize(String size) {
        String[] sides = size.split("x");
        BROWSER.resize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), 1);
        page.moved();
    }

    /** What the page shows while its layout is checked. */
    private enum Content {
        NONE,
        WIDE_LETTER,
        TEXT_HISTORY_AND_CAUTION,
        PICTURE,
        LINE_OF_TEXT
    }

    private void show(Content content) {
        switch (content) {
            case NONE -> {}
            case WIDE_LETTER ->
                page.draw(Kind.MOUSE, GoldenDrawing.named("upper-w")).answer();
            case TEXT_HISTORY_AND_CAUTION -> {
                for (String name : List.of("upper-n", "lower-e", "lower-u", "digit-7")) {
                    page.draw(Kind.MOUSE, GoldenDrawing.named(name)).answer();
                    page.click("#candidates li:first-child button");
                }
                page.draw(List.of(Page.scribble())).answer();
            }
            case PICTURE -> {
                page.drop("image/png", R.png());
                page.await(() -> page.shows("#ink"));
            }
            case LINE_OF_TEXT -> {
                page.choose("mode", "text");
                page.await(() -> page.shows("#line"));
                page.moved().draw(Handwriting.of("HELLO 42"));
                page.await(() -> page.shows("#predict[data-state=done]") && page.shows("#words .word"));
                page.click("#done")
                        .choose("expected", "custom")
                        .find("#pattern")
                        .sendKeys("[A-Z");
                page.await(() -> page.shows("#pattern-error:not(:empty)"));
            }
        }
    }

    /** Each size in one language. It differs between contents, so that with each font, each size is seen in every language. */
    @ParameterizedTest
    @EnumSource
    void pageFits(Content content) {
        show(content);
        List<String> faults = new ArrayList<>();
        for (int language = 0; language < LANGUAGES.size(); language++) {
            speak(LANGUAGES.get(language));
            for (int font : FONTS) {
                int turn = content.ordinal() + font / 8 + language;
                List<String> sizes = IntStream.range(0, SIZES.size())
                        .filter(size -> (size + turn) % LANGUAGES.size() == 0)
                        .mapToObj(SIZES::get)
                        .toList();
                faults.addAll(faultsIn(font, sizes));
            }
        }
        assertEquals(List.of(), faults);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void pageFitsInEveryLanguage(Content content) {
        show(content);
        List<String> faults = new ArrayList<>();
        for (String language : LANGUAGES) {
            speak(language);
            FONTS.forEach(font -> faults.addAll(faultsIn(font, SIZES)));
        }
        assertEquals(List.of(), faults);
    }

    private void speak(String language) {
        setFont(16);
        resize("1280x960");
        page.click("#settings-open").choose("language", language).press(Keys.ESCAPE);
        page.await(() -> language().equals(language));
    }

    private String language() {
        return page.find("html").getDomAttribute("lang");
    }

    private List<String> faultsIn(int font, List<String> sizes) {
        setFont(font);
        List<String> faults = new ArrayList<>();
        for (String size : sizes) {
            resize(size);
            page.<List<String>>script(FAULTS)
                    .forEach(fault -> faults.add(size + ", " + font + " px, " + language() + ": " + fault));
        }
        return faults;
    }

    /** Answer, text, sheet and recent drawings are in view together, so that no tap changes something out of sight. */
    @Test
    void everythingThatATapChangesIsInViewOnAnUprightScreen() {
        BROWSER.touch(true);
        page.draw(Kind.TOUCH, R).answer();
        page.click("#candidates li:first-child button").draw(Kind.TOUCH, R).answer();
        for (String size : UPRIGHT_SIZES) {
            resize(size);
            assertInView(size, "#candidates", "#text", "#pad", "#undo", "#camera", "#predict", "#history .restore");
        }
    }

    @Test
    void sheetStaysInViewBesideTheRestOfThePage() {
        BROWSER.touch(true);
        page.draw(Kind.TOUCH, R).answer();
        for (String size : WIDE_SIZES) {
            resize(size);
            assertInView(size, "#candidates", "#text", "#pad", "#undo", "#camera", "#predict");
        }
        page.click("#candidates li:first-child button").draw(Kind.TOUCH, R).answer();
        for (String size : WIDE_SIZES) {
            resize(size);
            scrollTo("#history .restore");
            assertInView(size, "#history .restore", "#pad");
            scrollTo("#heat");
            assertInView(size, "#pad");
        }
    }

    private void scrollTo(String css) {
        page.script("document.querySelector(arguments[0]).scrollIntoView({block: 'end'})", css);
    }

    /** What is read, the text, the sheet and its tools are in view together. */
    @Test
    void readingTextAndSheetAreInViewTogether() {
        BROWSER.touch(true);
        page.choose("mode", "text");
        page.await(() -> page.shows("#line"));
        page.moved().draw(Kind.TOUCH, Handwriting.of("HEL"));
        page.await(() -> page.shows("#predict[data-state=done]") && page.shows("#words .word"));
        for (String size : List.of("360x640", "360x740", "390x844", "740x360", "844x390", "820x1180", "1440x900")) {
            resize(size);
            assertInView(size, "#letters", "#suggestions", "#text", "#line", "#undo", "#done", "#clear", "#predict");
        }
    }

    private void assertInView(String size, String... css) {
        List<String> outOfView = page.script("""
                return arguments[0].filter((css) => {
                  const { left, top, right, bottom, height } = document.querySelector(css).getBoundingClientRect();
                  const isInside = top >= -1 && bottom <= innerHeight + 1 && left >= -1 && right <= innerWidth + 1;
                  return height === 0 || !isInside;
                })""", List.of(css));
        assertEquals(List.of(), outOfView, "out of view on " + size);
    }

    @ParameterizedTest
    @CsvSource({"1440,900", "2560,1440"})
    void largeScreenIsFilledWithoutScrolling(int width, int height) {
        BROWSER.resize(width, height, 1);
        page.moved().draw(Kind.MOUSE, R).answer();
        assertTrue(page.<Boolean>script("return document.documentElement.scrollHeight <= innerHeight"));
        Rectangle sheet = page.find("#pad").getRect();
        assertTrue(sheet.height > 0.7 * height, "sheet " + sheet.height);
        Rectangle heat = page.find("#heat").getRect();
        assertTrue(heat.y + heat.height > 0.8 * height, "the answer reaches down to " + (heat.y + heat.height));
    }

    @Test
    void sizeOfACandidateFollowsItsConfidence() {
        page.draw(Kind.MOUSE, R).answer();
        assertTrue(heightOfLetter(1) > 2 * heightOfLetter(2), heightOfLetter(1) + " and " + heightOfLetter(2));
    }

    private double heightOfLetter(int rank) {
        return page.<Number>script(
                        "return document.querySelector(`#candidates li:nth-child(${arguments[0]}) .char`).getBoundingClientRect().height",
                        rank)
                .doubleValue();
    }

    @Test
    void detailsAreFoldedAwayUntilThereIsAnAnswer() {
        assertTrue(!page.shows("#heat") && !page.shows("#seen"));
        page.draw(Kind.MOUSE, R).answer();
        assertTrue(page.shows("#heat") && page.shows("#seen"));
        page.click("#clear");
        assertTrue(!page.shows("#heat") && !page.shows("#seen"));
    }

    @Test
    void hoverStylesNeedAPointerThatHovers() {
        Long outside = page.script(
                "const count = rules => [...rules].reduce((sum, rule) => sum + (rule.conditionText?.includes('hover') ? 0"
                        + ": rule.selectorText?.includes(':hover') ? 1 : rule.cssRules ? count(rule.cssRules) : 0), 0);"
                        + "return [...document.styleSheets].reduce((sum, sheet) => sum + count(sheet.cssRules), 0)");
        assertEquals(0L, outside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void highContrastShowsEveryEdgeAndLevel(String scheme) {
        BROWSER.prefer(scheme, "active");
        page.draw(Kind.MOUSE, R).answer();
        String canvas = style("body", "background-color");
        assertEquals("1px", style(".paper", "border-top-width"));
        assertNotEquals(canvas, style(".paper", "border-top-color"));
        assertNotEquals(canvas, style(".brush", "background-color", "::before"), "slider track");
        assertNotEquals(canvas, style("#candidates .bar", "background-color", "::after"), "bar");
        assertEquals("1px", style("#candidates .bar", "border-top-width"));
        assertNotEquals(canvas, style(".cell[data-heat='5']", "background-color", "::before"), "heat map");
        assertEquals("1", style(".cell[data-heat='5']", "opacity", "::before"));
        assertNotEquals(
                style(".segments :checked + span", "background-color"),
                style(".segments :not(:checked) + span", "background-color"),
                "chosen segment");
        assertNotEquals(canvas, style("#pad", "color"), "ink");
    }

    private String style(String css, String property) {
        return style(css, property, null);
    }

    private String style(String css, String property, String pseudoElement) {
        return page.script(
                "return getComputedStyle(document.querySelector(arguments[0]), arguments[2]).getPropertyValue(arguments[1])",
                css,
                property,
                pseudoElement);
    }

    /** The browser logs the answer to a mistaken pattern. */
    @Override
    boolean isExpected(String line) {
        return line.contains("/predict/text?pattern=") && line.contains("400");
    }
}
