package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static Options options(String json) {
        return Options.of(JsonBody.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void haveDefaults() {
        assertEquals(new Options(3, "alphanumeric", false, false), options("{}"));
    }

    @Test
    void areTaken() {
        assertEquals(
                new Options(5, "xyz", true, true),
                options("{\"top\":5,\"charset\":\"xyz\",\"glyph\":true,\"legibility\":true}"));
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
                "{\"legibility\":null}"
            })
    void areRefusedWithValuesTheyCannotHave(String json) {
        assertEquals(
                Problem.BAD_OPTION,
                assertThrows(Refused.class, () -> options(json)).problem());
    }
}
