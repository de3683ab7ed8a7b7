package ink.neural.recognition;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One person's handwriting, known from labelled examples, and the model's answers adapted to it.
 *
 * <p>All people's drawings of a character have features around a mean, and one person's around a mean of their own. How far the
 * means of a person differ from those of all people is normally distributed, and the differences of several characters are
 * correlated: who slants an a slants a d. So the examples tell where the person's drawings of each character are to be expected,
 * also of those without examples (S. J. D. Prince and J. H. Elder, Probabilistic Linear Discriminant Analysis, ICCV 2007). The
 * network's probability of a character is multiplied by how much more likely the glyph is for this person than for anybody.
 */
public final class Hand {
    /** Keeps the logarithm of a probability finite. */
    private static final double MIN_PROBABILITY = 1e-300;

    private static final double MIN_LEGIBILITY = 1e-9;
    /** The legibility of a glyph of which nothing is known. */
    private static final double EVEN = 0.5;

    private final FewShot step;
    /** How many of the labels the model knows. They come first. */
    private final int known;

    private final Labels labels;
    private final Set<String> taught;
    private final Estimate anybody;
    private final Estimate person;

    Hand(FewShot step, Labels known, List<Example> examples) {
        Map<String, List<Example>> byLabel = examples.stream().collect(groupingBy(Example::label));
        this.step = step;
        this.known = known.size();
        this.labels = known.and(examples.stream().map(Example::label));
        this.taught = byLabel.keySet();
        this.anybody = new Estimate(step, labels);
        this.person = new Estimate(step, labels);
        byLabel.forEach((label, own) -> person.learn(labels.characters().indexOf(label), own));
    }

    /**
     * The characters that the model knows, and those that it does not know but has examples of.
     *
     * @return the model's labels, followed by the others
     */
    public Labels labels() {
        return labels;
    }

    /**
     * Adapts the verdict on a glyph to this hand.
     *
     * @param recognition the verdict of a model that tells features
     * @return the verdict on all {@link #labels}
     */
    public Recognition adapt(Recognition recognition) {
        byte[] features = recognition.features().orElseThrow();
        double[] network = recognition.probabilities();
        double unknown = probabilityOfUnknown(recognition.legibility().orElse(EVEN));
        double[] scores = new double[labels.size()];
        double ofExamples = 0;
        for (int i = 0; i < scores.length; i++) {
            double probability = i < known ? network[i] : unknown;
            scores[i] = Math.log(Math.max(probability, MIN_PROBABILITY))
                    + person.logDensity(i, features)
                    - anybody.logDensity(i, features);
            if (taught.contains(labels.characters().get(i))) {
                ofExamples += Math.max(0, Math.exp(scores[i]) - (i < known ? network[i] : 0));
            }
        }
        return new Recognition(
                labels, scores, legibility(recognition, ofExamples), recognition.route(), recognition.features());
    }

    /** A glyph that is hardly one of the characters that the network knows is the more likely another. */
    private double probabilityOfUnknown(double legibility) {
        return Math.min(1, step.novelty() * (1 - legibility) / Math.max(legibility, MIN_LEGIBILITY));
    }

    /** What resembles an example is a character, whatever the network thinks of it. */
    private static OptionalDouble legibility(Recognition recognition, double ofExamples) {
        return recognition.legibility().stream()
                .map(legible -> 1 - (1 - legible) / (1 + ofExamples))
                .findFirst();
    }

    /** What is known of the mean features of each character, as a joint normal distribution. */
    private static final class Estimate {
        private final FewShot step;
        private final double[][] means;
        private final double[][] covariance;

        /** What is known of anybody. */
        Estimate(FewShot step, Labels labels) {
            List<FewShot.Normal> normals =
                    labels.characters().stream().map(step::of).toList();
            this.step = step;
            means = normals.stream()
                    .map(normal -> average(List.of(normal.mean())))
                    .toArray(double[][]::new);
            covariance = new double[normals.size()][normals.size()];
            for (int i = 0; i < covariance.length; i++) {
                for (int j = 0; j < covariance.length; j++) {
                    covariance[i][j] = normals.get(i).shared(normals.get(j));
                }
                covariance[i][i] += normals.get(i).variance();
            }
        }

        /** The update of a Kalman filter. */
        void learn(int character, List<Example> examples) {
            double[] row = covariance[character].clone();
            double[] surprise = average(examples.stream().map(Example::features).toList());
            add(-1, means[character], surprise);
            double variance = row[character] + step.noise() / examples.size();
            for (int i = 0; i < row.length; i++) {
                if (row[i] != 0) { // 500 characters that the model does not know have nothing in common
                    double gain = row[i] / variance;
                    add(gain, surprise, means[i]);
                    add(-gain, row, covariance[i]);
                }
            }
        }

        /** How likely the features are for a drawing of a character, but for a common constant. */
        double logDensity(int character, byte[] features) {
            double variance = covariance[character][character] + step.noise();
            double distance = 0;
            for (int k = 0; k < features.length; k++) {
                double difference = features[k] - means[character][k];
                distance += difference * difference;
            }
            return -(distance / variance + step.dimensions() * Math.log(variance)) / 2;
        }

        private static double[] average(List<byte[]> features) {
            double[] average = new double[features.get(0).length];
            for (byte[] values : features) {
                for (int k = 0; k < average.length; k++) {
                    average[k] += (double) values[k] / features.size();
                }
            }
            return average;
        }

        private static void add(double factor, double[] values, double[] sums) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += factor * values[k];
            }
        }
    }
}
