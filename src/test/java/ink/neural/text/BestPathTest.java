package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.text.BestPath.Peak;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestPathTest {
    private static float[] frame(double... probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = (float) Math.log(probabilities[i]);
        }
        return logarithms;
    }

    @Test
    void equalSymbolsInARowAreOneCharacterAtTheMostLikelyFrame() {
        BestPath path = BestPath.through(
                new float[][] {frame(0.3, 0.6, 0.1), frame(0.1, 0.8, 0.1), frame(0.9, 0.05, 0.05), frame(0.2, 0.7, 0.1)
                });
        assertEquals(List.of(1, 3), path.peaks().stream().map(Peak::frame).toList());
        assertEquals(List.of(1, 1), path.peaks().stream().map(Peak::symbol).toList());
        assertEquals(Math.log(0.6 * 0.8 * 0.9 * 0.7), path.logProbability(), 1e-6);
        assertEquals(path.logProbability() / 2, path.perCharacter(), 1e-9);
    }

    @Test
    void onlyBlanksAreNoCharacter() {
        assertEquals(
                List.of(), BestPath.through(new float[][] {frame(0.9, 0.1)}).peaks());
    }
}
