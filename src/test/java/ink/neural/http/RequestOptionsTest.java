package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.config.Configurations;
import ink.neural.prediction.PredictionOptions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestOptionsTest {
    private static final JsonRequestReader READER = new JsonRequestReader(Configurations.of());

    private static PredictionOptions options(String json) {
        return RequestOptions.of(READER.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void optionsHaveDefaults() {
        assertEquals(new PredictionOptions(3, "alphanumeric", false, false, false), options("{}"));
    }

    @Test
    void optionsAreRead() {
        assertEquals(
                new PredictionOptions(5, "xyz", true, true, true),
                options("{\"top\":5,\"charset\":\"xyz\",\"glyph\":true,\"ink\":true,\"legibility\":true}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"top\":0}",
                "{\"top\":-1}",
                "{\"top\":1.5}",
                "{\"top\":1e1}",
                "{\"top\":\"3\"}",
                "{\"top\":null}",
                "{\"top\":99999999999}",
                "{\"charset\":5}",
                "{\"charset\":null}",
                "{\"charset\":[\"a\"]}",
                "{\"glyph\":\"true\"}",
                "{\"glyph\":1}",
                "{\"ink\":0}",
                "{\"legibility\":null}"
            })
    void invalidOptionIsRefused(String json) {
        assertEquals(
                Problem.BAD_OPTION,
                assertThrows(ProblemException.class, () -> options(json)).problem());
    }
}
