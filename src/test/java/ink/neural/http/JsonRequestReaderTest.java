package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.config.Configuration;
import ink.neural.config.Configurations;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.Predictions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRequestReaderTest {
    private static final JsonRequestReader READER =
            new JsonRequestReader(Configurations.of(), new ConcurrencyLimiter(Configurations.of()));

    private static JsonObject parse(String json) {
        return READER.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Problem problem(byte[] body) {
        return assertThrows(ProblemException.class, () -> READER.read(new ByteArrayInputStream(body)))
                .problem();
    }

    @Test
    void tooManyValuesAreRefused() {
        assertEquals(
                1500,
                parse("{\"x\":[1" + ",1".repeat(1499) + "]}").getJsonArray("x").size());
        assertEquals(
                Problem.NOT_JSON, problem(("{\"x\":[1" + ",1".repeat(2000) + "]}").getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                ",\\\",".repeat(1000).length() - 1000,
                parse("{\"x\":\"" + ",\\\",".repeat(1000) + "\"}")
                        .getString("x")
                        .length());
    }

    @Test
    void stringMayBeAsLongAsABody() {
        int limit = Configurations.of().maxBody();
        assertEquals(
                limit,
                parse("{\"x\":\"" + "a".repeat(limit) + "\"}").getString("x").length());
        String tooLong = "{\"x\":\"" + "a".repeat(limit + 1) + "\"}";
        assertEquals(
                "A string has more than 12582912 characters.",
                assertThrows(ProblemException.class, () -> parse(tooLong)).getMessage());
    }

    @Test
    void detailSaysThatTheTextIsNotUtf8() {
        byte[] body = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};
        assertEquals(
                "The request is not valid UTF-8.",
                assertThrows(ProblemException.class, () -> READER.read(new ByteArrayInputStream(body)))
                        .getMessage());
    }

    @Test
    void objectIsRead() {
        JsonObject object = parse("{\"image\":\"é😀\", \"top\":3, \"glyph\":true, \"more\":{\"x\":[1,null,{}]}}");
        assertEquals("é😀", object.getString("image"));
        assertEquals(3, object.getInt("top"));
        assertEquals("{\"x\":[1,null,{}]}", object.get("more").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "null",
                "1",
                "\"image\"",
                "[]",
                "[{}]",
                "{",
                "{\"image\"",
                "{\"image\":",
                "{\"image\":\"",
                "{\"image\":\"x\"",
                "{\"image\":\"x\",}",
                "{'image':'x'}",
                "{\"image\":x}",
                "{} {}",
                "{}x",
                "{\"image\":\"x\",\"image\":\"y\"}",
                "{\"image\":\"\u0000\"}",
                "{\"top\":01}",
                "{\"top\":NaN}",
                "{\"top\":1e99999999999}",
                "{\"more\":-1E-99999999999}",
            })
    void anythingButAnObjectIsRefused(String json) {
        assertEquals(Problem.NOT_JSON, problem(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void textMayHaveAnyEncodingOfUnicode(String encoding) {
        String json = "{\"image\":\"é€😀\", \"top\":3}";
        for (String start : new String[] {"", " ", "\uFEFF", "\uFEFF\r\n"}) {
            JsonObject object =
                    READER.read(new ByteArrayInputStream((start + json).getBytes(Charset.forName(encoding))));
            assertEquals("é€😀", object.getString("image"));
            assertEquals(3, object.getInt("top"));
        }
        assertEquals(
                0,
                READER.read(new ByteArrayInputStream("{}".getBytes(Charset.forName(encoding))))
                        .size());
        assertEquals(Problem.NOT_JSON, problem("{\"\uFEFF".getBytes(Charset.forName(encoding))));
    }

    @Test
    void textThatBreaksItsEncodingIsRefused() {
        assertEquals(Problem.NOT_JSON, problem(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}));
        assertEquals(Problem.NOT_JSON, problem(new byte[] {'{', 0, '"', 0, 0, (byte) 0xD8, '"', 0, '}', 0}));
        assertEquals(Problem.NOT_JSON, problem(new byte[] {'{', 0, '}'}));
        assertEquals(Problem.NOT_JSON, problem(new byte[] {(byte) 0xFF, (byte) 0xFE}));
        assertEquals(Problem.NOT_JSON, problem("{}\uFEFF".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void deepNestingIsRefused() {
        assertEquals(Problem.NOT_JSON, problem(("{\"x\":" + "[".repeat(1_000_000)).getBytes()));
        assertEquals(Problem.NOT_JSON, problem("{\"x\":".repeat(200_000).getBytes()));
    }

    @Test
    void longNumberIsRefused() {
        assertEquals(Problem.NOT_JSON, problem(("{\"top\":" + "9".repeat(1_000_000) + "}").getBytes()));
        assertEquals(1e99, parse("{\"top\":1e99}").getJsonNumber("top").doubleValue());
    }

    @ParameterizedTest
    @CsvSource({"65535, false", "65536, true"})
    void longJsonIsParsedAsLargeWork(int length, boolean large) throws Exception {
        Configuration hurried = Configurations.of("neural.ink.concurrency", "2", "neural.ink.queue.timeout.ms", "1");
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(hurried);
        JsonRequestReader reader = new JsonRequestReader(hurried, limiter);
        byte[] json = ("{" + " ".repeat(length - 2) + "}").getBytes(StandardCharsets.UTF_8);
        Predictions.whileLargeWorkRuns(limiter, () -> {
            if (large) {
                assertEquals(
                        Problem.BUSY,
                        assertThrows(ProblemException.class, () -> reader.read(new ByteArrayInputStream(json)))
                                .problem());
            } else {
                assertEquals(JsonValue.EMPTY_JSON_OBJECT, reader.read(new ByteArrayInputStream(json)));
            }
        });
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, reader.read(new ByteArrayInputStream(json)));
    }
}
