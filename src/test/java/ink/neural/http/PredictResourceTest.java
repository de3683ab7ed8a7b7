package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.config.Configuration;
import ink.neural.config.Configurations;
import ink.neural.drawing.DataUrl;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.PredictionResult;
import ink.neural.prediction.PredictionService;
import ink.neural.prediction.Predictions;
import ink.neural.recognition.Prediction;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of {@code /predict}. The model tells in which quarter of the glyph most of the ink is: here b, the upper right. */
class PredictResourceTest {
    private static final byte[] PNG = Sketch.paper()
            .stroke(50, 50, 50, 50)
            .stroke(230, 230, 230, 230)
            .stroke(150, 50, 230, 50, 230, 120, 160, 110)
            .png();
    private static final MediaType PNG_TYPE = MediaType.valueOf("image/png");
    private static final String IMAGE = DataUrl.encode("image/png", PNG);
    private static final String BLANK =
            DataUrl.encode("image/png", Sketch.paper().png());
    private static final String NOTHING_DRAWN =
            "{\"type\":\"urn:neural-ink:problem:nothing-drawn\",\"title\":\"Nothing is drawn.\",\"status\":422,"
                    + "\"detail\":\"No ink can be distinguished from the paper. Draw in another colour than the background.\"}";

    private static final String NO_IMAGE =
            "{\"type\":\"urn:neural-ink:problem:no-image\",\"title\":\"The request has no image.\",\"status\":400,"
                    + "\"detail\":\"Send the drawings as {\\\"images\\\":[\\\"data:image/png;base64,...\\\", ...]}.\"}";
    /** Patterns of an answer. */
    private static final String CANDIDATE = "\\{\"label\":\"[a-d]\",\"confidence\":0\\.\\d{6}\\}";

    private static final String ONLY_B = "\\{\"predictions\":\\[\\{\"label\":\"b\",\"confidence\":0\\.\\d{6}\\}\\]\\}";

    private static ModelHolder holder;
    private static InMemoryApi api;

    private static InMemoryApi api(Configuration configuration, ModelHolder holder) {
        return api(configuration, holder, Predictions.service(configuration, holder));
    }

    private static InMemoryApi api(Configuration configuration, ModelHolder holder, PredictionService service) {
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(configuration);
        return new InMemoryApi(
                new PredictApplication(),
                "/predict",
                configuration,
                holder,
                limiter,
                service,
                Predictions.metrics(holder));
    }

    @BeforeAll
    static void start() {
        Configuration configuration = Predictions.quarters("neural.ink.max.batch", "3");
        holder = Predictions.holder(configuration);
        api = api(configuration, holder);
    }

    @AfterAll
    static void stop() {
        api.close();
        Predictions.close(holder);
    }

    private static Response post(String address, Object body, String type) {
        return api.request(address).post(Entity.entity(body, type));
    }

    private static Response json(String address, String body) {
        return post(address, body.replace("IMAGE", IMAGE).replace("BLANK", BLANK), "application/json");
    }

    private static void assertAnswer(String expected, Response response) {
        assertEquals(expected, response.readEntity(String.class));
        assertEquals(200, response.getStatus());
        assertEquals("application/json", response.getMediaType().toString());
    }

    private static void assertAnswerMatches(String pattern, Response response) {
        String body = response.readEntity(String.class);
        assertTrue(body.matches(pattern), body);
        assertEquals(200, response.getStatus());
        assertEquals("application/json", response.getMediaType().toString());
    }

    private static void assertProblem(int status, String slug, Response response) {
        String body = response.readEntity(String.class);
        assertEquals(status, response.getStatus(), body);
        assertEquals("application/problem+json", response.getMediaType().toString());
        assertTrue(body.startsWith("{\"type\":\"urn:neural-ink:problem:" + slug + "\",\"title\":\""), body);
        assertTrue(body.contains("\",\"status\":" + status), body);
        assertEquals(slug, api.servletRequest().getAttribute("ink.neural.problem"));
    }

    @Test
    void threeMostLikelyCharactersAreReturned() {
        assertAnswerMatches(
                "\\{\"predictions\":\\[CANDIDATE,CANDIDATE,CANDIDATE\\]\\}".replace("CANDIDATE", CANDIDATE),
                json("", "{\"image\":\"IMAGE\"}"));
    }

    @Test
    void answerNamesTheModel() {
        assertEquals("upright@1", json("", "{\"image\":\"IMAGE\"}").getHeaderString("X-Model"));
        assertEquals("upright@1", json("/batch", "{\"images\":[1,\"IMAGE\"]}").getHeaderString("X-Model"));
        assertNull(json("/batch", "{\"images\":[1,2]}").getHeaderString("X-Model"), "no model was asked");
        assertNull(json("", "{}").getHeaderString("X-Model"), "no model was asked");
    }

    @Test
    void everyOptionIsAnswered() {
        assertAnswerMatches(
                "\\{\"predictions\":\\[\\{\"label\":\"b\",\"confidence\":0\\.\\d{6}\\},"
                        + "\\{\"label\":\"a\",\"confidence\":0\\.\\d{6}\\}\\],"
                        + "\"glyph\":\"data:image/png;base64,[\\w+/]+=*\",\"ink\":\"data:image/png;base64,[\\w+/]+=*\","
                        + "\"legibility\":0\\.\\d{6}\\}",
                json(
                        "",
                        "{\"image\":\"IMAGE\",\"top\":4,\"charset\":\"ab\",\"glyph\":true,\"ink\":true,\"legibility\":true}"));
    }

    /** The bytes of the file tell its format. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "image/jpeg",
                "image/webp",
                "image/gif",
                "image/bmp",
                "image/x-ms-bmp",
                "image/tiff",
                "image/jpg",
                "image/x-png",
                "image/pjpeg",
                "image/heic",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "text/plain",
                "application/json"
            })
    void imageFileMayBeTheBody(String type) {
        assertAnswerMatches(ONLY_B, post("?top=1", PNG, type));
    }

    @Test
    void queryMayHaveTheOptions() {
        assertAnswerMatches(
                "\\{\"predictions\":\\[\\{\"label\":\"d\",\"confidence\":1\\.000000\\}\\],\"legibility\":0\\.\\d{6}\\}",
                post("?charset=d&legibility=true&glyph=false", PNG, "image/png"));
    }

    /** What JSON-B makes of an answer must not depend on the model: member order, decimals, escapes, no null members. */
    @Test
    void answerHasTheseBytes() {
        PredictionResult plain = new PredictionResult(
                List.of(
                        new Prediction("b", 1),
                        new Prediction("\"", 0.1234565),
                        new Prediction("é", 0.00000149),
                        new Prediction("d", 1e-12)),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                "emnist-byclass@2.0.0");
        PredictionResult full = new PredictionResult(
                List.of(),
                Optional.of(new byte[] {1, 2, 3}),
                Optional.of(new byte[] {4, 5, 6}),
                OptionalDouble.of(2.0 / 3),
                Optional.of(new byte[] {1, -127, 0}),
                "emnist-byclass@2.0.0");
        try (InMemoryApi fixed = api(Predictions.quarters(), holder, new FixedService(plain))) {
            assertAnswer(
                    "{\"predictions\":[{\"label\":\"b\",\"confidence\":1.000000},"
                            + "{\"label\":\"\\\"\",\"confidence\":0.123457},{\"label\":\"é\",\"confidence\":0.000001},"
                            + "{\"label\":\"d\",\"confidence\":0.000000}]}",
                    fixed.request("").post(Entity.entity(PNG, PNG_TYPE)));
        }
        try (InMemoryApi fixed = api(Predictions.quarters(), holder, new FixedService(full))) {
            assertAnswer(
                    "{\"predictions\":[],\"glyph\":\"data:image/png;base64,AQID\",\"ink\":\"data:image/png;base64,BAUG\",\"legibility\":0.666667,\"features\":\"AYEA\"}",
                    fixed.request("").post(Entity.entity(PNG, PNG_TYPE)));
        }
    }

    /** A service that gives the same result for every drawing. */
    private static final class FixedService extends PredictionService {
        private final PredictionResult result;

        FixedService(PredictionResult result) {
            this.result = result;
        }

        @Override
        public PredictionResult predict(PredictionOptions options, Supplier<byte[]> image) {
            return result;
        }
    }

    @Test
    void addressMayEndInASlash() {
        assertEquals(200, json("/", "{\"image\":\"IMAGE\"}").getStatus());
    }

    @Test
    void batchAnswersEachImage() {
        assertAnswerMatches(
                "\\{\"results\":\\[" + ONLY_B + "," + Pattern.quote(NOTHING_DRAWN) + "," + Pattern.quote(NO_IMAGE)
                        + "\\]\\}",
                json("/batch", "{\"images\":[\"IMAGE\",\"BLANK\",5],\"top\":1}"));
    }

    @Test
    void batchOfBlankImagesIsAnswered() {
        assertAnswer("{\"results\":[" + NOTHING_DRAWN + "]}", json("/batch", "{\"images\":[\"BLANK\"]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x                                     | 400 | not-json",
                "{}                                    | 400 | no-image",
                "{\"image\":\"\"}                      | 400 | no-image",
                "{\"image\":1}                         | 400 | no-image",
                "''                                    | 400 | no-image",
                "{\"image\":\"http://x\"}              | 400 | not-a-data-url",
                "{\"image\":\"x\"}                     | 400 | not-base64",
                "{\"image\":\"data:;base64,?\"}        | 400 | not-base64",
                "{\"image\":\"data:;base64,AAAA\"}     | 415 | not-an-image",
                "{\"image\":\"BLANK\"}                 | 422 | nothing-drawn",
                "{\"image\":\"IMAGE\",\"top\":\"3\"}   | 400 | bad-option",
                "{\"image\":\"IMAGE\",\"top\":5}       | 400 | bad-option",
                "{\"image\":\"IMAGE\",\"charset\":\"é\"} | 400 | bad-option",
            })
    void badDrawingIsRefused(String body, int status, String slug) {
        assertProblem(status, slug, json("", body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                   | 400 | no-image",
                "{\"images\":[]}                                      | 400 | no-image",
                "{\"images\":\"IMAGE\"}                               | 400 | no-image",
                "{\"images\":[1,2,3,4]}                               | 413 | too-many-images",
                "{\"images\":[\"IMAGE\"],\"top\":9}                   | 400 | bad-option",
                "{\"images\":[\"IMAGE\"],\"glyph\":1}                 | 400 | bad-option",
            })
    void badBatchIsRefused(String body, int status, String slug) {
        assertProblem(status, slug, json("/batch", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?top=x", "?top=0", "?glyph=yes", "?ink=1", "?legibility=1", "?charset=?"})
    void badOptionOfAFileIsRefused(String query) {
        assertProblem(400, "bad-option", post(query, PNG, "image/png"));
    }

    @Test
    void problemHasADetailIfThereIsMoreToSay() {
        assertEquals(
                "{\"type\":\"urn:neural-ink:problem:bad-option\",\"title\":\"An option has an invalid value.\","
                        + "\"status\":400,\"detail\":\"top must be a whole number from 1 to 4.\"}",
                json("", "{\"image\":\"IMAGE\",\"top\":5}").readEntity(String.class));
        assertEquals(NOTHING_DRAWN, json("", "{\"image\":\"BLANK\"}").readEntity(String.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/batch/x"})
    void unknownAddressIsNotFound(String address) {
        assertProblem(404, "not-found", json(address, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/batch"})
    void otherMethodIsRefusedAndTheAllowedOnesAreNamed(String address) {
        Response response = api.request(address).get();
        assertProblem(405, "method-not-allowed", response);
        assertEquals("POST,OPTIONS", response.getHeaderString("Allow"));
    }

    @Test
    void answerThatTheClientDoesNotAcceptIsRefused() {
        assertProblem(
                406,
                "not-acceptable",
                api.request("").accept("text/html").post(Entity.entity("{}", "application/json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "text/html", "video/mp4"})
    void otherMediaTypeIsRefusedAndTheAcceptedOnesAreNamed(String type) {
        Response response = post("", "x", type);
        response.bufferEntity();
        assertProblem(415, "unsupported-media-type", response);
        String body = response.readEntity(String.class);
        assertTrue(
                body.contains(
                        "\"detail\":\"Send JSON (application/json), an image file (image/png, image/jpeg, image/webp,"
                                + " image/gif, image/bmp or image/tiff), or a form with a file (multipart/form-data). A batch must be JSON.\""),
                body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/plain", "multipart/form-data; boundary=x", "application/xml"})
    void batchMustBeJson(String type) {
        assertProblem(415, "unsupported-media-type", post("/batch", "x", type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-16",
                "APPLICATION/JSON",
                "text/json",
                "application/problem+json",
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "image/png"
            })
    void jsonIsReadWhateverItsLabel(String type) {
        assertAnswerMatches(ONLY_B, post("", "\r\n {\"image\":\"" + IMAGE + "\",\"top\":1.0}", type));
        assertAnswerMatches(
                "\\{\"results\":\\[" + ONLY_B + "\\]\\}",
                post("/batch", "{\"images\":[\"" + IMAGE + "\"],\"top\":1,\"ink\":null}", type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "application/jsonp", "text/html", "video/mp4", "multipart/mixed"})
    void typeOfSomethingElseIsRefusedWhateverTheBodyIs(String type) {
        assertProblem(415, "unsupported-media-type", post("", "{\"image\":\"" + IMAGE + "\"}", type));
        assertProblem(415, "unsupported-media-type", post("", PNG, type));
    }

    @Test
    void fileThatIsNoImageIsToldWhatItIs() {
        assertProblem(415, "not-an-image", post("", "\0\0\0\u0018ftypheic\0\0\0\0", "image/heic"));
        assertTrue(post("", "<svg/>", "image/svg+xml").readEntity(String.class).contains("SVG image"));
    }

    @Test
    void formMayHaveTheFileAndTheOptions() {
        String form = "--x\r\nContent-Disposition: form-data; name=\"top\"\r\n\r\n1\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"charset\"\r\n\r\n\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"drawing\"; filename=\"b.png\"\r\n"
                + "Content-Type: image/png\r\n\r\nFILE\r\n--x--\r\n";
        byte[] body = form.replace("FILE", new String(PNG, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        assertAnswerMatches(ONLY_B, post("?top=2&charset=ab", body, "multipart/form-data; boundary=x"));
        assertProblem(400, "bad-option", post("?charset=%3F", body, "multipart/form-data; boundary=x"));
    }

    @Test
    void compressedBodyIsRefused() {
        Response response = api.request("").post(Entity.entity(PNG, new Variant(PNG_TYPE, (String) null, "gzip")));
        assertProblem(415, "unsupported-media-type", response);
    }

    @Test
    void keyIsRequiredBeforeAnythingElseIsLookedAt() {
        try (InMemoryApi locked = api(Predictions.quarters("neural.ink.api.key", "secret"), holder)) {
            Response refused =
                    locked.request("").post(Entity.entity(PNG, new Variant(PNG_TYPE, (String) null, "gzip")));
            assertEquals(401, refused.getStatus());
            assertEquals("Bearer realm=\"Neural Ink\"", refused.getHeaderString("WWW-Authenticate"));
            assertEquals(
                    "{\"type\":\"urn:neural-ink:problem:unauthorized\",\"title\":\"This server requires an API key.\","
                            + "\"status\":401,\"detail\":\"Send it as Authorization: Bearer KEY.\"}",
                    refused.readEntity(String.class));
            Response accepted = locked.request("")
                    .header("Authorization", "Bearer secret")
                    .post(Entity.entity("{\"image\":\"" + IMAGE + "\"}", "application/json"));
            assertEquals(200, accepted.getStatus());
        }
    }

    @Test
    void withoutAModelTheClientIsAskedToTryAgain() {
        ModelHolder empty = Predictions.emptyHolder(Configurations.of());
        try (InMemoryApi unready = api(Configurations.of(), empty)) {
            Response response =
                    unready.request("").post(Entity.entity("{\"image\":\"" + IMAGE + "\"}", "application/json"));
            assertEquals(503, response.getStatus());
            assertEquals("1", response.getHeaderString("Retry-After"));
            assertEquals(
                    "{\"type\":\"urn:neural-ink:problem:not-ready\","
                            + "\"title\":\"The model is not ready.\",\"status\":503,\"detail\":\"Send the request again after a second. If that goes on, the log of the server says what is wrong.\"}",
                    response.readEntity(String.class));
        }
    }

    @Test
    void answerWithoutAProblemRecordsNone() {
        try (InMemoryApi fresh = api(Predictions.quarters(), holder)) {
            fresh.request("").post(Entity.entity("{\"image\":\"" + IMAGE + "\"}", "application/json"));
            assertNull(fresh.servletRequest().getAttribute("ink.neural.problem"));
        }
    }
}
