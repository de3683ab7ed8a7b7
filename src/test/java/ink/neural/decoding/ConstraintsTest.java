package ink.neural.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintsTest {
    private static final Alphabet TINY = new Alphabet("ab ");
    private static final Decoder DECODER = new Decoder(Frames.ALPHABET, DecoderParameters.DEFAULT);

    @ParameterizedTest
    @ValueSource(strings = {"a*b", "(ab|ba)+", "[ab]{3}", "a?b?a?b?", "(a|bb)(b|aa)?", "aa|bbb", "b+a*"})
    void patternsMoveProbabilityToWhatTheyAllow(String pattern) {
        checkAgainstAllPaths(
                options(null, FieldPattern.compile(pattern, TINY), null),
                Pattern.compile(pattern).asMatchPredicate());
    }

    @Test
    void charsetsMoveProbabilityToWhatTheyAllow() {
        checkAgainstAllPaths(options(Set.of('a'), null, null), text -> text.matches("a*"));
    }

    @Test
    void wordsMoveProbabilityToWhatTheyAllow() {
        WordList words = new WordList(List.of("a", "ab", "ba a", "bbb"));
        checkAgainstAllPaths(options(null, null, words), text -> text.matches("(a|ab|ba a|bbb)( (a|ab|ba a|bbb))*"));
    }

    @Test
    void constraintsAddUp() {
        DecodingOptions options = options(
                Set.of('a', 'b'), FieldPattern.compile("..", TINY), new WordList(List.of("a", "ab", "bab", "ba")));
        checkAgainstAllPaths(options, text -> text.matches("ab|ba"));
    }

    private static void checkAgainstAllPaths(DecodingOptions options, Predicate<String> allowed) {
        Random random = new Random(3);
        Decoder decoder = new Decoder(TINY, DecoderParameters.DEFAULT);
        for (int i = 0; i < 200; i++) {
            float[][] frames = Frames.random(random, 1 + random.nextInt(6), TINY.size(), 2);
            Map<String, Double> exact = ExactSearch.probabilities(
                    TINY, frames, text -> allowed.test(text) && text.equals(text.strip()) && !text.contains("  "));
            List<Hypothesis> found = decoder.decode(frames, options, 100).hypotheses();
            assertTrue(found.stream().map(Hypothesis::text).allMatch(exact::containsKey));
            assertEquals(exact.isEmpty(), found.isEmpty());
            Map<String, Double> probabilities =
                    found.stream().collect(Collectors.toMap(Hypothesis::text, Hypothesis::probability));
            exact.forEach((text, probability) ->
                    assertEquals(probability, probabilities.getOrDefault(text, 0.0), 0.002, text));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1234, [0-9]{5}",
        "123456, [0-9]{5}",
        "QX-4071, [A-Z]{2}[0-9]{4}",
        "HELLO, [0-9]{2}",
        "hello, [A-Z][a-z]+",
        "abcdefgh, [0-9]{20}",
        "abc, (hello|[0-9]+)@x",
        "abcdefgh, z"
    })
    void theBestMatchingTextIsFoundEvenIfTheFramesShowAnother(String shown, String pattern) {
        float[][] frames = Frames.showing(Frames.ALPHABET, shown, 0.9999);
        List<Hypothesis> found = DECODER.decode(
                        frames, options(null, FieldPattern.compile(pattern, Frames.ALPHABET), null), 10)
                .hypotheses();
        assertFalse(found.isEmpty());
        assertTrue(found.stream().allMatch(hypothesis -> hypothesis.text().matches(pattern)), found::toString);
    }

    @Test
    void aPatternLongerThanTheFramesIsNoMatch() {
        float[][] frames = Frames.showing(Frames.ALPHABET, "123", 0.9);
        FieldPattern pattern = FieldPattern.compile("[0-9]{11}", Frames.ALPHABET);
        assertEquals(
                List.of(),
                DECODER.decode(frames, options(null, pattern, null), 3).hypotheses());
    }

    @Test
    void aCharsetThatThePatternCannotUseIsNoMatch() {
        float[][] frames = Frames.showing(Frames.ALPHABET, "123", 0.9);
        FieldPattern pattern = FieldPattern.compile("[0-9]+", Frames.ALPHABET);
        assertEquals(
                List.of(),
                DECODER.decode(frames, options(Set.of('A'), pattern, null), 3).hypotheses());
    }

    @ParameterizedTest
    @CsvSource({"Londn, London", "London Paris, London Paris", "h, hi", "zzzzzzzzzzzzzzz, Rome"})
    void onlyTheCallersWordsAreRead(String shown, String expected) {
        WordList words = new WordList(List.of("London", "Paris", "New York", "York", "hi", "Rome"));
        float[][] frames = Frames.showing(Frames.ALPHABET, shown, 0.999);
        List<Hypothesis> found =
                DECODER.decode(frames, options(null, null, words), 10).hypotheses();
        assertFalse(found.isEmpty());
        assertTrue(found.stream().allMatch(h -> h.text().matches("((London|Paris|New York|York|hi|Rome)( |$))+")));
        if (!shown.startsWith("z")) {
            assertEquals(expected, found.get(0).text());
        }
    }

    @Test
    void boxesHoldExactlyOneCharacterEach() {
        float[][] frames = new float[8][];
        Random random = new Random(5);
        for (int box = 0; box < 4; box++) {
            frames[2 * box] = Frames.random(random, 1, Frames.ALPHABET.size(), 3)[0];
            frames[2 * box][Alphabet.BLANK] = Float.NEGATIVE_INFINITY;
            frames[2 * box + 1] = Frames.frame(Frames.ALPHABET, Alphabet.BLANK, 1);
        }
        assertEquals(
                4,
                DECODER.decode(frames, DecodingOptions.NONE, 1)
                        .hypotheses()
                        .get(0)
                        .text()
                        .length());
        FieldPattern digits = FieldPattern.compile("[0-9]{4}", Frames.ALPHABET);
        assertTrue(DECODER.decode(frames, options(null, digits, null), 1)
                .hypotheses()
                .get(0)
                .text()
                .matches("[0-9]{4}"));
        FieldPattern five = FieldPattern.compile("[0-9]{5}", Frames.ALPHABET);
        assertTrue(DECODER.decode(frames, options(null, five, null), 1)
                .hypotheses()
                .isEmpty());
        WordList words = new WordList(List.of("a", "cathedral", "door", "window"));
        assertEquals(
                "door",
                DECODER.decode(frames, options(null, null, words), 1)
                        .hypotheses()
                        .get(0)
                        .text());
    }

    private static DecodingOptions options(Set<Character> charset, FieldPattern pattern, WordList words) {
        return new DecodingOptions(
                Optional.ofNullable(charset), Optional.ofNullable(pattern), Optional.ofNullable(words), false, "");
    }
}
