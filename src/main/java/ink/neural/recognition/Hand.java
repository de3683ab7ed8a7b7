package ink.neural.recognition;

import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One person's handwriting, known from labelled examples, and the model's answers adapted to it.
 *
 * <p>Each example votes for its character, with a weight that falls with its distance from the glyph (a Gaussian kernel). The
 * votes count by the square root of the network's own probability, so they decide between characters that the network
 * confuses, and hardly count for one that it excludes. That of several examples of a character falls with their number.
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
    private final Map<String, List<Example>> examples;

    Hand(FewShot step, Labels known, List<Example> examples) {
        this.step = step;
        this.known = known.size();
        this.labels = known.and(examples.stream().map(Example::label));
        this.examples = examples.stream().collect(groupingBy(Example::label));
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
        double ofAll = 0;
        for (int i = 0; i < scores.length; i++) {
            List<Example> own = examples.getOrDefault(labels.characters().get(i), List.of());
            double everybodys = i < known ? network[i] : 0;
            double persons = own.isEmpty() ? 0 : votes(features, own, i < known ? network[i] : unknown);
            scores[i] = Math.log(Math.max(everybodys + persons, MIN_PROBABILITY));
            ofExamples += persons;
            ofAll += everybodys + persons;
        }
        return new Recognition(
                labels,
                scores,
                legibility(recognition, ofExamples / ofAll),
                recognition.route(),
                recognition.features());
    }

    /** A glyph that is hardly one of the characters that the network knows is the more likely another. */
    private double probabilityOfUnknown(double legibility) {
        return Math.min(1, step.novelty() * (1 - legibility) / Math.max(legibility, MIN_LEGIBILITY));
    }

    /** What resembles an example is a character, whatever the network thinks of it. */
    private static OptionalDouble legibility(Recognition recognition, double shareOfExamples) {
        return recognition.legibility().stream()
                .map(legible -> legible + (1 - legible) * shareOfExamples)
                .findFirst();
    }

    private double votes(byte[] features, List<Example> own, double probability) {
        double sum = 0;
        for (Example example : own) {
            sum += Math.exp(-squaredDistance(features, example.features()) / step.bandwidth());
        }
        return step.weight() * Math.sqrt(probability / own.size()) * sum;
    }

    private static int squaredDistance(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            int difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
