package ink.neural.decoding;

import java.util.Arrays;
import java.util.BitSet;

/**
 * For each frame and each state of an automaton, the log-probability of the best path through the remaining frames to
 * acceptance: the Viterbi algorithm, backwards. It makes the beam search prefer prefixes that can still be completed, as
 * the heuristic does in A*. The paths ignore that two equal letters need a blank between them, and that a letter which
 * lasts several frames must stay the same, so the values are upper bounds.
 */
final class Lookahead {
    private static final float IMPOSSIBLE = Float.NEGATIVE_INFINITY;

    private final Nfa nfa;
    private final float[][] values;
    private final float[] best;

    Lookahead(Nfa nfa, float[][] logProbabilities) {
        this.nfa = nfa;
        int frames = logProbabilities.length;
        values = new float[frames + 1][nfa.size()];
        Arrays.fill(values[frames], IMPOSSIBLE);
        values[frames][nfa.size() - 1] = 0;
        skip(values[frames]);
        best = new float[frames + 1];
        // The best score from a frame on if the state's symbol is being read in this frame.
        float[] reading = new float[nfa.size()];
        Arrays.fill(reading, IMPOSSIBLE);
        for (int t = frames - 1; t >= 0; t--) {
            step(logProbabilities[t], reading, values[t + 1], values[t]);
            best[t] = max(values[t]);
        }
    }

    float value(int frame, int state) {
        return values[frame][state];
    }

    /** The largest value of any state. */
    float best(int frame) {
        return best[frame];
    }

    private static float max(float[] values) {
        float max = IMPOSSIBLE;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private void step(float[] logProbabilities, float[] reading, float[] after, float[] now) {
        float[] best = bestOfClasses(logProbabilities);
        float blank = logProbabilities[Alphabet.BLANK];
        for (int state = 0; state < now.length; state++) {
            now[state] = nfa.reads(state) || nfa.accepts(state) ? blank + after[state] : IMPOSSIBLE;
            if (nfa.reads(state)) {
                reading[state] = best[nfa.symbolClass(state)] + Math.max(reading[state], after[nfa.next(state)]);
                now[state] = Math.max(now[state], reading[state]);
            }
        }
        skip(now);
    }

    /** The most probable symbol's log-probability for each class. */
    private float[] bestOfClasses(float[] logProbabilities) {
        float[] best = new float[nfa.classes().size()];
        for (int i = 0; i < best.length; i++) {
            best[i] = IMPOSSIBLE;
            BitSet symbols = nfa.classes().get(i);
            for (int symbol = symbols.nextSetBit(0); symbol >= 0; symbol = symbols.nextSetBit(symbol + 1)) {
                best[i] = Math.max(best[i], logProbabilities[symbol]);
            }
        }
        return best;
    }

    /**
     * Gives states that do not read the best value they lead to. States lead forward, except that the end of a repeated
     * part leads back to its start. A second pass is enough for these: after one step back everything in the part lies
     * ahead, and leaving the part and going back in a larger one never needs the first step.
     */
    private void skip(float[] values) {
        for (int pass = 0; pass < 2; pass++) {
            for (int state = values.length - 2; state >= 0; state--) {
                if (!nfa.reads(state)) {
                    values[state] = Math.max(values[state], values[nfa.next(state)]);
                    if (nfa.other(state) != Nfa.NONE) {
                        values[state] = Math.max(values[state], values[nfa.other(state)]);
                    }
                }
            }
        }
    }
}
