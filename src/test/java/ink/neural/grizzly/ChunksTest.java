package ink.neural.grizzly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
    private static final String BODY = "5;a=b\r\nhello\r\n1 \r\n,\r\n0006\r\n world\r\n0;last\r\nX-Sum: 1\r\n\r\n";

    private static Buffer buffer(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, bytes);
    }

    private static String decode(Chunks chunks, Buffer buffer) {
        byte[] data = new byte[buffer.remaining()];
        return new String(data, 0, chunks.decode(buffer, data), StandardCharsets.ISO_8859_1);
    }

    @Test
    void dataIsJoinedWithoutExtensionsAndTrailer() {
        Chunks chunks = new Chunks();
        assertEquals("hello, world", decode(chunks, buffer(BODY)));
        assertTrue(chunks.isEnd());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8})
    void bodyMayArriveInPieces(int size) {
        Chunks chunks = new Chunks();
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < BODY.length(); i += size) {
            assertFalse(chunks.isEnd());
            decoded.append(decode(chunks, buffer(BODY.substring(i, Math.min(BODY.length(), i + size)))));
        }
        assertEquals("hello, world", decoded.toString());
        assertTrue(chunks.isEnd());
    }

    @Test
    void chunksOfOneByteAreRead() {
        assertEquals("x".repeat(40_000), decode(new Chunks(), buffer("1\r\nx\r\n".repeat(40_000) + "0\r\n\r\n")));
    }

    @Test
    void longExtensionOfEveryChunkIsRefused() {
        Buffer buffer = buffer(("1;" + "e".repeat(100) + "\r\nx\r\n").repeat(1_000));
        assertEquals(-1, new Chunks().decode(buffer, new byte[buffer.remaining()]));
    }

    @Test
    void nextRequestIsLeft() {
        Buffer buffer = buffer(BODY + "GET /");
        decode(new Chunks(), buffer);
        assertEquals("GET /", buffer.toStringContent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";a=b\r\n",
                "many\r\n",
                "-5\r\n",
                "+5\r\n",
                "0x5\r\n",
                "5\nhello\r\n",
                "5;a\nhello",
                "5\r\nhello!",
                "5\r\nhello\n",
                "5\rhello",
                "0\r\nX: 1\n",
                "ffffffffffffffff\r\n",
                "\r\n"
            })
    void malformedChunksAreRefused(String body) {
        assertEquals(-1, new Chunks().decode(buffer(body + "\0"), new byte[100]));
    }
}
