package ink.neural.decoding;

/** Sums of probabilities that are given as logarithms. */
public final class LogProbability {
    /** The logarithm of an impossible event's probability. */
    public static final double ZERO = Double.NEGATIVE_INFINITY;

    /** Below this difference the smaller summand does not matter. */
    private static final double NEGLIGIBLE = -30;

    private LogProbability() {}

    /**
     * Adds two probabilities.
     *
     * @param a the logarithm of one
     * @param b the logarithm of the other
     * @return log(exp(a) + exp(b))
     */
    public static double add(double a, double b) {
        double max = Math.max(a, b);
        double difference = Math.min(a, b) - max; // not a number if both are zero
        return difference > NEGLIGIBLE ? max + Math.log(1 + Math.exp(difference)) : max;
    }

    /** Makes some symbols impossible, and scales the others to a sum of 1. */
    static float[] restrict(float[] logProbabilities, boolean[] allowed) {
        double sum = ZERO;
        for (int symbol = 0; symbol < allowed.length; symbol++) {
            sum = allowed[symbol] ? add(sum, logProbabilities[symbol]) : sum;
        }
        float[] restricted = new float[allowed.length];
        for (int symbol = 0; symbol < allowed.length; symbol++) {
            restricted[symbol] = (float) (allowed[symbol] && sum > ZERO ? logProbabilities[symbol] - sum : ZERO);
        }
        return restricted;
    }
}
