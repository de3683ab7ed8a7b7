package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.PointerInput.Kind;

/** What stays on the device: in full and forbidden storage, in two tabs, and from older versions. */
class StorageIT extends PageTest {
    private static final GoldenDrawing K = GoldenDrawing.named("upper-k");
    private static final String NOT_KEPT = "This browser keeps nothing";

    private final ChromeDriver driver = BROWSER.driver();
    private final String first = driver.getWindowHandle();

    @AfterEach
    void closeOtherTabs() {
        for (String tab : driver.getWindowHandles()) {
            if (!tab.equals(first)) {
                driver.switchTo().window(tab).close();
            }
        }
        driver.switchTo().window(first);
    }

    @Test
    void fullLocalStorageLosesNeitherDrawingsNorDeletions() {
        page.draw(Kind.MOUSE, R).answer();
        page.click("#clear").draw(Kind.MOUSE, K).answer();
        page.click("#clear");
        fill("localStorage");
        page.reload();
        page.await(() -> captions().size() == 2);
        page.find("#history .delete").click();
        page.line(60, 60, 200, 220).answer();
        page.click("#clear").draw(Kind.MOUSE, K).answer();
        page.reload();
        assertEquals("K", page.answer(), "the drawing on the sheet");
        assertEquals(
                List.of("R"),
                captions().subList(1, 2).stream().map(StorageIT::label).toList());
        assertEquals(2, captions().size());
        assertFalse(page.message().startsWith(NOT_KEPT));
    }

    @Test
    void textThatCannotBeKeptIsSaid() {
        page.click("#text").press("old");
        fill("localStorage");
        page.press(" and a new text that is longer");
        page.awaitMessage(NOT_KEPT);
        page.reload();
        assertEquals("", text(), "the old text does not return");
    }

    @Test
    void drawingsThatFindNoRoomAreShownAndTheLossIsSaid() {
        page.draw(Kind.MOUSE, R).answer();
        setQuota(1);
        page.reload().answer();
        page.click("#clear");
        page.awaitMessage(NOT_KEPT);
        assertEquals("R", label(captions().get(0)));
        assertTrue(page.find("#history-hint").getDomProperty("textContent").startsWith(NOT_KEPT));
        page.click("#history .restore");
        assertEquals("R", page.answer());
    }

    @Test
    void forbiddenStorageIsSaidAndThePageWorks() {
        Object script = driver.executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument",
                        Map.of(
                                "source",
                                "for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'BroadcastChannel'])"
                                        + "Object.defineProperty(window, name, {get() {"
                                        + "throw new DOMException('forbidden', 'SecurityError') }})"))
                .get("identifier");
        try {
            page.open(network.address());
            page.awaitMessage(NOT_KEPT);
            assertEquals("R", page.draw(Kind.MOUSE, R).answer());
            page.click("#candidates li:first-child button").click("#clear");
            assertEquals("R", text());
            page.click("#history .delete");
            assertEquals(List.of(), captions());
            page.click("#undo-delete");
            assertEquals("R", label(captions().get(0)));
            page.click("#history .restore");
            assertEquals("R", page.answer());
        } finally {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        }
    }

    @Test
    void drawingsOfTwoTabsAreKeptAndShownInBoth() {
        page.draw(Kind.MOUSE, R).answer();
        openTab();
        assertEquals("R", page.answer(), "a new tab shows the last drawing");
        page.click("#clear").draw(Kind.MOUSE, K).answer();
        page.click("#clear");
        driver.switchTo().window(first);
        page.await(() -> captions().size() == 2);
        assertEquals("R", page.answer());
        page.click("#clear").line(60, 60, 200, 220).answer();
        page.click("#clear").reload();
        page.await(() -> captions().size() == 3);
        page.click("#delete-all");
        switchToOther();
        page.await(() -> captions().isEmpty());
        page.reload();
        assertEquals(List.of(), captions());
    }

    @Test
    void eachTabKeepsItsDrawing() {
        page.draw(Kind.MOUSE, R).answer();
        openTab();
        page.click("#clear").draw(Kind.MOUSE, K).answer();
        driver.switchTo().window(first);
        page.reload();
        assertEquals("R", page.answer());
        switchToOther();
        page.reload();
        assertEquals("K", page.answer());
    }

    @Test
    void tabsShareTheText() {
        page.click("#text").press("ab");
        openTab();
        assertEquals("ab", text());
        page.click("#text").press(Keys.END, "c");
        driver.switchTo().window(first);
        page.await(() -> text().equals("abc"));
        page.click("#space");
        assertEquals("abc ", text());
        switchToOther();
        page.await(() -> text().equals("abc "));
    }

    @Test
    void drawingsOfOlderVersionsAreTakenOver() {
        page.script(
                "const drawing = y => ({strokes: [{width: 16, points: [[40, y], [240, y]]}], picture: null});"
                        + "localStorage.setItem('neural-ink.history', JSON.stringify(["
                        + "{drawing: drawing(60), best: {label: 'x', confidence: 0.5}}, {drawing: drawing(90), best: null}, 7]))");
        page.reload();
        page.await(() -> captions().size() == 2 && !captions().contains("?"));
        assertEquals("x 50%", captions().get(0));
        assertNull(page.script("return localStorage.getItem('neural-ink.history')"));
        page.find("#history .delete").click();
        page.reload();
        page.await(() -> captions().size() == 1);
    }

    @Test
    void picturesAreKeptWithASmallCopy() throws Exception {
        page.drop("image/png", R.png()).answer();
        page.click("#clear");
        String copy = "return document.querySelector('#history image')?.getAttribute('href')";
        page.await(() -> page.<String>script(copy).length() < 20_000);
        String small = page.script(copy);
        page.reload();
        page.await(() -> small.equals(page.script(copy)));
        page.click("#history .restore");
        assertEquals("R", page.answer());
        assertEquals(
                280,
                page.<Long>script("return JSON.parse(sessionStorage.getItem('neural-ink.drawing')).picture.width"));
    }

    private void openTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        page.open(network.address());
    }

    private void switchToOther() {
        driver.getWindowHandles().stream().filter(tab -> !tab.equals(first)).forEach(driver.switchTo()::window);
    }

    private void setQuota(int bytes) {
        driver.executeCdpCommand("Storage.overrideQuotaForOrigin", Map.of("origin", origin(), "quotaSize", bytes));
    }

    @AfterEach
    void resetQuota() {
        driver.executeCdpCommand("Storage.overrideQuotaForOrigin", Map.of("origin", origin()));
    }

    private static String origin() {
        return network.address().toString().replaceFirst("/$", "");
    }

    /** Fills a storage to the last byte. */
    private void fill(String storage) {
        page.script(
                "const storage = window[arguments[0]]; for (let size = 1 << 20; size > 0; size >>= 1)"
                        + "try { for (let i = 0; ; i++) storage.setItem(size + '-' + i, 'x'.repeat(size)) } catch {}",
                storage);
    }

    private List<String> captions() {
        return page.texts("#history .restore");
    }

    private static String label(String caption) {
        return caption.substring(0, 1);
    }

    private String text() {
        return page.find("#text").getDomProperty("value");
    }
}
