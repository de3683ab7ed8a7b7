package ink.neural.text;

import ink.neural.decoding.Alphabet;
import java.util.List;

/**
 * The kinds of fields on forms. The characters of a field are mostly digits, or capitals, or small letters, so each tells what the
 * others may be: of 0 and O, the digit is likelier beside other digits. The kind of a field is a hidden variable, over which the
 * likelihoods are summed (a naive Bayes mixture). No character is ruled out.
 */
final class FieldKinds {
    /** The share of characters of a field that are not of its kind. */
    private static final double STRAY = 0.02;
    /** How much rarer punctuation marks are in a field of one kind than in any text. */
    private static final double PUNCTUATION = 0.1;

    /** The kinds: any characters, digits, capitals, small letters, and a name with one capital. */
    private static final double[] PRIORS = {0.2, 0.4, 0.2, 0.1, 0.1};

    private static final int ANY = 0;
    private static final int DIGITS = 1;
    private static final int CAPITALS = 2;
    private static final int NAME = 4;

    private final Alphabet alphabet;

    FieldKinds(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    /**
     * Weighs the characters of a field by what the others are.
     *
     * @param field the probability of each symbol, for each character of the field; they are changed
     */
    void weigh(List<double[]> field) {
        double[][] factors = new double[field.size()][];
        double[] logLikelihoods = new double[PRIORS.length];
        for (int i = 0; i < field.size(); i++) {
            factors[i] = likelihoods(field.get(i), i);
            for (int kind = 0; kind < PRIORS.length; kind++) {
                logLikelihoods[kind] += Math.log(factors[i][kind]);
            }
        }
        for (int i = 0; i < field.size(); i++) {
            weigh(field.get(i), i, posterior(logLikelihoods, factors[i]));
        }
    }

    /** How likely a character is in a field of each kind, relative to any text. */
    private double[] likelihoods(double[] probabilities, int place) {
        double[] likelihoods = new double[PRIORS.length];
        for (int kind = 0; kind < PRIORS.length; kind++) {
            for (int symbol = 1; symbol < probabilities.length; symbol++) {
                likelihoods[kind] += probabilities[symbol] * factor(kind, place, symbol);
            }
        }
        return likelihoods;
    }

    /** The probability of each kind, given all characters of the field but one. */
    private static double[] posterior(double[] logLikelihoods, double[] one) {
        double[] posterior = new double[PRIORS.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int kind = 0; kind < PRIORS.length; kind++) {
            posterior[kind] = Math.log(PRIORS[kind] / one[kind]) + logLikelihoods[kind];
            most = Math.max(most, posterior[kind]);
        }
        for (int kind = 0; kind < PRIORS.length; kind++) {
            posterior[kind] = Math.exp(posterior[kind] - most);
        }
        return posterior;
    }

    private void weigh(double[] probabilities, int place, double[] posterior) {
        double sum = 0;
        for (int symbol = 1; symbol < probabilities.length; symbol++) {
            double weight = 0;
            for (int kind = 0; kind < PRIORS.length; kind++) {
                weight += posterior[kind] * factor(kind, place, symbol);
            }
            probabilities[symbol] *= weight;
            sum += probabilities[symbol];
        }
        for (int symbol = 1; symbol < probabilities.length; symbol++) {
            probabilities[symbol] /= sum;
        }
    }

    /** How much likelier a symbol is in a field of a kind than in any text. */
    private double factor(int kind, int place, int symbol) {
        char c = alphabet.character(symbol);
        if (kind == ANY) {
            return 1;
        }
        if (!isDigit(c) && !isCapital(c) && !isSmall(c)) {
            return PUNCTUATION;
        }
        boolean fits = kind == DIGITS
                ? isDigit(c)
                : kind == CAPITALS || kind == NAME && place == 0 ? isCapital(c) : isSmall(c);
        double members = kind == DIGITS ? 10 : 26;
        return STRAY + (fits ? (1 - STRAY) * 62 / members : 0);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }
}
