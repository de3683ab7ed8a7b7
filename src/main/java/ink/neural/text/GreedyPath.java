package ink.neural.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The most likely path through a network's frames, and the characters on it: equal outputs in a row are one character, and
 * blanks are none.
 *
 * @param outputs the output of each character
 * @param frames the frame in which each character is most likely
 * @param logProbability of the path
 */
record GreedyPath(List<Integer> outputs, List<Integer> frames, double logProbability) {
    static GreedyPath through(float[][] logProbabilities) {
        List<Integer> outputs = new ArrayList<>();
        List<Integer> frames = new ArrayList<>();
        double sum = 0;
        int previous = TextModel.BLANK;
        for (int frame = 0; frame < logProbabilities.length; frame++) {
            float[] row = logProbabilities[frame];
            int best = mostLikely(row);
            sum += row[best];
            if (best != TextModel.BLANK && best != previous) {
                outputs.add(best);
                frames.add(frame);
            } else if (best != TextModel.BLANK && row[best] > logProbabilities[last(frames)][best]) {
                frames.set(frames.size() - 1, frame);
            }
            previous = best;
        }
        return new GreedyPath(outputs, frames, sum);
    }

    private static int last(List<Integer> frames) {
        return frames.get(frames.size() - 1);
    }

    private static int mostLikely(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    /** The mean log probability of the path for each character on it. */
    double perCharacter() {
        return logProbability / Math.max(1, outputs.size());
    }
}
