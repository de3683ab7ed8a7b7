package ink.neural.decoding;

/**
 * Constants of the decoder that were tuned together with one network.
 *
 * @param dictionaryWeight factor of the dictionary's log-likelihood ratio, at least 0
 * @param dictionaryShare probability that a word of a text is one of the dictionary, in [0, 1)
 * @param letterCost negative log-probability of a letter in a word that is not in the dictionary, at least 0
 * @param dictionaryTemperature divisor of the scores before they become probabilities, above 0, where the dictionary is
 *     consulted (Guo et al. 2017, "On Calibration of Modern Neural Networks"); its score makes them more certain
 * @param temperature the divisor where it is not
 */
public record DecoderParameters(
        double dictionaryWeight,
        double dictionaryShare,
        double letterCost,
        double dictionaryTemperature,
        double temperature) {
    /** A start for tuning. */
    public static final DecoderParameters DEFAULT = new DecoderParameters(0.5, 0.8, 4.5, 1, 1);

    /**
     * Checks the ranges.
     *
     * @param dictionaryWeight factor of the dictionary's log-likelihood ratio
     * @param dictionaryShare probability that a word of a text is one of the dictionary
     * @param letterCost negative log-probability of a letter in a word that is not in the dictionary
     * @param dictionaryTemperature divisor of the scores with the dictionary
     * @param temperature divisor of the scores without it
     * @throws IllegalArgumentException if a constant is out of its range
     */
    public DecoderParameters {
        if (!(dictionaryWeight >= 0
                && dictionaryShare >= 0
                && dictionaryShare < 1
                && letterCost >= 0
                && dictionaryTemperature > 0
                && temperature > 0)) {
            throw new IllegalArgumentException("a constant of the decoder is out of its range");
        }
    }

    /**
     * The same for frames whose probabilities need no calibration.
     *
     * @return these constants with temperatures of 1
     */
    public DecoderParameters uncalibrated() {
        return new DecoderParameters(dictionaryWeight, dictionaryShare, letterCost, 1, 1);
    }
}
