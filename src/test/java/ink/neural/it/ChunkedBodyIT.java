package ink.neural.it;

import static ink.neural.it.Answers.label;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ink.neural.Golden;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose length is not announced. */
class ChunkedBodyIT {
    private static final Server SERVER = Server.shared();
    /** The add-on of Payara and GlassFish joins chunks. The other servers hand over each one, until there are too many. */
    private static final boolean JOINS_CHUNKS =
            Set.of(ServerKind.PAYARA_MICRO, ServerKind.GLASSFISH).contains(ServerKind.tested());

    private static final String DRAWING =
            Requests.predict(Golden.named("digit-3").png());
    private static final String HEAD = "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n";

    private static String chunks(String body, int size) {
        StringBuilder chunks = new StringBuilder();
        for (int start = 0; start < body.length(); start += size) {
            String chunk = body.substring(start, Math.min(body.length(), start + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return chunks + "0\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100, 1000, 100_000})
    void smallChunksAreRead(int size) throws Exception {
        String body = DRAWING + " ".repeat(Math.max(0, 20 * size - DRAWING.length()));
        RawConnection.Answer answer = RawConnection.exchange(SERVER, HEAD + "\r\n" + chunks(body, size));
        assertEquals(200, answer.status(), answer.body());
        assertEquals("3", Answers.labels(Server.json(answer.body())).get(0));
    }

    /** Java's client offers an upgrade to HTTP/2 with the first request on a connection. */
    @Test
    void streamedBodyWithAnOfferedUpgradeIsRead() throws Exception {
        byte[] body = DRAWING.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 3; i++) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            HttpRequest request = SERVER.request("/predict")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                    .build();
            for (int reuse = 0; reuse < 2; reuse++) {
                assertEquals("3", label(client.send(request, BodyHandlers.ofString())));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 1000})
    void chunksWithAnOfferedUpgradeAreRead(int size) throws Exception {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n";
        String body = DRAWING.substring(0, DRAWING.length() - 1) + " ".repeat(size) + "}";
        try (RawConnection connection = new RawConnection(SERVER)) {
            connection.write(HEAD + upgrade + "\r\n");
            String chunks = chunks(body, Math.max(size, body.length() / 300));
            int middle = chunks.length() / 2;
            connection.write(chunks.substring(0, middle)).write(chunks.substring(middle));
            RawConnection.Answer answer = connection.read();
            assertEquals(200, answer.status(), answer.body());
        }
    }

    /** Bodies that have arrived do not count as unfinished, of which the server takes a limited number. */
    @Test
    void thousandsOfBodiesOnOneConnectionAreRead() throws Exception {
        assumeTrue(JOINS_CHUNKS, "only the add-on of Payara and GlassFish counts unfinished bodies");
        String request = HEAD.replace("/predict", "/nothing") + "\r\n" + chunks("{}", 2);
        try (RawConnection connection = new RawConnection(SERVER)) {
            for (int i = 0; i < 2500; i++) {
                assertEquals(404, connection.write(request).read().status(), "request " + i);
            }
        }
    }

    /** The time of a request is measured on a warm server, and other work may disturb it. So the best of several counts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void tinyChunksCostLittle(int size) throws Exception {
        // The add-on of Payara and GlassFish joins chunks. The other servers hand over each one, until there are too
        // many.
        boolean joined = Set.of(ServerKind.PAYARA_MICRO, ServerKind.GLASSFISH).contains(ServerKind.tested());
        String request = HEAD + "\r\n" + chunks(DRAWING + " ".repeat(40_000 * size), size);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            double before = SERVER.linuxProcess().cpuSeconds();
            RawConnection.Answer answer = RawConnection.exchange(SERVER, request);
            assertEquals(JOINS_CHUNKS ? 200 : 400, answer.status(), answer.body());
            Thread.sleep(100); // the server may still read
            least = Math.min(least, SERVER.linuxProcess().cpuSeconds() - before);
        }
        assertTrue(least <= 0.15, least + " s of CPU"); // three times what it should be
    }
}
