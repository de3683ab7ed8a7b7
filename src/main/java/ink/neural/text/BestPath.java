package ink.neural.text;

import ink.neural.decoding.Alphabet;

/**
 * The most likely path through a network's frames.
 *
 * @param logProbability its log probability
 * @param characters the characters on it: equal symbols in a row are one, and blanks are none
 */
record BestPath(double logProbability, int characters) {
    static BestPath through(float[][] logProbabilities) {
        double sum = 0;
        int characters = 0;
        int previous = Alphabet.BLANK;
        for (float[] frame : logProbabilities) {
            int symbol = mostLikely(frame);
            sum += frame[symbol];
            characters += symbol != Alphabet.BLANK && symbol != previous ? 1 : 0;
            previous = symbol;
        }
        return new BestPath(sum, characters);
    }

    private static int mostLikely(float[] frame) {
        int best = 0;
        for (int symbol = 1; symbol < frame.length; symbol++) {
            best = frame[symbol] > frame[best] ? symbol : best;
        }
        return best;
    }

    /** The mean log probability of its characters. */
    double perCharacter() {
        return logProbability / Math.max(1, characters);
    }
}
