package ink.neural.it.page;

import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;

/**
 * A headless Chromium with an empty profile. The system properties {@code chromium} and {@code webdriver.chrome.driver}
 * replace Debian's paths.
 */
final class Browser implements AutoCloseable {
    /** How long a page may load and a script may run. */
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private final ChromeOptions options;
    private ChromeDriver driver;
    private boolean isOffline;
    /** Whether a reset was not completed. */
    private boolean hangs;

    /** @param switches more switches of Chromium */
    Browser(String... switches) {
        options = new ChromeOptions();
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
                // Otherwise each pointer move waits for the next frame.
                "--disable-frame-rate-limit",
                "--disable-gpu-vsync",
                // Hover styles need a mouse, which a server does not have.
                "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
                "--lang=en");
        options.addArguments(switches);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", "en"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = start(options);
    }

    private static ChromeDriver start(ChromeOptions options) {
        // A browser that hangs fails one test.
        ClientConfig client = ClientConfig.defaultConfig().readTimeout(TIMEOUT.plusSeconds(10));
        File chromedriver = new File(System.getProperty("webdriver.chrome.driver", "/usr/bin/chromedriver"));
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver)
                        .build(),
                options,
                client);
        driver.manage().timeouts().pageLoadTimeout(TIMEOUT).scriptTimeout(TIMEOUT);
        return driver;
    }

    /** The browser that all tests share. Each test calls {@link #reset} first. */
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

    /** Sets the size of the viewport in CSS pixels, and the pixel ratio. */
    void resize(int width, int height, double pixelRatio) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", pixelRatio, "mobile", false));
    }

    /** Leaves the page, deletes all data of the site, and restores a desktop window, a mouse and the light theme. */
    void reset(URI site) {
        if (hangs) {
            restart();
        }
        hangs = true;
        clear(site);
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.manage().window().setSize(new Dimension(1280, 960));
        prefer("light");
        driver.resetInputState();
        console();
        hangs = false;
    }

    /**
     * Deletes all data of a site. An open page has connections to the database that is to be deleted, and could store something
     * afterwards. Chromium 150 leaves what is stored for the tab.
     */
    private void clear(URI site) {
        driver.get("about:blank");
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", origin(site), "storageTypes", "all"));
        driver.get(site.resolve("manifest.json").toString());
        driver.executeScript("localStorage.clear(); sessionStorage.clear()");
    }

    /** Replaces a browser that hangs: only the test that it hung in fails. */
    private void restart() {
        try {
            close();
        } catch (WebDriverException e) {
            // It does not even answer to that. Its driver has ended it.
        }
        driver = start(options);
        isOffline = false;
    }

    /** Sets the system's color scheme, {@code light} or {@code dark}. Motion is reduced, so nothing is half-way. */
    void prefer(String scheme) {
        prefer(scheme, "none");
    }

    /** The same with high contrast: {@code forcedColors} is {@code active} or {@code none}. */
    void prefer(String scheme, String forcedColors) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "forced-colors", "value", forcedColors),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        awaitFrame();
    }

    /** Waits until the page knows what has changed: media queries report changes right before the next frame. */
    private void awaitFrame() {
        driver.executeScript("return new Promise(done => requestAnimationFrame(() => done()))");
    }

    /** Pretends to have a touch screen, or none. */
    void touch(boolean enabled) {
        driver.executeCdpCommand(
                "Emulation.setTouchEmulationEnabled", Map.of("enabled", enabled, "maxTouchPoints", enabled ? 5 : 1));
    }

    /** Disconnects or connects the browser itself, unless it is so already. */
    void offline(boolean offline) {
        if (offline == isOffline) {
            return;
        }
        isOffline = offline;
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** Warnings and errors since the last call, including violations of the Content-Security-Policy. */
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
