package ink.neural.recognition;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a model makes of one glyph.
 *
 * @param labels the characters it tells apart
 * @param scores for each of them, its log probability up to a constant
 * @param legibility the probability that it is one of them at all, in [0, 1], if the model can tell
 */
public record Recognition(Labels labels, double[] scores, OptionalDouble legibility) {
    /**
     * The likeliest of all characters.
     *
     * @param count how many, at least 1
     * @return that many, or all there are, the likeliest first
     */
    public List<Prediction> top(int count) {
        return top(count, labels.all());
    }

    /**
     * The likeliest of some characters, taking it as certain that it is one of them.
     *
     * @param count how many, at least 1
     * @param classes the indices of the characters, at least one
     * @return that many, or all there are, the likeliest first; the confidences of all classes sum to 1
     */
    public List<Prediction> top(int count, int[] classes) {
        double[] probabilities = softmax(classes);
        return IntStream.range(0, classes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .limit(count)
                .map(i -> new Prediction(labels.characters().get(classes[i]), probabilities[i]))
                .toList();
    }

    private double[] softmax(int[] classes) {
        double highest = IntStream.of(classes).mapToDouble(i -> scores[i]).max().orElseThrow();
        double[] probabilities = IntStream.of(classes)
                .mapToDouble(i -> Math.exp(scores[i] - highest))
                .toArray();
        double sum = 0;
        for (double probability : probabilities) {
            sum += probability;
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
