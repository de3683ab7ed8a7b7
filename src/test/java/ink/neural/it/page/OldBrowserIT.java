package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.interactions.PointerInput.Kind;

/**
 * A browser that lacks what came after Chrome 100, Firefox 100 and Safari 15.4, as far as scripts could use it here.
 * Nothing in this page may depend on it.
 */
class OldBrowserIT extends PageTest {
    private static final String WITHOUT_NEWER_FEATURES = """
            delete AbortSignal.any;
            delete AbortSignal.timeout;
            delete Promise.withResolvers;
            delete Object.groupBy;
            delete Map.groupBy;
            delete Array.fromAsync;
            for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with', 'findLast', 'findLastIndex'])
              delete Array.prototype[name];
            for (const name of ['union', 'intersection', 'difference', 'isSubsetOf']) delete Set.prototype[name];
            for (const name of ['CompressionStream', 'DecompressionStream', 'OffscreenCanvas', 'Iterator', 'scheduler'])
              delete window[name];
            delete URL.canParse;
            delete Intl.Segmenter;
            delete Document.prototype.startViewTransition;
            delete HTMLElement.prototype.showPopover;
            delete Navigator.prototype.userAgentData;
            for (const name of Object.getOwnPropertyNames(Element.prototype))
              if (/^aria[A-Z]/.test(name)) delete Element.prototype[name];
            """;

    private String script;

    @BeforeEach
    void removeNewerFeatures() {
        script = (String) BROWSER.driver()
                .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WITHOUT_NEWER_FEATURES))
                .get("identifier");
        BROWSER.reset(network.address());
        page = new Page(BROWSER).open(network.address());
    }

    @AfterEach
    void bringNewerFeaturesBack() {
        BROWSER.driver().executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    @Test
    void drawingIsAnswered() {
        assertEquals(false, page.script("return 'any' in AbortSignal || 'timeout' in AbortSignal"));
        assertEquals("R", page.draw(Kind.MOUSE, R).answer());
        assertEquals("", page.message());
        assertEquals(
                "Drawing area, strokes: " + R.strokes().size(),
                page.find("#pad").getDomAttribute("aria-label"));
    }

    @Test
    void modelAndBusyServerAreAskedAgain() {
        network.fail(503, "busy");
        page.draw(Kind.MOUSE, R);
        page.awaitMessage("The server is busy.");
        network.recover();
        assertEquals("R", page.answer());
        assertEquals("", page.message());
    }

    /** The browser logs each failed request. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
