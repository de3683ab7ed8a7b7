package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.FakeExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFileFilterTest {
    private static final byte[] STYLE = "p { color: blue }\n".repeat(100).getBytes();
    private static final byte[] PROGRAM = new byte[100_000];

    @TempDir
    Path webapp;

    private StaticFileFilter filter;

    @BeforeEach
    void load() throws IOException {
        Files.createDirectories(webapp.resolve("WEB-INF"));
        Files.createDirectories(webapp.resolve("css"));
        Files.writeString(webapp.resolve("WEB-INF/web.xml"), "<web-app/>");
        Files.writeString(webapp.resolve("index.html"), "<!doctype html><title>Page</title>");
        Files.write(webapp.resolve("css/page.css"), STYLE);
        Files.write(webapp.resolve("icon.png"), new byte[1000]);
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(webapp.resolve("program.wasm.gz")))) {
            packed.write(PROGRAM);
        }
        filter = new StaticFileFilter(new StaticFiles(Webapp.with(webapp)));
    }

    private FakeExchange send(FakeExchange exchange) throws Exception {
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        return exchange;
    }

    private FakeExchange get(String path, String accepted) throws Exception {
        return send(new FakeExchange("GET", path).header("Accept-Encoding", accepted));
    }

    private static byte[] unpacked(FakeExchange exchange) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(exchange.answerBytes())).readAllBytes();
    }

    @Test
    void clientThatAcceptsGzipGetsACompressedFile() throws Exception {
        FakeExchange exchange = get("/css/page.css", "gzip");
        assertEquals("gzip", exchange.answerHeader("Content-Encoding"));
        assertEquals("text/css;charset=UTF-8", exchange.answerHeader("Content-Type"));
        assertEquals("Accept-Encoding", exchange.answerHeader("Vary"));
        assertEquals(Integer.toString(exchange.answerBytes().length), exchange.answerHeader("Content-Length"));
        assertTrue(exchange.answerBytes().length < STYLE.length / 10);
        assertArrayEquals(STYLE, unpacked(exchange));
    }

    @Test
    void otherClientGetsTheFileAsItIs() throws Exception {
        for (FakeExchange exchange : new FakeExchange[] {
            send(new FakeExchange("GET", "/css/page.css")), get("/css/page.css", "br"), get("/css/page.css", "gzip;q=0")
        }) {
            assertNull(exchange.answerHeader("Content-Encoding"));
            assertEquals("Accept-Encoding", exchange.answerHeader("Vary"));
            assertEquals(Integer.toString(STYLE.length), exchange.answerHeader("Content-Length"));
            assertArrayEquals(STYLE, exchange.answerBytes());
        }
    }

    @Test
    void severalFieldsAreOneList() throws Exception {
        assertEquals("gzip", get("/css/page.css", "br\ngzip").answerHeader("Content-Encoding"));
    }

    @Test
    void headHasTheHeaderFieldsOfGetAndNoBody() throws Exception {
        for (String accepted : new String[] {"gzip", "identity"}) {
            FakeExchange head = send(new FakeExchange("HEAD", "/css/page.css").header("Accept-Encoding", accepted));
            assertEquals(get("/css/page.css", accepted).answerHeaders(), head.answerHeaders());
            assertEquals("", head.answer());
        }
    }

    @Test
    void picturesAreNotCompressedAgain() throws Exception {
        FakeExchange exchange = get("/icon.png", "gzip");
        assertNull(exchange.answerHeader("Content-Encoding"));
        assertNull(exchange.answerHeader("Vary"));
        assertEquals("image/png", exchange.answerHeader("Content-Type"));
        assertArrayEquals(new byte[1000], exchange.answerBytes());
    }

    @Test
    void fileThatCompressingWouldEnlargeIsSentAsItIs() throws Exception {
        FakeExchange exchange = get("/index.html", "gzip");
        assertNull(exchange.answerHeader("Content-Encoding"));
        assertEquals("<!doctype html><title>Page</title>", exchange.answer());
    }

    @ParameterizedTest
    @CsvSource({
        "/css/page.css,gzip",
        "/css/page.css,identity",
        "/icon.png,gzip",
        "/program.wasm,gzip",
        "/program.wasm,identity"
    })
    void fileThatTheClientHasIsNotSentAgain(String path, String accepted) throws Exception {
        String tag = get(path, accepted).answerHeader("ETag");
        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "\"other\"\n" + tag, "*"}) {
            FakeExchange again = send(new FakeExchange("GET", path)
                    .header("Accept-Encoding", accepted)
                    .header("If-None-Match", known));
            assertEquals(304, again.status(), known);
            assertEquals("", again.answer());
            assertEquals(tag, again.answerHeader("ETag"));
            assertEquals(get(path, accepted).answerHeader("Vary"), again.answerHeader("Vary"));
            assertNull(again.answerHeader("Content-Encoding"));
            assertNull(again.answerHeader("Content-Length"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"other\"", "other", "W/\"other\"", ","})
    void fileThatTheClientDoesNotHaveIsSent(String known) throws Exception {
        FakeExchange exchange = send(new FakeExchange("GET", "/css/page.css").header("If-None-Match", known));
        assertEquals(200, exchange.status());
        assertArrayEquals(STYLE, exchange.answerBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/css/page.css", "/program.wasm"})
    void eachFormHasATagOfItsOwn(String path) throws Exception {
        String gzip = get(path, "gzip").answerHeader("ETag");
        String plain = get(path, "identity").answerHeader("ETag");
        assertNotEquals(gzip, plain);
        FakeExchange exchange = send(new FakeExchange("GET", path)
                .header("Accept-Encoding", "identity")
                .header("If-None-Match", gzip));
        assertEquals(200, exchange.status());
    }

    @Test
    void tagDependsOnTheContentOnly() throws Exception {
        String tag = get("/css/page.css", "gzip").answerHeader("ETag");
        filter = new StaticFileFilter(new StaticFiles(Webapp.with(webapp)));
        assertEquals(tag, get("/css/page.css", "gzip").answerHeader("ETag"), "another instance");
        Files.writeString(webapp.resolve("css/page.css"), "p { color: red }");
        filter = new StaticFileFilter(new StaticFiles(Webapp.with(webapp)));
        assertNotEquals(tag, get("/css/page.css", "gzip").answerHeader("ETag"), "another version");
    }

    @Test
    void partOfAFileIsLeftToTheServer() throws Exception {
        FakeExchange exchange = send(new FakeExchange("GET", "/css/page.css")
                .header("Range", "bytes=0-9")
                .header("Accept-Encoding", "gzip"));
        assertEquals(1, exchange.timesPassedOn());
        assertTrue(exchange.answerHeaders().isEmpty());
    }

    @Test
    void fileThatIsOnlyThereCompressedIsSentInBothForms() throws Exception {
        FakeExchange packed = get("/program.wasm", "gzip");
        assertEquals("gzip", packed.answerHeader("Content-Encoding"));
        assertEquals("application/wasm", packed.answerHeader("Content-Type"));
        assertEquals(Integer.toString(packed.answerBytes().length), packed.answerHeader("Content-Length"));
        assertArrayEquals(PROGRAM, unpacked(packed));
        FakeExchange plain = get("/program.wasm", "identity");
        assertNull(plain.answerHeader("Content-Encoding"));
        assertEquals(Integer.toString(PROGRAM.length), plain.answerHeader("Content-Length"));
        assertArrayEquals(PROGRAM, plain.answerBytes());
    }

    @Test
    void partOfAFileThatIsOnlyThereCompressedIsAnsweredWithAllOfIt() throws Exception {
        FakeExchange exchange = send(new FakeExchange("GET", "/program.wasm").header("Range", "bytes=0-9"));
        assertEquals(200, exchange.status());
        assertArrayEquals(PROGRAM, exchange.answerBytes());
    }

    @Test
    void contextRootIsTheIndexPage() throws Exception {
        assertEquals("<!doctype html><title>Page</title>", get("/", "identity").answer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/css",
                "/css/",
                "/css/../index.html",
                "/css/../WEB-INF/web.xml",
                "/WEB-INF/web.xml",
                "/program.wasm.gz",
                "/css/page.css.gz",
                "/error",
                "/predict"
            })
    void everythingElsePasses(String path) throws Exception {
        FakeExchange exchange = get(path, "gzip");
        assertEquals(1, exchange.timesPassedOn());
        assertTrue(exchange.answerHeaders().isEmpty());
    }

    @Test
    void pageContainsTheAddressThatItWasRequestedAt() throws Exception {
        Files.writeString(webapp.resolve("index.html"), "<meta property=\"og:url\" content=\"{address}\">");
        filter = new StaticFileFilter(new StaticFiles(Webapp.with(webapp)));
        FakeExchange one = send(new FakeExchange("GET", "/").header("Host", "one.example"));
        FakeExchange other = send(new FakeExchange("GET", "/").header("Host", "other.example:8080"));
        assertEquals("<meta property=\"og:url\" content=\"http://one.example/\">", one.answer());
        assertEquals("<meta property=\"og:url\" content=\"http://other.example:8080/\">", other.answer());
        assertNotEquals(one.answerHeader("ETag"), other.answerHeader("ETag"));
    }

    @Test
    void everyFileOfThePageHasAMediaType() throws Exception {
        filter = new StaticFileFilter(new StaticFiles(Webapp.at("")));
        Path page = Path.of("src/main/webapp");
        try (Stream<Path> files = Files.walk(page)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = "/" + page.relativize(file);
                if (!path.startsWith("/WEB-INF/") && !path.endsWith(".d.ts")) {
                    String type = get(path, "gzip").answerHeader("Content-Type");
                    assertTrue(type != null && !type.equals("application/octet-stream"), path);
                }
            }
        }
    }
}
