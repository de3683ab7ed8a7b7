package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
                assertThrows(UnknownCharactersException.class, () -> ALL.indices("aé é😀"))
                        .getMessage());
    }

    @Test
    void charsetWithoutKnownCharactersIsRefused() {
        assertThrows(UnknownCharactersException.class, () -> ALL.indices(""));
        assertThrows(UnknownCharactersException.class, () -> new Labels(List.of("a")).indices("digits"));
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
