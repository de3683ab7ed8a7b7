package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.it.RawConnection.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that HTTP allows but few clients send, and requests that it forbids. */
class RawRequestIT {
    private static final Server SERVER = Server.shared();
    private static final String THREE = Requests.predict(Golden.named("digit-3").png());
    private static final String BATCH =
            "{\"images\":[\"" + Golden.named("digit-3").dataUrl() + "\"]}";
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String SIZE = Integer.toHexString(THREE.length());

    /** A request with a body of known length. The header fields each end in CR LF. */
    private static String post(String target, String fields, String body) {
        return "POST " + target + " HTTP/1.1\r\n" + HOST + fields + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static String predict(String fields) {
        return post("/predict", JSON + fields, THREE);
    }

    private static String predictInChunks(String fields, String body) {
        return "POST /predict HTTP/1.1\r\n" + HOST + JSON + fields + "\r\n" + body;
    }

    /** A request to predict that ends after its header fields. */
    private static String head(String fields) {
        return "POST /predict HTTP/1.1\r\n" + HOST + JSON + fields + "\r\n\r\n";
    }

    private static String get(String requestLine, String fields) {
        return requestLine + "\r\n" + fields + "\r\n";
    }

    private static String live(String fields) {
        return get("GET /api/health/live HTTP/1.1", fields);
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "X-Field-" + i + ": value\r\n")
                .collect(Collectors.joining());
    }

    private static Answer send(String request) throws IOException {
        return RawConnection.exchange(SERVER, request);
    }

    private static void assertReadAsThree(Answer answer) {
        assertEquals(200, answer.status(), answer.body());
        assertEquals("3", Answers.labels(Server.json(answer.body())).get(0));
    }

    private static String unusual(String name) {
        return switch (name) {
            case "Java's offer of HTTP/2" ->
                predict(
                        "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n"
                                + "Upgrade: h2c\r\n");
            case "Java's offer of HTTP/2, in chunks" ->
                predictInChunks(
                        "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n"
                                + "Upgrade: h2c\r\n" + CHUNKED,
                        SIZE + "\r\n" + THREE + "\r\n0\r\n\r\n");
            case "chunk extension" -> predictInChunks(CHUNKED, SIZE + ";a=b\r\n" + THREE + "\r\n0;last\r\n\r\n");
            case "long chunk extension" ->
                predictInChunks(CHUNKED, SIZE + ";a=\"" + "b".repeat(200) + "\"\r\n" + THREE + "\r\n0\r\n\r\n");
            case "trailer" -> predictInChunks(CHUNKED, SIZE + "\r\n" + THREE + "\r\n0\r\nX-Sum: 1\r\n\r\n");
            case "small chunks" ->
                predictInChunks(
                        CHUNKED,
                        THREE.replaceAll(".{1,16}", "10\r\n$0\r\n")
                                        .replaceFirst("10(\r\n.{1,15}\r\n)$", "%x$1".formatted(THREE.length() % 16))
                                + "0\r\n\r\n");
            case "UTF-8 in a cookie" -> predict("Cookie: name=\u00c3\u00a9\r\n");
            case "cookie of another application" -> predict("Cookie: a=\"b; c={\"x\":1}; =; d\r\n");
            case "cookies of 6 kB" ->
                predict("Cookie: " + "name=value; ".repeat(60) + "a=" + "b".repeat(5_300) + "\r\n");
            case "150 fields" -> predict(fields(150));
            case "names in odd case" ->
                predict("").replace("Content-", "cONTENT-").replace("Host", "hOST");
            case "HTTP/1.0" -> predict("").replace("HTTP/1.1\r\n" + HOST, "HTTP/1.0\r\n");
            case "HTTP/1.0 with keep-alive" ->
                predict("Connection: keep-alive\r\n").replace("HTTP/1.1", "HTTP/1.0");
            case "absolute target" -> post("http://localhost/predict", JSON, THREE);
            case "slash at the end" -> post("/predict/", JSON, THREE);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java's offer of HTTP/2",
                "Java's offer of HTTP/2, in chunks",
                "chunk extension",
                "long chunk extension",
                "trailer",
                "small chunks",
                "UTF-8 in a cookie",
                "cookie of another application",
                "cookies of 6 kB",
                "150 fields",
                "names in odd case",
                "HTTP/1.0",
                "HTTP/1.0 with keep-alive",
                "absolute target",
                "slash at the end"
            })
    void unusualRequestIsAnswered(String name) throws Exception {
        assertReadAsThree(send(unusual(name)));
    }

    @Test
    void bodyMayWaitForTheServersConsent() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER)) {
            String request = predict("Expect: 100-continue\r\n");
            int head = request.length() - THREE.length();
            assertEquals(
                    100, connection.write(request.substring(0, head)).read().status());
            assertReadAsThree(connection.write(request.substring(head)).read());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void chunksMayArriveInPieces(int pieces) throws Exception {
        String request = unusual("chunk extension");
        int length = (request.length() + pieces - 1) / pieces;
        try (RawConnection connection = new RawConnection(SERVER)) {
            for (int start = 0; start < request.length(); start += length) {
                connection.write(request.substring(start, Math.min(request.length(), start + length)));
                connection.pause(Duration.ofMillis(50));
            }
            assertReadAsThree(connection.read());
        }
    }

    @Test
    void requestsMayFollowEachOther() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER)) {
            connection.write(unusual("chunk extension") + unusual("trailer") + predict(""));
            for (int i = 0; i < 3; i++) {
                assertReadAsThree(connection.read());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/predict/batch", "/predict/batch/"})
    void batchMayEndInASlash(String target) throws Exception {
        assertEquals(200, send(post(target, JSON, BATCH)).status());
        // Its own limit is smaller than that of a single drawing. Four times as much is refused before it arrives.
        Answer tooLarge = send(head("Content-Length: 33554433").replace("/predict", target));
        assertEquals(413, tooLarge.status(), tooLarge.body());
    }

    private static String malformed(String name) {
        return switch (name) {
            case "length of 2^31" -> head("Content-Length: 2147483648");
            case "length of 20 digits" -> head("Content-Length: 12345678901234567890");
            case "negative length" -> head("Content-Length: -1");
            case "length in words" -> head("Content-Length: many");
            case "two lengths" -> predict("Content-Length: " + THREE.length() + "\r\n");
            case "two different lengths" -> predict("Content-Length: 5\r\n");
            case "right length, then another" -> predict("").replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n");
            case "body of a GET" -> live(HOST + "Content-Length: 2\r\n") + "{}";
            case "length and chunks" ->
                predictInChunks("Content-Length: 5\r\n" + CHUNKED, SIZE + "\r\n" + THREE + "\r\n0\r\n\r\n");
            case "unknown coding" -> head("Transfer-Encoding: rot13");
            case "compressed chunks" -> head("Transfer-Encoding: gzip, chunked");
            case "size of a chunk in words" -> predictInChunks(CHUNKED, "many\r\n");
            case "endless size of a chunk" -> predictInChunks(CHUNKED, "f".repeat(30) + "\r\n");
            case "malformed media type" -> live(HOST + "Content-Type: */*;q=2\r\n");
            case "only a method" -> get("GET", "");
            case "no version" -> get("GET /api/health/live", HOST);
            case "no HTTP" -> get("hello, is anybody there?", "");
            case "HTTP/0.9" -> get("GET /api/health/live HTTP/0.9", HOST);
            case "HTTP/3.0" -> get("GET /api/health/live HTTP/3.0", HOST);
            case "percent in the path" -> get("GET /api/%zz HTTP/1.1", HOST);
            case "percent in the query" -> get("GET /api/model?x=%zz HTTP/1.1", HOST);
            case "NUL in the path" -> get("GET /api/\0 HTTP/1.1", HOST);
            case "NUL in a field" -> live(HOST + "X-Field: a\0b\r\n");
            case "line feeds alone" -> live(HOST).replace("\r\n", "\n");
            case "space before the colon" -> live(HOST + "X-Field : value\r\n");
            case "field without a colon" -> live(HOST + "nonsense\r\n");
            case "field of 9 kB" -> live(HOST + "X-Field: " + "a".repeat(9_000) + "\r\n");
            case "folded field" -> live(HOST + "X-Field: a\r\n b\r\n");
            case "field of 64 kB" -> live(HOST + "X-Field: " + "a".repeat(65_536) + "\r\n");
            case "1000 fields" -> live(HOST + fields(1_000));
            case "address of 20 kB" -> get("GET /?" + "a".repeat(20_000) + " HTTP/1.1", HOST);
            case "TRACE" -> get("TRACE / HTTP/1.1", HOST);
            case "CONNECT" -> get("CONNECT example.com:443 HTTP/1.1", HOST);
            case "unknown method" -> get("BREW / HTTP/1.1", HOST);
            case "no host" -> live("");
            case "two hosts" -> live(HOST + "Host: elsewhere.example\r\n");
            case "malformed host" -> live("Host: a b\r\n");
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The status on each server; {@code html} after it marks an answer in HTML, which no setting of that server prevents. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            value = {
                "request                 | Payara, GlassFish | WildFly | Open Liberty",
                "length of 2^31          | 413               | 413     | 413",
                "length of 20 digits     | 413               | 400     | 400",
                "negative length         | 400               | 400     | 400",
                "length in words         | 400               | 400     | 400",
                "two lengths             | 400               | 400     | 400",
                "two different lengths   | 400               | 400     | 400",
                "right length, then another | 400            | 400     | 200",
                "body of a GET           | 200               | 200     | 200",
                "length and chunks       | 400               | 400     | 200",
                "unknown coding          | 501               | 400     | 400",
                "compressed chunks       | 501               | 400     | 400",
                "size of a chunk in words| 400               | closed  | 400",
                "endless size of a chunk | 400               | closed  | 408",
                "malformed media type    | 415               | 415     | 415",
                "only a method           | 400               | 400     | 400",
                "no version              | 505               | 400     | 505",
                "no HTTP                 | 400               | 400     | 400",
                "HTTP/0.9                | 505               | 200     | 200",
                "HTTP/3.0                | 505               | 400     | 200",
                "percent in the path     | 400               | 400     | 400 html",
                "percent in the query    | 400               | 400     | 400",
                "NUL in the path         | 400               | 400     | 400 html",
                "NUL in a field          | 400               | 200     | 200",
                "line feeds alone        | 400               | 200     | 200",
                "space before the colon  | 400               | 200     | 200",
                "field without a colon   | 400               | 200     | 400",
                "field of 9 kB           | 200               | 200     | 200",
                "folded field            | 200               | 200     | 200",
                "field of 64 kB          | 431               | 400     | 400",
                "1000 fields             | 431               | 400     | 400",
                "address of 20 kB        | 414               | 200     | 400",
                "TRACE                   | 405               | 405     | 403",
                "CONNECT                 | 405               | 405 html| 400",
                "unknown method          | 405               | 405     | 405",
                "no host                 | 400               | 400     | 200",
                "two hosts               | 400               | 400     | 200",
                "malformed host          | 400               | 400     | 200",
            })
    void malformedRequestIsRefused(String name, String grizzly, String wildfly, String liberty) throws Exception {
        String expected =
                switch (ServerKind.tested()) {
                    case PAYARA_MICRO, GLASSFISH -> grizzly;
                    case WILDFLY -> wildfly;
                    case OPEN_LIBERTY -> liberty;
                };
        int logged = SERVER.log().length();
        try (RawConnection connection = new RawConnection(SERVER)) {
            connection.write(malformed(name));
            if (expected.equals("closed")) {
                assertTrue(connection.isClosedWithin(Duration.ofSeconds(10)));
            } else {
                assertRevealsNothing(expected, connection.read());
            }
        }
        Thread.sleep(20); // the log is written after the answer
        int lines = SERVER.log().substring(logged).split("\n").length;
        assertTrue(lines <= 5, () -> "the log has " + lines + " more lines");
    }

    private static void assertRevealsNothing(String expected, Answer answer) {
        boolean isHtml = answer.body().matches("(?is)\\s*<(!doctype|html|h1).*") && answer.status() != 200;
        assertEquals(expected, answer.status() + (isHtml ? " html" : ""), answer.body());
        String all = answer.headers() + answer.body();
        assertFalse(
                all.matches(
                        "(?is).*(exception|\\bat [a-z]+\\.[a-z]|payara|glassfish|grizzly|undertow|wildfly|liberty|jersey).*"),
                all);
        assertTrue(answer.header("Server").isEmpty(), all);
    }

    /** Neither the server's own pages nor what its vendor has added. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/metrics",
                "/metrics/",
                "/openapi",
                "/openapi/",
                "/health",
                "/health/live",
                "/health/ready",
                "/health/started",
                "/management",
                "/console",
                "/wildfly-services",
                "/monitoring",
                "/ibm/api",
                "/jwt",
                "/.well-known/openid-configuration",
                "/api/application.wadl",
                "/predict/application.wadl",
                "/openapi/application.wadl"
            })
    void serverHasNoEndpointOfItsOwn(String path) throws Exception {
        assertEquals(404, send(get("GET " + path + " HTTP/1.1", HOST)).status());
    }

    /** The page itself names its address, for previews of links: see {@code StaticFilesIT}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/js",
                "/css",
                "/js/i18n",
                "/js?a=b",
                "//js",
                "/WEB-INF",
                "/index.html/",
                "/nothing",
                "/api",
                "/%zz"
            })
    void hostIsNotReflected(String path) throws Exception {
        Answer answer = send(get("GET " + path + " HTTP/1.1", "Host: elsewhere.example\r\nAccept: text/html\r\n"));
        assertFalse((answer.headers() + answer.body()).contains("elsewhere"), answer.toString());
    }

    @Test
    @Tag("slow")
    void idleConnectionIsKeptForHalfAMinute() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER)) {
            assertReadAsThree(connection.write(predict("")).read());
            connection.pause(Duration.ofSeconds(31));
            assertReadAsThree(connection.write(predict("")).read());
        }
    }

    /** A byte each second. */
    @Test
    @Tag("slow")
    void headThatDripsInIsCutOff() throws Exception {
        long start = System.nanoTime();
        try (RawConnection connection = new RawConnection(SERVER)) {
            connection.write("GET / HTTP/1.1\r\nX-Field: ");
            while (!connection.isClosedWithin(Duration.ofSeconds(1))) {
                assertTrue(System.nanoTime() - start < 40e9, "still open");
                connection.write("a");
            }
        } catch (IOException closed) {
            assertTrue(System.nanoTime() - start > 10e9, "closed at once");
        }
    }
}
