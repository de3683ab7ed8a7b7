package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.decoding.Alphabet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FieldKindsTest {
    private static final Alphabet ALPHABET =
            new Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/");
    private static final Map<Character, Double> RING = Map.of('0', 0.3, 'O', 0.4, 'o', 0.3);

    private static double[] character(Map<Character, Double> probabilities) {
        double[] symbols = new double[ALPHABET.size()];
        probabilities.forEach((c, probability) -> symbols[ALPHABET.symbol(c)] = probability);
        return symbols;
    }

    /** Reads a ring among certain characters, which come before and after it. */
    private static char ring(String before, String after) {
        return best(before, RING, after);
    }

    private static char best(String before, Map<Character, Double> uncertain, String after) {
        double[] asked = character(uncertain);
        List<double[]> field = Stream.of(certain(before), Stream.of(asked), certain(after))
                .flatMap(part -> part)
                .toList();
        new FieldKinds(ALPHABET).weigh(field);
        int best = 1;
        for (int symbol = 1; symbol < asked.length; symbol++) {
            best = asked[symbol] > asked[best] ? symbol : best;
        }
        return ALPHABET.character(best);
    }

    private static Stream<double[]> certain(String text) {
        return text.chars().mapToObj(c -> character(Map.of((char) c, 1.0)));
    }

    @Test
    void aRingIsOfTheKindOfTheOthers() {
        assertEquals('0', ring("58", "73"));
        assertEquals('O', ring("R", "BERT"));
        assertEquals('o', ring("r", "bert"));
        assertEquals('o', ring("R", "bert"));
        assertEquals('O', ring("", "scar"));
    }

    @Test
    void aCertainCharacterOfAnotherKindStays() {
        assertEquals('A', best("12", Map.of('A', 0.99, '4', 0.01), "34"));
        assertEquals('/', best("12", Map.of('/', 0.99, '1', 0.01), "34"));
    }

    @Test
    void aDoubtfulPunctuationMarkBesideDigitsIsADigit() {
        assertEquals('1', best("847", Map.of('/', 0.6, '1', 0.4), "95"));
    }
}
