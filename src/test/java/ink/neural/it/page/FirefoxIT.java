package ink.neural.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.it.Server;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The main flows in Firefox, which Selenium cannot drive without a download. The tests are in {@code
 * src/test/js/browser/firefox.test.js}. The system property {@code firefox} replaces Debian's path.
 */
@Tag("firefox")
class FirefoxIT {
    @Test
    void mainFlowsWork() throws Exception {
        ProcessBuilder tests = new ProcessBuilder("npm", "--prefix", "src/test/js", "--silent", "run", "firefox");
        tests.environment()
                .putAll(Map.of(
                        "PAGE",
                        Server.shared().address().toString(),
                        "FIREFOX",
                        System.getProperty("firefox", "/usr/bin/firefox-esr")));
        Process process = tests.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
