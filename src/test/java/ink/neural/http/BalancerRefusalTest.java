package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.problem.Problem;
import jakarta.json.bind.JsonbBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** HAProxy refuses requests when its queue is full. Clients should not notice the difference. */
class BalancerRefusalTest {
    @Test
    void haproxyRefusesWithTheSameBytes() throws Exception {
        String refusal = "status %d content-type %s hdr Retry-After %d hdr Cache-Control no-store string '%s'"
                .formatted(
                        Problem.BUSY.status(),
                        Problem.MEDIA_TYPE,
                        Problem.RETRY_AFTER_SECONDS,
                        JsonbBuilder.create().toJson(Problem.BUSY.details("Send the request again after a second.")));
        String configuration = Files.readString(Path.of("docker/haproxy.cfg"));
        assertTrue(configuration.contains(refusal), refusal);
    }
}
