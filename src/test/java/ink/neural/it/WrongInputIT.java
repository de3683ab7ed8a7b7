package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import jakarta.json.JsonObject;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongInputIT extends NeuralInkWar {
    private static final String LARGE = "{\"image\":\"" + "A".repeat(5_000_000) + "\"}";
    private static final byte[] DRAWING = Golden.all().get(0).png();

    private static void assertProblem(int status, String type, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElseThrow());
        JsonObject problem = json(response);
        assertEquals("urn:neural-ink:problem:" + type, problem.getString("type"));
        assertEquals(status, problem.getInt("status"));
        assertFalse(problem.getString("title").isBlank());
        assertTrue(Set.of("type", "title", "status", "detail").containsAll(problem.keySet()));
        assertFalse(response.body().matches("(?s).*(Exception|\\bat [a-z]+\\.|java\\.|jakarta\\.|/home|/tmp).*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "image", "[]", "{", "{\"image\":\"x\",\"image\":\"y\"}", "{\"image\":\"\u0001\"}"})
    void isNotJson(String body) throws Exception {
        assertProblem(400, "not-json", predict(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"image\":null}", "{\"image\":\"\"}", "{\"image\":7}", "{\"picture\":\"x\"}"})
    void hasNoImage(String body) throws Exception {
        assertProblem(400, "no-image", predict(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "data:,", "iVBORw0KGgo=", "http://localhost/a.png"})
    void isNoDataUrl(String image) throws Exception {
        assertProblem(400, "not-a-data-url", predict("{\"image\":\"" + image + "\"}"));
    }

    @Test
    void isNotBase64() throws Exception {
        assertProblem(400, "not-base64", predict("{\"image\":\"data:image/png;base64,%%%\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"top\":0",
                "\"top\":63",
                "\"top\":\"3\"",
                "\"charset\":\"\"",
                "\"charset\":\"é\"",
                "\"charset\":3",
                "\"glyph\":1",
                "\"legibility\":\"yes\"",
            })
    void hasABadOption(String option) throws Exception {
        assertProblem(400, "bad-option", predict(request(DRAWING).replace("{", "{" + option + ",")));
    }

    @Test
    void namesTheCharactersItDoesNotKnow() throws Exception {
        HttpResponse<String> response = predict(request(DRAWING).replace("{", "{\"charset\":\"abé€\","));
        assertProblem(400, "bad-option", response);
        assertTrue(json(response).getString("detail").endsWith(": é€"), response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "GIF89a", "<svg/>", ""})
    void isNoImage(String content) throws Exception {
        assertProblem(415, "not-an-image", predict(request(content.getBytes())));
    }

    @Test
    void isCutShort() throws Exception {
        assertProblem(415, "not-an-image", predict(request(Arrays.copyOf(DRAWING, DRAWING.length / 2))));
    }

    @Test
    void isBlank() throws Exception {
        byte[] blank = Sketch.paper().png();
        assertProblem(422, "nothing-drawn", predict(request(blank)));
    }

    @Test
    void hasTooManyPixels() throws Exception {
        byte[] bomb = Base64.getDecoder()
                .decode("iVBORw0KGgoAAAANSUhEUgAAdTAAAHUwCAAAAAAzRkW8AAAACklEQVR4nGMAAQAABQABDQottAAAAABJRU5ErkJggg==");
        assertProblem(415, "not-an-image", predict(request(bomb)));
        byte[] wide = Sketch.paper(10_000, 3, Color.WHITE, Color.BLACK, 2).png();
        assertProblem(422, "too-many-pixels", predict(request(wide)));
    }

    @Test
    void isTooLarge() throws Exception {
        assertProblem(413, "body-too-large", predict(LARGE));
    }

    @Test
    void isTooLargeThoughItDoesNotSaySo() throws Exception {
        HttpRequest chunked = HttpRequest.newBuilder(at("/predict"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE.getBytes())))
                .build();
        assertProblem(413, "body-too-large", send(chunked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void isOfAnotherMediaType(String mediaType) throws Exception {
        assertProblem(
                415,
                "unsupported-media-type",
                post("/predict", mediaType, request(DRAWING).getBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/predict/more", "/api", "/api/", "/api/nothing", "/api/health"})
    void goesNowhere(String path) throws Exception {
        assertProblem(404, "not-found", get(path));
    }

    @ParameterizedTest
    @CsvSource({"GET, /predict", "PUT, /predict", "DELETE, /predict", "POST, /api/model", "PATCH, /api/health/live"})
    void isOfAnotherMethod(String method, String path) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(at(path))
                .method(method, BodyPublishers.noBody())
                .build());
        assertProblem(405, "method-not-allowed", response);
        assertTrue(response.headers().firstValue("Allow").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/predict", "/api/model", "/api/nothing", "/nothing"})
    void getsSecurityHeadersWithWhateverAnswer(String path) throws Exception {
        var headers = get(path).headers();
        assertTrue(headers.firstValue("Content-Security-Policy").orElseThrow().startsWith("default-src 'none'"));
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElseThrow());
        assertEquals(
                "same-origin", headers.firstValue("Cross-Origin-Opener-Policy").orElseThrow());
        assertEquals(
                "same-origin",
                headers.firstValue("Cross-Origin-Resource-Policy").orElseThrow());
        assertTrue(headers.firstValue("Permissions-Policy").isPresent());
        assertTrue(headers.firstValue("Server").isEmpty());
        assertTrue(headers.firstValue("X-Powered-By").isEmpty());
    }
}
