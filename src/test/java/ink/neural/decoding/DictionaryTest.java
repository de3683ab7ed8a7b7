package ink.neural.decoding;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DictionaryTest {
    @ParameterizedTest
    @ValueSource(strings = {"house", "House", "HOUSE", "don't", "Hamburg", "a"})
    void knowsWordsInAnyCase(String word) {
        assertTrue(Dictionary.english().contains(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hous", "housex", "houße", "Apotheke", "42"})
    void doesNotKnowTheBeginningOfAWordOrAnotherWord(String text) {
        assertFalse(Dictionary.english().contains(text));
    }
}
