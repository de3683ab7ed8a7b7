package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser downloads when it opens the page for the first time. */
class FirstVisitIT extends PageTest {
    private record Download(String name, long compressed, long whole) {}

    @BeforeEach
    void openForTheFirstTime() {
        page.awaitCachedPage();
        network.reset();
        BROWSER.reset(network.address());
        BROWSER.driver().executeCdpCommand("Network.clearBrowserCache", Map.of());
        page.open(network.address());
    }

    private List<Download> downloads() {
        List<List<Object>> entries = page.script("return ['navigation', 'resource']"
                + ".flatMap(type => performance.getEntriesByType(type))"
                + ".map(entry => [entry.name, entry.encodedBodySize, entry.decodedBodySize])");
        return entries.stream()
                .map(entry -> new Download((String) entry.get(0), (Long) entry.get(1), (Long) entry.get(2)))
                .toList();
    }

    @Test
    void pageIsUnder70kBOnTheWire() {
        List<Download> downloads = downloads();
        assertTrue(downloads.size() > 25, downloads.toString());
        long bytes = downloads.stream().mapToLong(Download::compressed).sum();
        assertTrue(bytes > 40_000 && bytes < 70_000, bytes + " bytes: " + downloads);
    }

    @Test
    void everyTextIsCompressed() {
        for (Download download : downloads()) {
            boolean isText = download.name.matches(".*(/|\\.(css|js|json|svg))");
            assertTrue(!isText || download.whole < 500 || download.compressed < download.whole, download.toString());
        }
    }

    @Test
    void nothingIsDownloadedTwice() {
        page.awaitCachedPage();
        List<String> sent = List.copyOf(network.sentFiles());
        Set<String> seen = new HashSet<>();
        assertEquals(List.of(), sent.stream().filter(path -> !seen.add(path)).toList());
        assertTrue(seen.containsAll(Set.of("/", "/sw.js", "/js/main.js", "/js/i18n/fr.js")), seen.toString());
    }

    @Test
    void pictureForPreviewsIsNotLoaded() {
        page.awaitCachedPage();
        assertFalse(network.sentFiles().contains("/icons/card.png"));
    }

    @Test
    void secondVisitDownloadsNothing() {
        page.awaitCachedPage();
        network.sentFiles().clear();
        page.reload();
        assertEquals(List.of(), network.sentFiles());
    }
}
