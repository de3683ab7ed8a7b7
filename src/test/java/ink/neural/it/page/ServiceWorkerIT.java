package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** The page's copy on the device: it opens at once, follows the server, and never mixes versions. */
class ServiceWorkerIT extends PageTest {
    /** Opens the page as on a first visit, without what other tests have loaded. */
    @BeforeEach
    void visitFirst() {
        BROWSER.driver().executeCdpCommand("Network.enable", Map.of());
        BROWSER.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
        BROWSER.reset(network.address());
        network.reset();
        page.open(network.address()).awaitCachedPage();
    }

    private static String state() {
        return "neural-ink " + network.address() + " state";
    }

    /** The newest version that has been downloaded. */
    private String newest() {
        return page.script(
                "return caches.match('newest', {cacheName: arguments[0]}).then(version => version.text())", state());
    }

    @Test
    void slowServerDoesNotDelayACachedPage() {
        network.delayFiles(Duration.ofSeconds(3));
        page.reload();
        double millis = page.<Number>script(
                        "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
                .doubleValue();
        assertTrue(millis < 3000, millis + " ms until the page worked");
        page.draw(Kind.MOUSE, R);
        assertEquals("R", page.answer(), "an answer does not wait for what is downloaded in the background");
    }

    @Test
    void newVersionOpensNextAndNeverMixesWithTheOldOne() {
        String old = newest();
        network.edit("/js/i18n/de.js", text -> text.replace("'Erkennen'", "'Lesen'"));
        page.reload();
        page.await(() -> !newest().equals(old));
        page.click("#settings-open").choose("language", "de").press(Keys.ESCAPE);
        page.await(() -> page.find("#predict").getText().equalsIgnoreCase("Erkennen"));
        page.reload();
        page.await(() -> page.find("#predict").getText().equalsIgnoreCase("Lesen"));
    }

    @Test
    void versionThatNoPageUsesIsDeleted() {
        String old = newest();
        network.edit("/css/page.css", text -> text + "/* new */");
        page.reload();
        page.await(() -> !newest().equals(old));
        String recent = newest();
        page.reload();
        page.await(() ->
                Set.copyOf(page.<List<String>>script("return caches.keys()")).equals(Set.of(state(), recent)));
    }

    /** The browser logs each failed request. */
    @Override
    boolean isExpected(String line) {
        return line.contains("Failed to load resource");
    }
}
