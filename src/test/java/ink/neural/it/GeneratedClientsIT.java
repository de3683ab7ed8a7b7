package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that are generated from {@code openapi.yaml} work, and TypeScript catches a misspelt field. */
@Tag("clients")
class GeneratedClientsIT {
    @Test
    void clientsInJavaPythonAndTypeScriptWork() throws Exception {
        String address = Server.shared().address().toString().replaceFirst("/$", "");
        Process clients = new ProcessBuilder("src/test/clients/run.sh", address)
                .redirectErrorStream(true)
                .start();
        String output = new String(clients.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, clients.waitFor(), output);
    }
}
