package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Golden;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thousands of clients that connect and then stop sending. */
@Tag("slow")
class ManyConnectionsIT {
    private static final String HEADERS = "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n";
    private static final byte[] THREE = Golden.named("digit-3").png();
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server("/").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String partialRequest(String endsIn) {
        return switch (endsIn) {
            case "nothing" -> "";
            case "headers" -> HEADERS;
            case "body" -> HEADERS + "Content-Length: 5000\r\n\r\nhalf";
            case "chunk" -> HEADERS + "Transfer-Encoding: chunked\r\n\r\n1000\r\nhalf";
            default -> throw new IllegalArgumentException(endsIn);
        };
    }

    @ParameterizedTest
    @CsvSource({"nothing, 10000", "headers, 10000", "body, 2000", "chunk, 2000"})
    void stalledClientsDoNotDelayOthers(String endsIn, int count) throws Exception {
        byte[] partialRequest = partialRequest(endsIn).getBytes(StandardCharsets.US_ASCII);
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
                clients.add(client);
                client.write(ByteBuffer.wrap(partialRequest));
            }
            for (int i = 0; i < 10; i++) {
                assertEquals(200, predict());
            }
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        assertEquals(200, predict());
    }

    /** The answer must come before the server closes the stalled connections. */
    private static int predict() throws Exception {
        return server.send(server.post("/predict", "image/png", THREE).timeout(Duration.ofSeconds(8)))
                .statusCode();
    }
}
