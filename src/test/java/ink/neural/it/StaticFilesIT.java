package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files as they are sent, at a context root of its own. The WAR of these tests has one more file, compressed. */
class StaticFilesIT {
    private static final byte[] PROGRAM = new byte[1_000_000];
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    @TempDir
    static Path directory;

    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        Path war = Files.copy(ServerKind.WAR, directory.resolve("static-files.war"));
        try (FileSystem files = FileSystems.newFileSystem(war);
                OutputStream packed = new GZIPOutputStream(Files.newOutputStream(files.getPath("program.wasm.gz")))) {
            packed.write(PROGRAM);
        }
        server = new Server(war, "/neural-ink/").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> get(String path, String... fields) throws Exception {
        return send(server.request(path), fields);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, String... fields) throws Exception {
        return CLIENT.send(
                (fields.length == 0 ? request : request.headers(fields)).build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] unpacked(HttpResponse<byte[]> response) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    }

    @ParameterizedTest
    @CsvSource({
        "/,                       text/html;charset=utf-8",
        "/index.html,             text/html;charset=utf-8",
        "/api.html,               text/html;charset=utf-8",
        "/css/page.css,           text/css;charset=utf-8",
        "/js/main.js,             text/javascript;charset=utf-8",
        "/js/i18n/de.js,          text/javascript;charset=utf-8",
        "/sw.js,                  text/javascript;charset=utf-8",
        "/manifest.json,          application/json",
        "/openapi.yaml,           application/yaml",
        "/icons/icon.svg,         image/svg+xml",
        "/webjars/js-yaml/4.1.1/dist/js-yaml.min.js, text/javascript;charset=utf-8"
    })
    void textIsCompressedForClientsThatAcceptIt(String path, String mediaType) throws Exception {
        HttpResponse<byte[]> gzip = get(path, "Accept-Encoding", "gzip, deflate, br");
        HttpResponse<byte[]> plain = get(path);
        assertEquals("gzip", header(gzip, "Content-Encoding"));
        assertEquals("", header(plain, "Content-Encoding"));
        assertArrayEquals(plain.body(), unpacked(gzip));
        assertNotEquals(header(plain, "ETag"), header(gzip, "ETag"));
        for (HttpResponse<byte[]> response : List.of(gzip, plain)) {
            assertEquals(200, response.statusCode());
            assertEquals(
                    mediaType,
                    header(response, "Content-Type").toLowerCase(Locale.ROOT).replace(" ", ""));
            assertEquals("Accept-Encoding", header(response, "Vary"));
            assertEquals("no-cache", header(response, "Cache-Control"));
            assertEquals(Integer.toString(response.body().length), header(response, "Content-Length"));
        }
    }

    @Test
    void previewOfALinkFindsItsPicture() throws Exception {
        String html = new String(get("/").body());
        Matcher picture = Pattern.compile("<meta property=\"og:image\" content=\"([^\"]*)\">")
                .matcher(html);
        assertTrue(picture.find(), html);
        assertEquals(server.address().resolve("icons/card.png").toString(), picture.group(1));
        HttpResponse<byte[]> card = send(HttpRequest.newBuilder(URI.create(picture.group(1))));
        assertEquals(200, card.statusCode());
        assertEquals("image/png", header(card, "Content-Type"));
        assertEquals("http", URI.create(picture.group(1)).getScheme());
        String behindTls = new String(get("/", "X-Forwarded-Proto", "https").body());
        assertTrue(behindTls.contains("content=\"https://127.0.0.1:" + server.port() + "/neural-ink/icons/card.png\""));
    }

    @ParameterizedTest
    @CsvSource({"/icons/icon-192.png,image/png", "/fonts/atkinson-hyperlegible-next.woff2,font/woff2"})
    void pictureAndFontAreSentAsTheyAre(String path, String mediaType) throws Exception {
        HttpResponse<byte[]> response = get(path, "Accept-Encoding", "gzip");
        assertArrayEquals(Files.readAllBytes(Path.of("src/main/webapp" + path)), response.body());
        assertEquals(mediaType, header(response, "Content-Type"));
        assertEquals("", header(response, "Content-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/js/main.js", "/openapi.yaml", "/icons/icon-192.png", "/program.wasm"})
    void fileThatTheClientHasIsNotSentAgain(String path) throws Exception {
        for (String accepted : new String[] {"gzip", "identity"}) {
            HttpResponse<byte[]> first = get(path, "Accept-Encoding", accepted);
            HttpResponse<byte[]> again =
                    get(path, "Accept-Encoding", accepted, "If-None-Match", "W/" + header(first, "ETag"));
            assertEquals(304, again.statusCode());
            assertEquals(0, again.body().length);
            for (String name : new String[] {"ETag", "Vary", "Cache-Control"}) {
                assertEquals(header(first, name), header(again, name), name);
            }
            assertEquals(
                    200,
                    get(path, "Accept-Encoding", accepted, "If-None-Match", "\"other\"")
                            .statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/css/page.css", "/icons/icon-192.png", "/program.wasm"})
    void headHasTheHeaderFieldsOfGet(String path) throws Exception {
        for (String accepted : new String[] {"gzip", "identity"}) {
            HttpResponse<byte[]> get = get(path, "Accept-Encoding", accepted);
            HttpResponse<byte[]> head =
                    send(server.request(path).method("HEAD", BodyPublishers.noBody()), "Accept-Encoding", accepted);
            assertEquals(200, head.statusCode());
            assertEquals(0, head.body().length);
            for (String name : new String[] {"Content-Type", "Content-Encoding", "ETag", "Vary"}) {
                assertEquals(header(get, name), header(head, name), name);
            }
            String length = header(get, "Content-Length");
            assertEquals(length, head.headers().firstValue("Content-Length").orElse(length));
        }
    }

    @Test
    void partOfAFileIsNotCompressed() throws Exception {
        HttpResponse<byte[]> part = get("/css/page.css", "Accept-Encoding", "gzip", "Range", "bytes=0-9");
        assertEquals("", header(part, "Content-Encoding"));
        byte[] whole = get("/css/page.css").body();
        // Open Liberty does not send parts.
        assertArrayEquals(part.statusCode() == 206 ? Arrays.copyOf(whole, 10) : whole, part.body());
    }

    @Test
    void fileThatIsOnlyThereCompressedIsSentInBothForms() throws Exception {
        HttpResponse<byte[]> gzip = get("/program.wasm", "Accept-Encoding", "gzip");
        assertEquals("gzip", header(gzip, "Content-Encoding"));
        assertEquals("application/wasm", header(gzip, "Content-Type"));
        assertEquals(Integer.toString(gzip.body().length), header(gzip, "Content-Length"));
        assertArrayEquals(PROGRAM, unpacked(gzip));
        assertArrayEquals(PROGRAM, get("/program.wasm").body());
        assertArrayEquals(PROGRAM, get("/program.wasm", "Range", "bytes=0-9").body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/WEB-INF/not-found.html",
                "/WEB-INF/classes/models/emnist-byclass.json",
                "/META-INF/MANIFEST.MF",
                "/js/../WEB-INF/web.xml",
                "/js/..%2fWEB-INF/web.xml",
                "/js/%2e%2e/WEB-INF/web.xml",
                "/webjars/../WEB-INF/web.xml",
                "/webjars/js-yaml/4.1.1/package.json",
                "/..;/WEB-INF/web.xml",
                "//WEB-INF/web.xml",
                "/web-inf/web.xml",
                "/error",
                "/program.wasm.gz",
                "/index.html.gz"
            })
    void nothingElseIsReachable(String path) throws Exception {
        HttpResponse<byte[]> response = get(path, "Accept-Encoding", "gzip");
        assertTrue(response.statusCode() >= 400, path);
        assertEquals("", header(response, "Content-Encoding"));
        String body = new String(response.body());
        assertFalse(body.contains("web-app") || body.contains("{root}") || body.contains("Manifest"), body);
    }
}
