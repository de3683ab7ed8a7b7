package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SingleSymbolTest {
    private static float[] log(double... probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = (float) Math.log(probabilities[i]);
        }
        return logarithms;
    }

    @Test
    void oneFrameHasTheProbabilitiesOfItsSymbols() {
        assertArrayEquals(
                new double[] {0, 0.75, 0.25}, SingleSymbol.probabilities(new float[][] {log(0.6, 0.3, 0.1)}), 1e-6);
    }

    @Test
    void allPathsOfASymbolCount() {
        // Of the first symbol: a-, -a and aa. Of the second: b-, -b and bb.
        double a = 0.3 * 0.5 + 0.6 * 0.4 + 0.3 * 0.4;
        double b = 0.1 * 0.5 + 0.6 * 0.1 + 0.1 * 0.1;
        assertArrayEquals(
                new double[] {0, a / (a + b), b / (a + b)},
                SingleSymbol.probabilities(new float[][] {log(0.6, 0.3, 0.1), log(0.5, 0.4, 0.1)}),
                1e-6);
    }
}
