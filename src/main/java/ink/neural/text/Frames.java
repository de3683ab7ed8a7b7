package ink.neural.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the networks have read on a line, frame by frame.
 *
 * @param logProbabilities for each frame the log probability of the blank and of each character
 * @param columns for each frame the column of the picture in the middle of the character that is read there
 */
public record Frames(float[][] logProbabilities, double[] columns) {
    int count() {
        return columns.length;
    }

    /** The column in the middle of a character that is read in some consecutive frames. */
    double middle(int first, int last) {
        return (columns[first] + columns[last]) / 2;
    }

    /** The frames from one up to another, which is not included. */
    Frames between(int from, int to) {
        return new Frames(Arrays.copyOfRange(logProbabilities, from, to), Arrays.copyOfRange(columns, from, to));
    }

    /** The same frames, none of which lies outside two columns. */
    Frames clamped(double left, double right) {
        return new Frames(
                logProbabilities,
                Arrays.stream(columns)
                        .map(column -> Math.max(left, Math.min(right, column)))
                        .toArray());
    }

    Frames only(int frame) {
        return new Frames(new float[][] {logProbabilities[frame]}, new double[] {columns[frame]});
    }

    static Frames concatenated(List<Frames> parts) {
        List<float[]> logProbabilities = new ArrayList<>();
        parts.forEach(part -> logProbabilities.addAll(Arrays.asList(part.logProbabilities)));
        return new Frames(
                logProbabilities.toArray(float[][]::new),
                parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.columns))
                        .toArray());
    }
}
