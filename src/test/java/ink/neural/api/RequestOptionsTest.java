package ink.neural.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.prediction.PredictionOptions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOptionsTest {

    private static PredictionOptions options(String json) {
        return RequestOptions.CHARACTER.of(
                new StrictJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), 100, 1000).object());
    }

    @Test
    void optionsHaveDefaults() {
        assertEquals(new PredictionOptions(3, "alphanumeric", false, false, false, Optional.empty()), options("{}"));
    }

    @Test
    void optionsAreRead() {
        assertEquals(
                new PredictionOptions(5, "xyz", true, true, true, Optional.empty()),
                options("{\"top\":5,\"charset\":\"xyz\",\"glyph\":true,\"ink\":true,\"legibility\":true}"));
    }

    @Test
    void nullCountsAsAbsent() {
        assertEquals(
                PredictionOptions.DEFAULT,
                options("{\"top\":null,\"charset\":null,\"glyph\":null,\"ink\":null,\"legibility\":null}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0", "5e0", "50e-1", "0.5E+1", "5.00000"})
    void wholeNumberMayBeWrittenInAnyWay(String number) {
        assertEquals(5, options("{\"top\":" + number + "}").top());
    }

    @Test
    void optionsAreReadFromAQuery() {
        Map<String, String> query = Map.of("top", "5", "charset", "123", "glyph", "true", "ink", "false");
        assertEquals(
                new PredictionOptions(5, "123", true, false, false, Optional.empty()),
                RequestOptions.CHARACTER.of(query::get));
        assertEquals(
                "true",
                RequestOptions.CHARACTER.of(Map.of("charset", "true")::get).charset());
    }

    @ParameterizedTest
    @CsvSource({
        "top, 0",
        "top, -1",
        "top, 1.0",
        "top, +1",
        "top, 01",
        "top, ''",
        "top, true",
        "top, null",
        "top, 9999999",
        "top, ٣",
        "glyph, ''",
        "glyph, 1",
        "ink, TRUE",
        "legibility, null"
    })
    void invalidOptionInAQueryIsRefused(String name, String value) {
        assertEquals(
                Problem.BAD_OPTION,
                assertThrows(ProblemException.class, () -> RequestOptions.CHARACTER.of(Map.of(name, value)::get))
                        .problem());
    }

    @Test
    void charsetHasAtMost500Characters() {
        assertEquals(
                500,
                options("{\"charset\":\"" + "a".repeat(500) + "\"}").charset().length());
        String tooLong = "é".repeat(501);
        String detail = "charset may have at most 500 characters.";
        assertEquals(
                detail,
                assertThrows(ProblemException.class, () -> options("{\"charset\":\"" + tooLong + "\"}"))
                        .getMessage());
        assertEquals(
                detail,
                assertThrows(ProblemException.class, () -> RequestOptions.CHARACTER.of(Map.of("charset", tooLong)::get))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"top\":0}",
                "{\"top\":-1}",
                "{\"top\":1.5}",
                "{\"top\":1e-1}",
                "{\"top\":1e999999999}",
                "{\"top\":1e-999999999}",
                "{\"top\":4294967297}",
                "{\"top\":[1]}",
                "{\"top\":true}",
                "{\"top\":\"3\"}",
                "{\"top\":99999999999}",
                "{\"charset\":5}",
                "{\"charset\":[\"a\"]}",
                "{\"glyph\":\"true\"}",
                "{\"glyph\":1}",
                "{\"ink\":0}",
                "{\"legibility\":[]}"
            })
    void invalidOptionIsRefused(String json) {
        assertEquals(
                Problem.BAD_OPTION,
                assertThrows(ProblemException.class, () -> options(json)).problem());
    }
}
