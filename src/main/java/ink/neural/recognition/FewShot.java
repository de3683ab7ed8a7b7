package ink.neural.recognition;

/**
 * How a model's answers are adapted to a person's hand, see {@link Hand}. All constants are above 0.
 *
 * @param output name of the output with a glyph's features
 * @param size the number of features
 * @param weight the weight of an example that equals the glyph
 * @param bandwidth the squared distance at which the weight of an example has fallen to {@code 1/e}
 * @param novelty the probability of a character that the network does not know, before its examples have been seen, if the
 *     legibility is 0.5; it is multiplied by the odds that the glyph is none of the known characters
 */
public record FewShot(String output, int size, double weight, double bandwidth, double novelty) {
    /** The most features. Clients keep them, and send them with each example. */
    static final int MAX_SIZE = 64;
}
