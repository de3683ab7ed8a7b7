package ink.neural.decoding;

import java.util.Arrays;

/**
 * The most probable CTC path that spells a text: the Viterbi algorithm over the text with blanks around its characters
 * (Graves et al. 2006, "Connectionist Temporal Classification").
 *
 * @param logProbability of the path; minus infinity if no path spells the text
 * @param first the first frame of each character
 * @param last the last frame of each character
 */
record Alignment(double logProbability, int[] first, int[] last) {
    static Alignment of(int[] symbols, float[][] frames) {
        int states = 2 * symbols.length + 1;
        byte[][] steps = new byte[frames.length][states];
        double[] scores = new double[states];
        Arrays.fill(scores, LogProbability.ZERO);
        for (int t = 0; t < frames.length; t++) {
            // States further on are not reached yet, and from states before these the end is out of reach.
            int last = Math.min(states - 1, 2 * t + 1);
            int first = Math.max(0, states - 2 * (frames.length - t));
            advance(symbols, frames[t], t == 0, first, last, scores, steps[t]);
        }
        int end = states > 1 && scores[states - 2] > scores[states - 1] ? states - 2 : states - 1;
        return trace(scores[end], end, symbols.length, steps);
    }

    /** Moves each state one frame on. The step is 0 for staying, or 1 or 2 states forward. */
    private static void advance(
            int[] symbols, float[] frame, boolean start, int first, int last, double[] scores, byte[] steps) {
        for (int state = last; state >= first; state--) {
            double best = start ? (state < 2 ? 0 : LogProbability.ZERO) : scores[state];
            if (!start && state > 0 && scores[state - 1] > best) {
                best = scores[state - 1];
                steps[state] = 1;
            }
            if (!start && isCharacter(state) && mayFollowDirectly(symbols, state / 2) && scores[state - 2] > best) {
                best = scores[state - 2];
                steps[state] = 2;
            }
            scores[state] = best + frame[isCharacter(state) ? symbols[state / 2] : Alphabet.BLANK];
        }
    }

    private static boolean isCharacter(int state) {
        return state % 2 == 1;
    }

    private static boolean mayFollowDirectly(int[] symbols, int index) {
        return index > 0 && symbols[index] != symbols[index - 1];
    }

    private static Alignment trace(double score, int end, int length, byte[][] steps) {
        int[] first = new int[length];
        int[] last = new int[length];
        Arrays.fill(last, -1);
        int state = end;
        for (int t = steps.length - 1; t >= 0; t--) {
            if (isCharacter(state)) {
                first[state / 2] = t;
                last[state / 2] = Math.max(last[state / 2], t);
            }
            state -= steps[t][state];
        }
        return new Alignment(score, first, last);
    }
}
