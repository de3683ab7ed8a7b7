package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that stop before their end, together many times larger than the memory for bodies. */
@Tag("slow")
class StalledUploadsIT {
    private static final int UPLOADS = 500;
    private static final int MIB = 1 << 20;
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server("/").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] head(String header) {
        return ("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] spaces(int count) {
        byte[] spaces = new byte[count];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    /** The pieces of a request that stops before its end. */
    private static List<byte[]> upload(String kind) {
        return switch (kind) {
            case "small" -> List.of(head("Content-Length: " + MIB), spaces(MIB - 1));
            case "large" -> List.of(head("Content-Length: " + 12 * MIB), spaces(300_000));
            case "almost complete" -> List.of(head("Content-Length: " + 2 * MIB), spaces(2 * MIB - 1));
            case "chunked" ->
                List.of(
                        head("Transfer-Encoding: chunked"),
                        "100000\r\n".getBytes(StandardCharsets.US_ASCII),
                        spaces(MIB));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    /** Sends what the server takes; it may have given the upload up before its last byte. */
    private static SocketChannel stall(List<byte[]> upload) throws IOException {
        SocketChannel client = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()));
        try {
            for (byte[] piece : upload) {
                ByteBuffer bytes = ByteBuffer.wrap(piece);
                while (bytes.hasRemaining()) {
                    client.write(bytes);
                }
            }
        } catch (IOException givenUp) {
            // The server has closed the connection to make room for others.
        }
        return client;
    }

    /** Sends a drawing, followed by spaces, in ten pieces. */
    private static String predictInPieces(int bytes) throws Exception {
        byte[] drawing = Requests.predict(Golden.named("digit-3").png()).getBytes(StandardCharsets.US_ASCII);
        byte[] body = spaces(bytes);
        System.arraycopy(drawing, 0, body, 0, drawing.length);
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(head("Content-Length: " + bytes));
            for (int start = 0; start < bytes; start += bytes / 10) {
                socket.getOutputStream().write(body, start, Math.min(bytes / 10, bytes - start));
                Thread.sleep(10);
            }
            return statusLine(socket);
        }
    }

    private static String statusLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large", "almost complete", "chunked"})
    void drawingsAreAnsweredWhileUploadsAreStalled(String kind) throws Exception {
        List<SocketChannel> stalled = new ArrayList<>();
        List<byte[]> upload = upload(kind);
        try {
            for (int i = 1; i <= UPLOADS; i++) {
                stalled.add(stall(upload));
                if (i % 50 == 0) {
                    assertEquals("HTTP/1.1 200", predictInPieces(20_000), "beside " + i + " uploads");
                    assertEquals("HTTP/1.1 200", predictInPieces(900_000), "beside " + i + " uploads");
                }
            }
        } finally {
            for (SocketChannel client : stalled) {
                client.close();
            }
        }
    }

    @Test
    void uploadThatStopsIsAnsweredAndItsConnectionIsClosed() throws Exception {
        long start = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head("Content-Length: 1000000"));
            socket.getOutputStream().write(spaces(999_999));
            assertEquals("HTTP/1.1 408", statusLine(socket));
            double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds > 4.9 && seconds < 10, seconds + " s");
            assertEndsSoon(socket.getInputStream());
        }
    }

    private static void assertEndsSoon(InputStream in) throws IOException {
        try {
            in.readAllBytes();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open", e);
        }
    }
}
