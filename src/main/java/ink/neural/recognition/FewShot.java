package ink.neural.recognition;

import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How a model's answers are adapted to a person's hand, see {@link Hand}.
 *
 * @param output name of the output with a glyph's features
 * @param size the number of features
 * @param noise the variance of one person's drawings of a character, above 0
 * @param dimensions how many independent features those of a glyph amount to, above 0
 * @param novelty the probability of a character that the network does not know, before its examples have been seen, if the
 *     legibility is 0.5; it is multiplied by the odds that the glyph is none of the known characters; above 0
 * @param labels how people write each character
 * @param other how people write any other character
 */
public record FewShot(
        String output,
        int size,
        double noise,
        double dimensions,
        double novelty,
        Map<String, Normal> labels,
        Normal other) {
    /** The most features. Clients keep them, and send them with each example. */
    static final int MAX_SIZE = 64;

    /**
     * The normal distribution of the mean features of one person's drawings of a character.
     *
     * @param mean the mean over people
     * @param variance the part of the variance that no other character shares, above 0
     * @param factors how far the character follows each of the ways in which all characters of a person differ from the mean
     */
    public record Normal(byte[] mean, double variance, double[] factors) {
        /** The variance that the character shares with another. */
        double shared(Normal another) {
            double sum = 0;
            for (int i = 0; i < factors.length; i++) {
                sum += factors[i] * another.factors[i];
            }
            return sum;
        }
    }

    /** How people write a character. */
    Normal of(String label) {
        return labels.getOrDefault(label, other);
    }

    boolean isSound() {
        return size <= MAX_SIZE
                && DoubleStream.of(size, noise, dimensions, novelty).allMatch(constant -> constant > 0)
                && Stream.concat(labels.values().stream(), Stream.of(other)).allMatch(this::isSound);
    }

    private boolean isSound(Normal normal) {
        return normal.mean().length == size
                && normal.variance() > 0
                && normal.factors().length == other.factors().length;
    }
}
