package ink.neural.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.prediction.PredictionOptions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.Example;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
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
        assertEquals(
                new PredictionOptions(3, "alphanumeric", false, false, false, false, Optional.empty(), List.of()),
                options("{}"));
    }

    @Test
    void optionsAreRead() {
        assertEquals(
                new PredictionOptions(5, "xyz", true, true, true, false, Optional.empty(), List.of()),
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
                new PredictionOptions(5, "123", true, false, false, false, Optional.empty(), List.of()),
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

    private static final String EXAMPLE = "{\"model\":\"m@1\",\"label\":\"%s\",\"features\":\"AQL/\"}";

    @Test
    void wrongExampleIsNamed() {
        String json = examples(EXAMPLE.formatted("q"), "{\"model\":\"m@1\",\"label\":\"q\"}");
        assertEquals(
                "Example 2: A model, a label and features are needed.",
                assertThrows(ProblemException.class, () -> options(json)).getMessage());
    }

    private static String examples(String... examples) {
        return "{\"examples\":[" + String.join(",", examples) + "]}";
    }

    @Test
    void examplesAreRead() {
        List<Example> examples = options(examples(EXAMPLE.formatted("q"), EXAMPLE.formatted("😀")))
                .examples();
        assertEquals(List.of("q", "😀"), examples.stream().map(Example::label).toList());
        assertEquals("m@1", examples.get(0).model());
        assertArrayEquals(new byte[] {1, 2, -1}, examples.get(0).features());
    }

    @Test
    void aLetterAndItsAccentAreOneLabel() {
        assertEquals(
                "\u00e9",
                options(examples(EXAMPLE.formatted("e\u0301")))
                        .examples()
                        .get(0)
                        .label());
    }

    @Test
    void thereMayBe500Examples() {
        String[] many = Collections.nCopies(500, EXAMPLE.formatted("q")).toArray(String[]::new);
        assertEquals(500, options(examples(many)).examples().size());
        String[] tooMany = Collections.nCopies(501, EXAMPLE.formatted("q")).toArray(String[]::new);
        assertEquals(
                "examples may be at most 500.",
                assertThrows(ProblemException.class, () -> options(examples(tooMany)))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"features\":1}",
                "{\"examples\":{}}",
                "{\"examples\":[1]}",
                "{\"examples\":[{}]}",
                "{\"examples\":[{\"model\":\"m@1\",\"label\":\"q\"}]}",
                "{\"examples\":[{\"model\":1,\"label\":\"q\",\"features\":\"AQL/\"}]}",
                "{\"examples\":[{\"model\":\"m@1\",\"label\":\"q\",\"features\":\"AQ*/\"}]}",
                "{\"examples\":[{\"model\":\"m@1\",\"label\":\"\",\"features\":\"AQL/\"}]}",
                "{\"examples\":[{\"model\":\"m@1\",\"label\":\"qu\",\"features\":\"AQL/\"}]}",
                "{\"examples\":[{\"model\":\"m@1\",\"label\":\" \",\"features\":\"AQL/\"}]}",
                "{\"examples\":[{\"model\":\"m@1\",\"label\":\"\\u0000\",\"features\":\"AQL/\"}]}",
                "{\"examples\":[{\"model\":\"m@1\",\"label\":\"\\ud800\",\"features\":\"AQL/\"}]}",
            })
    void invalidExamplesAreRefused(String json) {
        invalidOptionIsRefused(json);
    }
}
