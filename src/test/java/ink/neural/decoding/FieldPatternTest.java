package ink.neural.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPatternTest {
    private static final Alphabet ABC = new Alphabet("abc");
    private static final float[][] NO_FRAMES = {};

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "[A-Z]{2}-[0-9]{4} QX-4071 QX-407",
                "[0-9]{5} 12345 123456",
                "[A-Za-z]+ Word W0rd",
                "\\d{1,3}(\\.\\d{2})? 12.50 12.5",
                "(yes|no) no noyes",
                "a\\.b a.b acb",
                ".* anything~ ~",
                "\\(\\d+\\) (12) 12",
                "[A-Z-]+ A-B A_B",
                "x{0,2}y xxy xxxy",
                "$[0-9]* $12 12",
                "[0-9]+\\$ 12$ 12",
                "[0-9]+[$] 12$ 12",
                "[\\d\\-]+ 1-2 a"
            })
    void wholeTextsMatch(String pattern, String matching, String other) {
        assertTrue(matches(FieldPattern.compile(pattern, Frames.ALPHABET), Frames.ALPHABET, matching.replace("~", "")));
        assertFalse(matches(FieldPattern.compile(pattern, Frames.ALPHABET), Frames.ALPHABET, other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "[0-9 0",
                "ab(c 2",
                "ab)c 2",
                "*a 0",
                "a** 2",
                "a{2 3",
                "a{,2} 2",
                "a{2,} 4",
                "a{3,2} 1",
                "a{65} 1",
                "a\\ 1",
                "a\\w 1",
                "ab[] 2",
                "[^a] 1",
                "[^] 1",
                "^a 0",
                "a^ 1",
                "(^a|b) 1",
                "[0-9]+$ 6",
                "(a$|b) 2",
                "(a$) 2",
                "$ 0",
                "aé 1",
                "a[b{] 3",
                "a} 1",
                "a] 1",
                "((a{64}){64}){64} 3",
                "[z-a] 1",
                "a+? 2"
            })
    void errorsHaveAPosition(String pattern, int position) {
        InvalidPatternException error =
                assertThrows(InvalidPatternException.class, () -> FieldPattern.compile(pattern, Frames.ALPHABET));
        assertEquals(position, error.position(), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void lengthHasALimit(int length) {
        String pattern = "a".repeat(length);
        assertThrows(InvalidPatternException.class, () -> FieldPattern.compile(pattern, ABC));
    }

    @Test
    void matchesLikeARegularExpression() {
        Random random = new Random(7);
        int matches = 0;
        for (int i = 0; i < 3000; i++) {
            String source = randomPattern(random, 4);
            if (source.isEmpty() || source.length() > FieldPattern.MAX_LENGTH) {
                continue;
            }
            FieldPattern pattern = FieldPattern.compile(source, ABC);
            Pattern expected = Pattern.compile(source);
            for (int j = 0; j < 20; j++) {
                String text = randomText(random);
                boolean match = expected.matcher(text).matches();
                matches += match ? 1 : 0;
                assertEquals(match, matches(pattern, ABC, text), () -> source + " and " + text);
            }
        }
        assertTrue(matches > 5000, () -> "the texts test little");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[ab]*a[ab]{16}",
                "((((a?)*)*)*)*((((b*)+)?)*)+",
                "(a{64}){15}",
                "((((((((a{0}){64}){64}){64}){64}){64}){64}){64}){64}",
                "((((((((a*){64}){64}){64}){64}){64}){64}){64}){64}",
                "(((((((((((((((((((((((((((((((((a)))))))))))))))))))))))))))))))))"
            })
    void compilationIsFast(String source) {
        compileOrRefuse(source);
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            compileOrRefuse(source);
        }
        long nanos = (System.nanoTime() - start) / 20;
        assertTrue(nanos < Duration.ofMillis(5).toNanos(), () -> nanos + " ns");
    }

    private static void compileOrRefuse(String source) {
        try {
            assertTrue(FieldPattern.compile(source, Frames.ALPHABET).nfa().size() <= 1000);
        } catch (InvalidPatternException e) {
            assertTrue(e.position() > 0);
        }
    }

    private static boolean matches(FieldPattern pattern, Alphabet alphabet, String text) {
        Acceptor state = new LazyDfa(pattern.nfa(), NO_FRAMES, alphabet.size()).start();
        for (int i = 0; i < text.length() && state != null; i++) {
            int symbol = alphabet.symbol(text.charAt(i));
            state = symbol == Alphabet.BLANK ? null : state.next(symbol);
        }
        return state != null && state.accepts();
    }

    private static String randomPattern(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 3);
        return switch (kind) {
            case 0, 1 -> String.valueOf("abc".charAt(random.nextInt(3)));
            case 2 -> random.nextBoolean() ? "." : "[a-b]";
            case 3, 4, 5 -> randomPattern(random, depth - 1) + randomPattern(random, depth - 1);
            case 6 -> "(" + randomPattern(random, depth - 1) + "|" + randomPattern(random, depth - 1) + ")";
            default -> "(" + randomPattern(random, depth - 1) + ")" + quantifier(random);
        };
    }

    private static String quantifier(Random random) {
        String[] quantifiers = {"*", "+", "?", "{2}", "{0,2}", "{1,3}", "{0}"};
        return quantifiers[random.nextInt(quantifiers.length)];
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append("abc".charAt(random.nextInt(3)));
        }
        return text.toString();
    }
}
