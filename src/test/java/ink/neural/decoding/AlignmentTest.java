package ink.neural.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final Alphabet AB = new Alphabet("ab");

    @Test
    void charactersAreFoundWhereTheyAreShown() {
        float[][] frames = Frames.showing(Frames.ALPHABET, "book", 0.9);
        Alignment alignment = Alignment.of(symbols(Frames.ALPHABET, "book"), frames);
        assertArrayEquals(new int[] {1, 4, 7, 10}, alignment.first());
        assertArrayEquals(new int[] {2, 5, 8, 11}, alignment.last());
        assertEquals(13 * Math.log(0.9), alignment.logProbability(), 1e-4);
    }

    @Test
    void noPathExistsWithTooFewFrames() {
        Random random = new Random(2);
        float[][] frames = Frames.random(random, 3, AB.size(), 1);
        int[] twice = symbols(AB, "aab");
        assertEquals(Double.NEGATIVE_INFINITY, Alignment.of(twice, frames).logProbability());
    }

    @Test
    void thePathIsTheMostProbableOne() {
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            float[][] frames = Frames.random(random, 6, AB.size(), 2);
            double best = best(frames, 0, 0, "", "aba");
            assertEquals(best, Alignment.of(symbols(AB, "aba"), frames).logProbability(), 1e-5);
        }
    }

    /** The best of all paths that spell a text. */
    private static double best(float[][] frames, int t, int last, String read, String text) {
        if (t == frames.length) {
            return read.equals(text) ? 0 : Double.NEGATIVE_INFINITY;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int symbol = 0; symbol < AB.size(); symbol++) {
            boolean starts = symbol != Alphabet.BLANK && symbol != last;
            String next = starts ? read + AB.character(symbol) : read;
            best = Math.max(best, frames[t][symbol] + best(frames, t + 1, symbol, next, text));
        }
        return best;
    }

    private static int[] symbols(Alphabet alphabet, String text) {
        return text.chars().map(c -> alphabet.symbol((char) c)).toArray();
    }
}
