package ink.neural.workaround;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.FakeExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndecodedChunksTest {
    private final UndecodedChunks chunks = decoder("h2c", "chunked");

    private static UndecodedChunks decoder(String upgrade, String transferEncoding) {
        FakeExchange exchange = new FakeExchange("POST", "/predict")
                .header("Upgrade", upgrade)
                .header("Transfer-Encoding", transferEncoding);
        return new UndecodedChunks(exchange.request());
    }

    private static String decode(UndecodedChunks chunks, String piece) throws IOException {
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        int count = chunks.decode(bytes, bytes.length);
        return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\r\nhello\r\n0\r\n\r\n",
                "05\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "5\nhello\n0\n\n",
                "1\r\nh\r\n4\r\nello\r\n00\r\n\r\n",
                "5;name=value\r\nhello\r\n0;last\r\n\r\n",
                "5\r\nhello\r\n0\r\nDigest: x\r\nA: b\r\n\r\n"
            })
    void chunksAreDecodedHoweverTheyArrive(String encoded) throws Exception {
        for (int pieceLength = 1; pieceLength <= encoded.length(); pieceLength++) {
            UndecodedChunks chunks = decoder("h2c", "chunked");
            StringBuilder decoded = new StringBuilder();
            for (int start = 0; start < encoded.length(); start += pieceLength) {
                assertFalse(chunks.isEnd());
                decoded.append(
                        decode(chunks, encoded.substring(start, Math.min(encoded.length(), start + pieceLength))));
            }
            assertEquals("hello", decoded.toString(), encoded);
            assertTrue(chunks.isEnd());
        }
    }

    @Test
    void dataMayLookLikeChunks() throws Exception {
        assertEquals("0\r\n\r\n", decode(chunks, "5\r\n0\r\n\r\n\r\n"));
        assertFalse(chunks.isEnd());
    }

    @Test
    void hexadecimalSizesAreRead() throws Exception {
        assertEquals("x".repeat(0xAb), decode(chunks, "Ab\r\n" + "x".repeat(0xAb) + "\r\n"));
    }

    @Test
    void bytesAfterTheLastChunkAreDropped() throws Exception {
        assertEquals("", decode(chunks, "0\r\n\r\nGET / HTTP/1.1"));
        assertTrue(chunks.isEnd());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"image\":\"\"}", " {}", "BM6", "\u0089PNG\r\n", "GIF89a", "II*", "\u00FF\u00D8", "--x\r\n"})
    void bodyThatTheServerDecodesIsPassedOn(String body) throws Exception {
        assertEquals(body, decode(chunks, body));
        assertEquals("5\r\nhello", decode(chunks, "5\r\nhello"));
        assertFalse(chunks.isEnd());
    }

    @Test
    void bodyOfARequestWithoutAnUpgradeIsPassedOn() throws Exception {
        assertEquals("0\r\n\r\n", decode(decoder(null, "chunked"), "0\r\n\r\n"));
        assertEquals("0\r\n\r\n", decode(decoder("h2c", null), "0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nhello!\r\n", "FFFFFFFFFFFFFFFFF\r\n", "80000001\r\n"})
    void malformedChunksFail(String encoded) {
        assertThrows(IOException.class, () -> decode(chunks, encoded));
    }
}
