package ink.neural.text;

import ink.neural.decoding.Alphabet;
import java.util.ArrayList;
import java.util.List;

/**
 * The most likely path through a network's frames.
 *
 * @param logProbability its log probability
 * @param peaks the characters on it: equal symbols in a row are one, and blanks are none
 */
record BestPath(double logProbability, List<Peak> peaks) {
    /**
     * A character on the path.
     *
     * @param frame the frame where it is most likely
     * @param symbol the character's symbol
     * @param logProbability its log probability in that frame
     */
    record Peak(int frame, int symbol, double logProbability) {}

    static BestPath through(float[][] logProbabilities) {
        List<Peak> peaks = new ArrayList<>();
        double sum = 0;
        int previous = Alphabet.BLANK;
        for (int t = 0; t < logProbabilities.length; t++) {
            int symbol = mostLikely(logProbabilities[t]);
            Peak peak = new Peak(t, symbol, logProbabilities[t][symbol]);
            sum += peak.logProbability();
            if (symbol != Alphabet.BLANK && symbol != previous) {
                peaks.add(peak);
            } else if (symbol != Alphabet.BLANK
                    && peak.logProbability() > last(peaks).logProbability()) {
                peaks.set(peaks.size() - 1, peak);
            }
            previous = symbol;
        }
        return new BestPath(sum, peaks);
    }

    private static Peak last(List<Peak> peaks) {
        return peaks.get(peaks.size() - 1);
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
        return logProbability / Math.max(1, peaks.size());
    }
}
