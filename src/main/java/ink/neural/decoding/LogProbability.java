package ink.neural.decoding;

/** Sums of probabilities that are given as logarithms. */
final class LogProbability {
    static final double ZERO = Double.NEGATIVE_INFINITY;

    /** Below this difference the smaller summand does not matter. */
    private static final double NEGLIGIBLE = -30;

    private LogProbability() {}

    /** Returns log(exp(a) + exp(b)). */
    static double add(double a, double b) {
        double max = Math.max(a, b);
        double difference = Math.min(a, b) - max;
        return difference > NEGLIGIBLE ? max + Math.log(1 + Math.exp(difference)) : max;
    }
}
