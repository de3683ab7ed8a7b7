package ink.neural.it;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Golden;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
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

/** Clients that connect and then say nothing more, in numbers. */
@Tag("slow")
class ManyConnectionsIT {
    private static final String HEAD = "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n";
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = new Server("/").start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String beginning(String kind) {
        return switch (kind) {
            case "silent" -> "";
            case "half a head" -> HEAD;
            case "half a body" -> HEAD + "Content-Length: 5000\r\n\r\nhalf";
            case "half a chunk" -> HEAD + "Transfer-Encoding: chunked\r\n\r\n1000\r\nhalf";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @CsvSource({"silent, 10000", "half a head, 10000", "half a body, 2000", "half a chunk, 2000"})
    void keepNobodyElseWaiting(String kind, int count) throws Exception {
        byte[] beginning = beginning(kind).getBytes(StandardCharsets.US_ASCII);
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
                clients.add(client);
                client.write(ByteBuffer.wrap(beginning));
            }
            for (int i = 0; i < 10; i++) {
                assertEquals(200, drawing());
            }
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        assertEquals(200, drawing());
    }

    /** Sends a drawing that must be answered before the idle clients would be cut off. */
    private static int drawing() throws Exception {
        HttpRequest.Builder request = server.request("/predict")
                .timeout(Duration.ofSeconds(8))
                .header("Content-Type", "image/png")
                .POST(ofByteArray(Golden.all().get(3).png()));
        return server.send(request).statusCode();
    }
}
