package ink.neural.text;

import ink.neural.decoding.Alphabet;

/**
 * How likely each symbol is to be the only one, given that a CTC network has seen exactly one: the sum over all paths of
 * blanks, then this symbol in one or more frames, then blanks (the forward variables of A. Graves et al., Connectionist
 * Temporal Classification, 2006).
 */
final class SingleSymbol {
    private SingleSymbol() {}

    /** The probability of each symbol; that of the blank is 0. */
    static double[] probabilities(float[][] logProbabilities) {
        int symbols = logProbabilities[0].length;
        double[] logarithms = new double[symbols];
        logarithms[Alphabet.BLANK] = Double.NEGATIVE_INFINITY;
        double best = Double.NEGATIVE_INFINITY;
        for (int symbol = 1; symbol < symbols; symbol++) {
            logarithms[symbol] = logProbability(logProbabilities, symbol);
            best = Math.max(best, logarithms[symbol]);
        }
        double sum = 0;
        for (int symbol = 0; symbol < symbols; symbol++) {
            logarithms[symbol] = Math.exp(logarithms[symbol] - best);
            sum += logarithms[symbol];
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            logarithms[symbol] /= sum;
        }
        return logarithms;
    }

    private static double logProbability(float[][] logProbabilities, int symbol) {
        double before = 0; // only blanks so far
        double during = Double.NEGATIVE_INFINITY;
        double after = Double.NEGATIVE_INFINITY;
        for (float[] frame : logProbabilities) {
            after = add(after, during) + frame[Alphabet.BLANK];
            during = add(during, before) + frame[symbol];
            before += frame[Alphabet.BLANK];
        }
        return add(during, after);
    }

    /** The logarithm of the sum of two probabilities that are given by their logarithms. */
    private static double add(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }
}
