package ink.neural.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTest {
    private static final LanguageModel MODEL =
            new LanguageModel(Dictionary.english(), new DecoderParameters(1, 0.8, 3.5, 1, 1));

    @ParameterizedTest
    @ValueSource(strings = {"hello", "Hello", "HELLO", "don't", "DON'T", "dog's", "Paris", "NASA", "colour", "color"})
    void wordsOfTheDictionaryGain(String word) {
        assertTrue(score("", word) > 0.5, () -> word + " " + score("", word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hcllo", "hELLO", "HeLLo", "xqzv", "pAris"})
    void otherWordsAllLoseTheSame(String word) {
        assertEquals(Math.log(0.2), score("", word), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4071", "12.50", "$", "2nd", "1A2B", "+ - ="})
    void numbersAndSignsAreNeutral(String text) {
        assertEquals(0, score("", text), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AB12", "to7", "hello5"})
    void wordsWithDigitsAreUnknown(String text) {
        assertEquals(Math.log(0.2), score("", text), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"the, thy", "house, shuck", "water, wader"})
    void frequentWordsGainMore(String frequent, String rare) {
        assertTrue(score("", frequent) > score("", rare));
    }

    @Test
    void wordsAddUp() {
        assertEquals(score("", "hello,") + score("hello, ", "world"), score("", "hello, world"), 1e-9);
    }

    @Test
    void capitalsAreLikelierAfterTheEndOfASentence() {
        for (String before : new String[] {"Well. ", "Really? ", "Stop! ", "Stop! (", "end.\n"}) {
            assertTrue(score(before, "Hello") > score(before, "hello"), before);
        }
        for (String before : new String[] {"well, ", "and ", "3 ", ""}) {
            assertTrue(score(before, "Hello") < score(before, "hello"), before);
        }
    }

    @Test
    void aBeginningBeforeTheTextIsCompleted() {
        assertTrue(score("hel", "lo") > 2);
        assertTrue(score("HEL", "LO") > score("HEL", "lo"));
        assertTrue(score("Say hel", "lo") > score("Say hcl", "lo"));
        assertEquals(0, score("AB1", "cat"), 1e-9);
    }

    @Test
    void aBeginningScoresAsAllWordsThatBeginLikeIt() {
        LanguageModel.State state = MODEL.start("");
        double previous = 0;
        for (char c : "question".toCharArray()) {
            state = MODEL.next(state, c);
            assertTrue(state.score() - previous <= MODEL.bestGain() + 1e-9);
            assertTrue(MODEL.end(state) <= state.score() + 1e-9);
            previous = state.score();
        }
        assertTrue(MODEL.end(state) > 5);
    }

    private static double score(String before, String text) {
        LanguageModel.State state = MODEL.start(before);
        for (char c : text.toCharArray()) {
            state = MODEL.next(state, c);
        }
        return MODEL.end(state);
    }
}
