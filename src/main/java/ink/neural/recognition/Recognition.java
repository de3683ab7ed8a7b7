package ink.neural.recognition;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A model's verdict on one glyph.
 *
 * @param labels the characters that the model knows
 * @param scores the log probability of each character, up to a common constant
 * @param legibility the probability that the glyph is a character at all, in [0, 1]; empty if the model cannot tell
 * @param route which networks of a cascade have read the glyph; empty if the model is no cascade
 * @param features what the network saw, as numbers that are close to each other for glyphs that look alike; empty if the model
 *     does not tell
 */
public record Recognition(
        Labels labels, double[] scores, OptionalDouble legibility, Optional<Route> route, Optional<byte[]> features) {
    /** A glyph's way through a cascade. */
    public enum Route {
        /** The first network was sure. */
        FIRST,
        /** The second network has read the glyph, too. */
        BOTH;

        /**
         * The route's name in metrics.
         *
         * @return {@code first} or {@code both}
         */
        public String metric() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Ranks all characters.
     *
     * @param count length of the ranking, at least 1
     * @return the {@code count} most likely characters, the most likely first
     */
    public List<Prediction> top(int count) {
        return top(count, labels.all());
    }

    /**
     * Ranks some characters, given that the glyph is one of them.
     *
     * @param count length of the ranking, at least 1
     * @param classes indices of the characters, at least one
     * @return the {@code count} most likely characters, the most likely first; the confidences of all {@code classes} sum to 1
     *     and approach each other if the glyph is hardly legible
     */
    public List<Prediction> top(int count, int[] classes) {
        double[] confidences = confidences(classes);
        return IntStream.range(0, classes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -confidences[i]))
                .limit(count)
                .map(i -> new Prediction(labels.characters().get(classes[i]), confidences[i]))
                .toList();
    }

    /**
     * The verdict in the light of further evidence, which is independent of the glyph.
     *
     * @param logLikelihoods how likely the evidence is for each character
     * @return the posterior
     */
    public Recognition with(double[] logLikelihoods) {
        double[] posterior = scores.clone();
        for (int i = 0; i < posterior.length; i++) {
            posterior[i] += logLikelihoods[i];
        }
        return new Recognition(labels, posterior, legibility, route, features);
    }

    /**
     * The probability of each character, given that the glyph is one of them.
     *
     * @return a number for each label; they sum to 1
     */
    public double[] probabilities() {
        return softmax(labels.all());
    }

    /** A glyph that is no character at all could stand for any of them. */
    private double[] confidences(int[] classes) {
        double legible = legibility.orElse(1);
        return DoubleStream.of(softmax(classes))
                .map(probability -> legible * probability + (1 - legible) / classes.length)
                .toArray();
    }

    private double[] softmax(int[] classes) {
        double max = IntStream.of(classes).mapToDouble(i -> scores[i]).max().orElseThrow();
        double[] probabilities = IntStream.of(classes)
                .mapToDouble(i -> Math.exp(scores[i] - max))
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
