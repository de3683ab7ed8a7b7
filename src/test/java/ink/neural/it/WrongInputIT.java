package ink.neural.it;

import static ink.neural.it.Answers.header;
import static ink.neural.it.Answers.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.drawing.PngFile;
import jakarta.json.JsonObject;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused, and the problem that names the reason. */
class WrongInputIT {
    private static final Server SERVER = Server.shared();
    private static final String TOO_LARGE = "{\"image\":\"" + "A".repeat(13_000_000) + "\"}";
    private static final byte[] DRAWING = Golden.all().get(0).png();

    private static HttpResponse<String> predict(String body) throws Exception {
        return SERVER.send(SERVER.post("/predict", body));
    }

    /** Checks the whole problem, which must not reveal anything about the program's inside. */
    private static void assertProblem(int status, String type, HttpResponse<String> response) {
        Answers.assertProblem(status, type, response);
        assertEquals("application/problem+json", header(response, "Content-Type"));
        JsonObject problem = json(response);
        assertEquals(status, problem.getInt("status"));
        assertFalse(problem.getString("title").isBlank());
        assertTrue(Set.of("type", "title", "status", "detail").containsAll(problem.keySet()));
        assertFalse(response.body().matches("(?s).*(Exception|\\bat [a-z]+\\.|java\\.|jakarta\\.|/home|/tmp).*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "image", "[]", "{", "{\"image\":\"x\",\"image\":\"y\"}", "{\"image\":\"\u0001\"}"})
    void bodyThatIsNotAJsonObjectIsRefused(String body) throws Exception {
        assertProblem(400, "not-json", predict(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"image\":null}", "{\"image\":\"\"}", "{\"image\":7}", "{\"picture\":\"x\"}"})
    void requestWithoutAnImageIsRefused(String body) throws Exception {
        assertProblem(400, "no-image", predict(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:,", "data:image/png,x", "http://localhost/a.png", " HTTPS://localhost/a.png"})
    void imageThatIsNotADataUrlIsRefused(String image) throws Exception {
        assertProblem(400, "not-a-data-url", predict("{\"image\":\"" + image + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,%%%", "hello", "file:///a.png", "data:;base64,AAAA=AAAA"})
    void imageThatIsNotBase64IsRefused(String image) throws Exception {
        assertProblem(400, "not-base64", predict("{\"image\":\"" + image + "\"}"));
    }

    @Test
    void bytesThatBreakTheirEncodingAreRefused() throws Exception {
        byte[] body = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", "application/json", body));
        assertProblem(400, "not-json", response);
        assertEquals("The request is not valid UTF-8.", json(response).getString("detail"));
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
                "\"top\":1.5",
                "\"top\":1e99",
                "\"glyph\":1",
                "\"legibility\":\"yes\"",
            })
    void invalidOptionIsRefused(String option) throws Exception {
        assertProblem(400, "bad-option", predict(Requests.predict(option + ",", DRAWING)));
    }

    @Test
    void charactersUnknownToTheModelAreNamed() throws Exception {
        HttpResponse<String> response = predict(Requests.predict("\"charset\":\"abé€\",", DRAWING));
        assertProblem(400, "bad-option", response);
        assertTrue(json(response).getString("detail").endsWith(": é€"), response.body());
    }

    @ParameterizedTest
    @CsvSource({"Digits, digits", "number, digits", "digitz, digits", "CAPS, upper", "uper, upper", "any, alphanumeric"
    })
    void keywordThatWasProbablyMeantIsNamed(String charset, String keyword) throws Exception {
        HttpResponse<String> response = predict(Requests.predict("\"charset\":\"" + charset + "\",", DRAWING));
        assertProblem(400, "bad-option", response);
        String detail = json(response).getString("detail");
        assertTrue(detail.contains("Did you mean \"" + keyword + "\"?"), detail);
        assertProblem(400, "bad-option", SERVER.send(SERVER.post("/predict?charset=" + charset, "image/png", DRAWING)));
    }

    @Test
    void charsetOfMegabytesIsRefusedInFewWords() throws Exception {
        String charset = "\"charset\":\"" + "日本語文字".repeat(100_000) + "\",";
        HttpResponse<String> response = predict(Requests.predict(charset, DRAWING));
        assertProblem(400, "bad-option", response);
        assertTrue(response.body().length() < 400, response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "GIF89a", "<svg/>", ""})
    void fileOfAnotherFormatIsRefused(String content) throws Exception {
        assertProblem(415, "not-an-image", predict(Requests.predict(content.getBytes())));
    }

    @Test
    void truncatedImageIsRefused() throws Exception {
        byte[] half = Arrays.copyOf(DRAWING, DRAWING.length / 2);
        assertProblem(415, "not-an-image", predict(Requests.predict(half)));
    }

    @Test
    void emptyDrawingIsRefused() throws Exception {
        assertProblem(
                422, "nothing-drawn", predict(Requests.predict(Sketch.paper().png())));
    }

    @Test
    void decompressionBombIsRefused() throws Exception {
        byte[] bomb = Base64.getDecoder()
                .decode("iVBORw0KGgoAAAANSUhEUgAAdTAAAHUwCAAAAAAzRkW8AAAACklEQVR4nGMAAQAABQABDQottAAAAABJRU5ErkJggg==");
        assertProblem(415, "not-an-image", predict(Requests.predict(bomb)));
    }

    @Test
    void imageThatIsTooWideIsRefused() throws Exception {
        byte[] wide = Sketch.paper(20_000, 3, Color.WHITE, Color.BLACK, 2).png();
        assertProblem(422, "too-many-pixels", predict(Requests.predict(wide)));
    }

    @Test
    void imageOfTooManyPixelsIsToldTheLimit() throws Exception {
        byte[] rows = new byte[4000 * (1 + 6000 / 8)];
        byte[] png = new PngFile()
                .header(6000, 4000, 1, 0)
                .chunk("IDAT", PngFile.deflate(rows))
                .end();
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", "image/png", png));
        assertProblem(422, "too-many-pixels", response);
        String detail = json(response).getString("detail");
        assertTrue(detail.contains("6000") && detail.contains("4000") && detail.contains("16777216"), detail);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() throws Exception {
        assertProblem(413, "body-too-large", predict(TOO_LARGE));
    }

    @Test
    void chunkedBodyThatIsTooLargeIsRefused() throws Exception {
        assertProblem(
                413,
                "body-too-large",
                SERVER.send(SERVER.request("/predict")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE.getBytes())))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/html", "text/csv", "video/mp4", "audio/wav", "multipart/mixed"})
    void otherMediaTypeIsRefusedAndTheAcceptedOnesAreNamed(String mediaType) throws Exception {
        byte[] body = Requests.predict(DRAWING).getBytes();
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", mediaType, body));
        assertProblem(415, "unsupported-media-type", response);
        String detail = json(response).getString("detail");
        for (String accepted : new String[] {"application/json", "png", "jpeg", "webp", "gif", "bmp", "tiff"}) {
            assertTrue(detail.contains(accepted), detail);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
    void textThatIsNoJsonIsRefused(String mediaType) throws Exception {
        byte[] form = "image=data%3Aimage%2Fpng%3Bbase64%2CAAAA&top=1".getBytes();
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", mediaType, form));
        assertProblem(415, "unsupported-media-type", response);
    }

    @ParameterizedTest
    @CsvSource({"image/heic, HEIC", "image/avif, AVIF", "image/svg+xml, SVG", "application/octet-stream, HEIC"})
    void imageOfAFormatThatIsNotReadIsNamed(String mediaType, String format) throws Exception {
        String body =
                format.equals("SVG") ? "<svg/>" : "\0\0\0\u0018ftyp" + format.toLowerCase(Locale.ROOT) + "\0\0\0\0";
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", mediaType, body.getBytes()));
        assertProblem(415, "not-an-image", response);
        assertTrue(json(response).getString("detail").contains(format), response.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "application/json",
                "image/png",
                "text/plain",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void emptyBodyHasNoImage(String mediaType) throws Exception {
        for (String path : new String[] {"/predict", "/predict/batch"}) {
            HttpRequest.Builder request = SERVER.request(path).POST(BodyPublishers.noBody());
            if (!mediaType.equals("none")) {
                request.header("Content-Type", mediaType);
            }
            assertProblem(400, "no-image", SERVER.send(request));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/octet-stream", "multipart/form-data; boundary=x", "text/csv"})
    void batchMustBeJson(String mediaType) throws Exception {
        assertProblem(415, "unsupported-media-type", SERVER.send(SERVER.post("/predict/batch", mediaType, DRAWING)));
    }

    @Test
    void formThatIsCutOffIsRefused() throws Exception {
        byte[] whole = Requests.form("x", DRAWING);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", "multipart/form-data; boundary=x", half));
        assertProblem(400, "bad-request", response);
        assertTrue(json(response).getString("detail").contains("cut off"), response.body());
        assertProblem(400, "bad-request", SERVER.send(SERVER.post("/predict", "multipart/form-data", whole)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/predict/more", "/api", "/api/", "/api/nothing", "/api/health"})
    void unknownAddressIsNotFound(String path) throws Exception {
        assertProblem(404, "not-found", SERVER.get(path));
    }

    @ParameterizedTest
    @CsvSource({"GET, /predict", "PUT, /predict", "DELETE, /predict", "POST, /api/model", "PATCH, /api/health/live"})
    void otherMethodIsRefused(String method, String path) throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.request(path).method(method, BodyPublishers.noBody()));
        assertProblem(405, "method-not-allowed", response);
        assertTrue(response.headers().firstValue("Allow").isPresent());
    }
}
