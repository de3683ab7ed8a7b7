package ink.neural.it.page;

import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium with a profile of its own. {@code -Dchromium=} and {@code -Dwebdriver.chrome.driver=} name another
 * than Debian's.
 */
final class Browser implements AutoCloseable {
    private final ChromeDriver driver;

    Browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getProperty("chromium", "/usr/bin/chromium"));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                // A pointer's move waits for the next frame: the tests need not.
                "--disable-frame-rate-limit",
                "--disable-gpu-vsync",
                "--lang=en");
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        File chromedriver = new File(System.getProperty("webdriver.chrome.driver", "/usr/bin/chromedriver"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .build(),
                options);
    }

    /** The browser all tests share: each finds it as new after {@link #reset}. */
    static Browser shared() {
        return Shared.BROWSER;
    }

    private static final class Shared {
        private static final Browser BROWSER = new Browser();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BROWSER::close));
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Makes the window's inside so large, in CSS pixels, on a screen with so many pixels for each. */
    void resize(int width, int height, double pixelRatio) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", pixelRatio, "mobile", false));
    }

    /** Back to a desktop with a mouse, in the light. */
    void reset(URI site) {
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", origin(site), "storageTypes", "all"));
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.manage().window().setSize(new Dimension(1280, 960));
        prefer("light");
        driver.resetInputState();
        console();
    }

    /** What the system says it prefers: {@code light} or {@code dark}, here without motion, so that nothing is half way. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Switches the network off or on for the browser itself. */
    void offline(boolean offline) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Warnings and errors since the last call, those of the Content-Security-Policy among them. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static String origin(URI site) {
        return site.getScheme() + "://" + site.getAuthority();
    }
}
