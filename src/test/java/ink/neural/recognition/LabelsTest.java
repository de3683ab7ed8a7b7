package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    private static final Labels ALL = Labels.parse(ModelFiles.bundled().read("label_map.json"));

    @Test
    void bundledLabelsAreThe62OfEmnistByClass() {
        assertEquals(
                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", String.join("", ALL.characters()));
    }

    @ParameterizedTest
    @CsvSource({"digits, 0, 10", "upper, 10, 36", "lower, 36, 62", "letters, 10, 62", "alphanumeric, 0, 62"})
    void keywordNamesACharset(String charset, int from, int to) {
        assertArrayEquals(IntStream.range(from, to).toArray(), ALL.indices(charset));
    }

    @Test
    void charsetMayListItsCharacters() {
        assertArrayEquals(new int[] {0, 10, 61}, ALL.indices("zA0A"));
    }

    @Test
    void unknownCharactersAreNamedOnceEach() {
        assertEquals(
                "charset contains characters that the model does not know: é 😀",
                assertThrows(InvalidCharsetException.class, () -> ALL.indices("aé é😀"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "Digits, digits",
        "DIGITS, digits",
        "digit, digits",
        "number, digits",
        "Numbers, digits",
        "numeric, digits",
        "digitz, digits",
        "igits, digits",
        "numbr, digits",
        "CAPS, upper",
        "capitals, upper",
        "upperCase, upper",
        "upper-case, upper",
        "uper, upper",
        "uppper, upper",
        "Lower, lower",
        "lowercase, lower",
        "lowr, lower",
        "power, lower",
        "letter, letters",
        "Alpha, letters",
        "alphabet, letters",
        "lettters, letters",
        "' letters\n', letters",
        "alnum, alphanumeric",
        "any, alphanumeric",
        "ALL, alphanumeric",
        "alpha-numeric, alphanumeric",
        "alphanumerisch, ",
        "ANY1, ",
        "capz, ",
        "dgiits, ",
        "stigid, ",
        "reppu, ",
        "reword, "
    })
    void charsetThatLooksLikeAKeywordIsRefusedAndTheKeywordNamed(String charset, String keyword) {
        if (keyword == null) {
            assertTrue(ALL.indices(charset).length > 0);
        } else {
            String message = assertThrows(InvalidCharsetException.class, () -> ALL.indices(charset))
                    .getMessage();
            assertTrue(message.contains("Did you mean \"" + keyword + "\"?"), message);
        }
    }

    @Test
    void orderThatIsProposedForTheSameCharactersIsAccepted() {
        Pattern proposal = Pattern.compile("such as \"(.*)\"");
        int refused = 0;
        for (String word : List.of("digits", "number", "upper", "caps", "any", "all", "alpha", "letter", "alnum")) {
            for (String known : ALL.characters()) {
                for (int at = 0; at <= word.length(); at++) {
                    String charset = word.substring(0, at) + known + word.substring(at);
                    try {
                        ALL.indices(charset);
                    } catch (InvalidCharsetException e) {
                        Matcher other = proposal.matcher(e.getMessage());
                        assertTrue(other.find(), e.getMessage());
                        assertArrayEquals(
                                charset.chars().sorted().toArray(),
                                other.group(1).chars().sorted().toArray());
                        assertTrue(ALL.indices(other.group(1)).length > 0);
                        refused++;
                    }
                }
            }
        }
        assertTrue(refused > 1000, refused + " charsets were refused");
    }

    @Test
    void messageRepeatsFewCharactersAndNoneThatCannotBeSeen() {
        String greek = "αβγδεζηθικλμνξοπρςστυφχψω";
        assertEquals(
                "charset contains characters that the model does not know: αβγδεζηθικλμνξοπρςστ...",
                assertThrows(InvalidCharsetException.class, () -> ALL.indices(greek))
                        .getMessage());
        assertEquals(
                "charset contains characters that the model does not know: [U+0000][U+001B][U+202E][U+D800][U+0085]é",
                assertThrows(InvalidCharsetException.class, () -> ALL.indices("a\0\u001B\u202E\uD800\u0085é"))
                        .getMessage());
        String message = assertThrows(InvalidCharsetException.class, () -> ALL.indices("digit\u0007"))
                .getMessage();
        assertTrue(message.contains("\"digit[U+0007]\""), message);
    }

    @Test
    void charsetWithoutKnownCharactersIsRefused() {
        assertThrows(InvalidCharsetException.class, () -> ALL.indices(""));
        assertThrows(InvalidCharsetException.class, () -> new Labels(List.of("a")).indices("digits"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"0\":\"a\",\"2\":\"b\"}",
                "{\"0\":\"a\",\"1\":\"a\"}",
                "{\"0\":1}",
                "{\"0\":\"ab\"}",
                "{\"0\":\"\"}"
            })
    void invalidLabelMapIsRefused(String json) {
        assertThrows(InvalidModelException.class, () -> Labels.parse(json.getBytes()));
    }
}
