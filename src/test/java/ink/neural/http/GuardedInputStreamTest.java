package ink.neural.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Here a text may have 3 commas outside strings, and strings of 5 bytes. */
class GuardedInputStreamTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static GuardedInputStream guard(String text) {
        return new GuardedInputStream(new ByteArrayInputStream(bytes(text)), 3, 5);
    }

    private static String refusal(String text) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> guard(text).readAllBytes());
        assertEquals(Problem.NOT_JSON, refused.problem());
        return refused.getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1,2,3,4]",
                "\",,,,,\"",
                "\"12345\"",
                "\"\\\",,,\"",
                "\"\\\\\",\"\\\\\",\"a\"",
                "\"aéé\"",
                "123456789"
            })
    void textWithinTheLimitsPassesUnchanged(String text) throws IOException {
        assertArrayEquals(bytes(text), guard(text).readAllBytes());
    }

    @Test
    void oneValueTooManyIsRefused() {
        assertEquals("The JSON has more than 3 values.", refusal("[1,2,3,4,5]"));
        assertEquals("The JSON has more than 3 values.", refusal(",,,,"));
    }

    @Test
    void oneByteTooManyInAStringIsRefused() {
        assertEquals("A string has more than 5 bytes.", refusal("\"123456\""));
        assertEquals("A string has more than 5 bytes.", refusal("\"ééé\""));
        assertEquals("A string has more than 5 bytes.", refusal("\"unterminated"));
    }

    @Test
    void limitOfAStringStartsAnewForEach() {
        assertDoesNotThrow(() -> guard("\"12345\",\"12345\"").readAllBytes());
    }

    @Test
    void escapedQuoteDoesNotEndAString() {
        assertEquals("A string has more than 5 bytes.", refusal("\"1\\\"234\""));
        assertEquals("The JSON has more than 3 values.", refusal("\"1\\\\\",,,,"));
    }

    @Test
    void everyWayOfReadingIsChecked() throws IOException {
        GuardedInputStream single = guard("[1,2,3,4,5]");
        assertThrows(ProblemException.class, () -> {
            while (single.read() >= 0) {}
        });
        GuardedInputStream piecewise = guard("\"123456\"");
        byte[] buffer = new byte[10];
        assertEquals(3, piecewise.read(buffer, 4, 3));
        assertEquals("\"12", new String(buffer, 4, 3, StandardCharsets.UTF_8));
        assertThrows(ProblemException.class, () -> piecewise.read(buffer, 0, 10));
    }

    @Test
    void singleBytesAreUnsignedAndTheEndIsReported() throws IOException {
        GuardedInputStream stream = guard("é");
        assertEquals(0xC3, stream.read());
        assertEquals(0xA9, stream.read());
        assertEquals(-1, stream.read());
        assertEquals(-1, stream.read(new byte[3]));
    }
}
