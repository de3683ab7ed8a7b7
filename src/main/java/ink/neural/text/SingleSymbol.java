package ink.neural.text;

import ink.neural.decoding.Alphabet;
import ink.neural.decoding.LogProbability;

/**
 * How likely each symbol is to be the only one, given that a CTC network has seen exactly one. It is the sum over all paths of
 * blanks, then this symbol in one or more frames, then blanks. A. Graves et al. call such sums the forward variables
 * (Connectionist Temporal Classification, 2006).
 */
final class SingleSymbol {
    private SingleSymbol() {}

    /** The probability of each symbol; that of the blank is 0. */
    static double[] probabilities(float[][] logProbabilities) {
        int symbols = logProbabilities[0].length;
        double[] logarithms = new double[symbols];
        logarithms[Alphabet.BLANK] = LogProbability.ZERO;
        double best = LogProbability.ZERO;
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
        double during = LogProbability.ZERO;
        double after = LogProbability.ZERO;
        for (float[] frame : logProbabilities) {
            after = LogProbability.add(after, during) + frame[Alphabet.BLANK];
            during = LogProbability.add(during, before) + frame[symbol];
            before += frame[Alphabet.BLANK];
        }
        return LogProbability.add(during, after);
    }
}
