package ink.neural.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static JsonObject parse(String text) {
        return new StrictJson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 100, 50_000).object();
    }

    private static String refusal(String text, int maxValues, int maxString) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        ProblemException refused =
                assertThrows(ProblemException.class, () -> new StrictJson(in, maxValues, maxString).object());
        assertEquals(Problem.NOT_JSON, refused.problem());
        return refused.getMessage();
    }

    /** What another parser makes of a text. */
    private static Optional<JsonObject> reference(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject object = reader.readObject();
            object.toString(); // converts numbers
            return Optional.of(object);
        } catch (JsonException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Test
    void textsAreReadAndRefusedAsByAnotherParser() {
        String sample = "{ \"a\":[1,-0,2.50,1e3,-1.5E-2,0.1e+10], \"b\":{\"c\":null,\"d\":true,\"e\":false},\r\n"
                + "\t\"f\":\"x\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é😀\", \"\":[], \"g\":{} }";
        String signs = "{}[]:,\"\\0123456789.eE+-truefalsn \t\n\u0001é\uFF11u";
        Random random = new Random(1);
        int accepted = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder changed = new StringBuilder(sample);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                int at = random.nextInt(changed.length());
                String sign = signs.charAt(random.nextInt(signs.length())) + "";
                switch (random.nextInt(3)) {
                    case 0 -> changed.insert(at, sign);
                    case 1 -> changed.deleteCharAt(at);
                    default -> changed.replace(at, at + 1, sign);
                }
            }
            String text = changed.toString().replaceAll("\\p{Cs}", "?"); // UTF-8 has no half of a pair
            Optional<JsonObject> expected = reference(text);
            try {
                assertEquals(expected, Optional.of(parse(text)), text);
                accepted++;
            } catch (ProblemException e) {
                boolean stricter =
                        String.valueOf(e.getMessage()).matches(".*(twice|UTF-8|levels|out of range|after).*");
                assertTrue(expected.isEmpty() || stricter, text + ": " + e.getMessage());
            }
        }
        assertTrue(accepted > 5_000, accepted + " texts were valid");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 8191, 8192, 8193, 16384, 20_000, 50_000})
    void stringOfAnyLengthIsRead(int length) {
        String text = "é€\\/".repeat(length).substring(0, length).replace("\\", "/");
        JsonObject object = parse("{\"x\":\"" + text.replace("/", "\\/") + "\",\"y\":1}");
        assertEquals(text, object.getString("x"));
        assertEquals(1, object.getInt("y"));
        assertEquals(Json.createValue(text), object.get("x"));
        assertEquals(object.get("x"), Json.createValue(text));
        assertEquals(Json.createValue(text).hashCode(), object.get("x").hashCode());
        assertEquals(Json.createValue(text).toString(), object.get("x").toString());
    }

    @Test
    void limitsAreAppliedWhileTheTextIsRead() {
        assertEquals("The JSON has more than 3 values.", refusal("{\"x\":[1,2,3", 3, 5));
        assertEquals("A string has more than 5 characters.", refusal("{\"x\":\"123456", 3, 5));
        assertEquals("A string has more than 5 characters.", refusal("{\"123456", 3, 5));
        assertEquals("The request must be a JSON object.", refusal("[", 3, 5));
        assertEquals("The JSON is nested more than 8 levels deep.", refusal("{\"x\":" + "[".repeat(8), 100, 5));
        assertEquals("A number has more than 32 digits.", refusal("{\"x\":" + "1".repeat(33), 3, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"x\":[1,2]}', 3, 1",
        "'{\"x\":\"12345\"}', 1, 5",
        "'{\"x\":\"\\u0041\\n345\"}', 1, 5",
        "'{\"x\":[[[[[[[1]]]]]]]}', 8, 1",
        "'{\"x\":12345678901234567890123456789012}', 1, 1"
    })
    void textWithinTheLimitsIsRead(String text, int maxValues, int maxString) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(reference(text).orElseThrow(), new StrictJson(in, maxValues, maxString).object());
    }

    @Test
    void connectionThatBreaksIsNoJsonError() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException();
            }
        };
        assertThrows(UncheckedIOException.class, () -> new StrictJson(broken, 1, 1).object());
    }
}
