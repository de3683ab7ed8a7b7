package ink.neural.grizzly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    private static int refusal(String lines) {
        return RequestHead.refusal(lines.replace("|", "\r\n") + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|Host: localhost",
                "GET / HTTP/1.0",
                "OPTIONS * HTTP/1.1|Host: a",
                "POST http://localhost/predict HTTP/1.1|Host: localhost:8080",
                "GET /%c3%a9?top=%zz HTTP/1.1|Host: [::1]:80",
                "GET /\u00c3\u00a9 HTTP/1.1|host:a|Cookie: \u00c3\u00a9\t",
                "POST / HTTP/1.1|Host: a|Content-Length: 0012",
                "POST / HTTP/1.1|Host: a|Transfer-Encoding: Chunked",
                "GET / HTTP/1.1|Host: a|X-Empty:",
            })
    void wellFormedHeadIsAccepted(String head) {
        assertEquals(RequestHead.ACCEPTED, refusal(head));
    }

    @ParameterizedTest
    @CsvSource({
        "400, GET / HTTP/1.1",
        "400, GET / HTTP/1.1|Host: a|Host: a",
        "400, GET / HTTP/1.1|Host:",
        "400, GET / HTTP/1.1|Host: a b",
        "400, GET / HTTP/1.1|Host: a/b@c",
        "400, GET / HTTP/1.1|Host: a|X : b",
        "400, GET / HTTP/1.1|Host: a|no colon",
        "400, GET / HTTP/1.1|Host: a|: b",
        "400, GET / HTTP/1.1|Host: a|X: b\u0000c",
        "400, 'GET / HTTP/1.1|Host: a|X: b\nY: c'",
        "400, GET /%zz HTTP/1.1|Host: a",
        "400, GET /% HTTP/1.1|Host: a",
        "400, G@T / HTTP/1.1|Host: a",
        "400, GET  / HTTP/1.1|Host: a",
        "400, GET / FTP/1.1|Host: a",
        "400, POST / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 1",
        "400, POST / HTTP/1.1|Host: a|Content-Length: 1|Transfer-Encoding: chunked",
        "400, POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "400, POST / HTTP/1.1|Host: a|Content-Length: -1",
        "400, POST / HTTP/1.1|Host: a|Content-Length: +1",
        "400, POST / HTTP/1.1|Host: a|Content-Length:",
        "405, CONNECT example.com:443 HTTP/1.1|Host: example.com",
        "413, POST / HTTP/1.1|Host: a|Content-Length: 9999999999999999999",
        "501, POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip",
        "501, 'POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked'",
        "505, GET /",
        "505, GET / HTTP/0.9|Host: a",
        "505, GET / HTTP/2.0|Host: a",
        "505, GET / HTTP/1.10|Host: a",
    })
    void malformedHeadIsRefused(int status, String head) {
        assertEquals(status, refusal(head));
    }

    @ParameterizedTest
    @CsvSource({"414, 'GET /aaaaaaaaaaaaaaaaaaaa'", "431, 'GET / HTTP/1.1\r\nX: aaaaaaaa'", "400, 'GET /'"})
    void headBeyondTheLimitIsToldWhichPartIsTooLarge(int status, String start) {
        assertEquals(status, RequestHead.refusalOfUnreadable(start, 20, 500));
    }

    @Test
    void tooManyFieldsAndTooLargeLengthsAreRefusedAsSuch() {
        assertEquals(431, RequestHead.refusalOfUnreadable("GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(9), 1000, 9));
        String length = "POST / HTTP/1.1\r\nContent-Length: 12345678901234567890\r\n";
        assertEquals(413, RequestHead.refusalOfUnreadable(length, 1000, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a", "%41", "a:", "\t", "/"})
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void costIsProportionalToTheSize(String repeated) {
        String filling = repeated.repeat(Connector.MAX_HEAD / repeated.length());
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            refusal("GET /" + filling + " HTTP/1.1|Host: a");
            refusal("GET / HTTP/1.1|Host: " + filling);
            refusal("GET / HTTP/1.1|Host: a|X: " + filling + "\u0000");
            refusal(filling);
        }
        double milliseconds = (System.nanoTime() - start) / 80e6;
        assertTrue(milliseconds < 50, milliseconds + " ms");
    }
}
