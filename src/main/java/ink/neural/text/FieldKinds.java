package ink.neural.text;

import ink.neural.decoding.Alphabet;
import java.util.List;

/**
 * The kinds of fields on forms. The characters of a field are mostly of one kind: digits, capitals or small letters. So each tells
 * what the others may be. Of 0 and O, the digit is likelier beside other digits. The kind of a field is a hidden variable, over which the
 * likelihoods are summed (a naive Bayes mixture). No character is ruled out.
 */
final class FieldKinds {
    /** The share of characters of a field that are not of its kind. */
    private static final double STRAY = 0.1;
    /** How much rarer punctuation marks are in a field of one kind than in any text. */
    private static final double PUNCTUATION = 0.1;

    /** What the letters and digits of a field have in common, and how many such fields there are. */
    private enum Kind {
        ANY(0.15, 62),
        DIGITS(0.35, 10),
        CAPITALS(0.2, 26),
        SMALL_LETTERS(0.1, 26),
        /** One capital and small letters. */
        NAME(0.1, 26),
        /** Capitals and digits. */
        CODE(0.1, 36);

        private final double prior;
        private final int members;

        Kind(double prior, int members) {
            this.prior = prior;
            this.members = members;
        }

        boolean has(char c, int place) {
            return switch (this) {
                case ANY -> true;
                case DIGITS -> isDigit(c);
                case CAPITALS -> isCapital(c);
                case SMALL_LETTERS -> isSmall(c);
                case NAME -> place == 0 ? isCapital(c) : isSmall(c);
                case CODE -> isCapital(c) || isDigit(c);
            };
        }

        /** How much likelier a character is in a field of this kind than in any text. */
        double factor(char c, int place) {
            if (this == ANY) {
                return 1;
            }
            if (!isDigit(c) && !isCapital(c) && !isSmall(c)) {
                return PUNCTUATION;
            }
            return STRAY + (has(c, place) ? (1 - STRAY) * ANY.members / members : 0);
        }
    }

    private static final Kind[] KINDS = Kind.values();

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
        double[] logLikelihoods = new double[KINDS.length];
        for (int i = 0; i < field.size(); i++) {
            factors[i] = likelihoods(field.get(i), i);
            for (int kind = 0; kind < KINDS.length; kind++) {
                logLikelihoods[kind] += Math.log(factors[i][kind]);
            }
        }
        for (int i = 0; i < field.size(); i++) {
            weigh(field.get(i), i, posterior(logLikelihoods, factors[i]));
        }
    }

    /** How likely a character is in a field of each kind, relative to any text. */
    private double[] likelihoods(double[] probabilities, int place) {
        double[] likelihoods = new double[KINDS.length];
        for (int kind = 0; kind < KINDS.length; kind++) {
            for (int symbol = 1; symbol < probabilities.length; symbol++) {
                likelihoods[kind] += probabilities[symbol] * KINDS[kind].factor(alphabet.character(symbol), place);
            }
        }
        return likelihoods;
    }

    /** The probability of each kind, given all characters of the field but one. */
    private static double[] posterior(double[] logLikelihoods, double[] one) {
        double[] posterior = new double[KINDS.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int kind = 0; kind < KINDS.length; kind++) {
            posterior[kind] = Math.log(KINDS[kind].prior / one[kind]) + logLikelihoods[kind];
            most = Math.max(most, posterior[kind]);
        }
        for (int kind = 0; kind < KINDS.length; kind++) {
            posterior[kind] = Math.exp(posterior[kind] - most);
        }
        return posterior;
    }

    private void weigh(double[] probabilities, int place, double[] posterior) {
        double sum = 0;
        for (int symbol = 1; symbol < probabilities.length; symbol++) {
            double weight = 0;
            for (int kind = 0; kind < KINDS.length; kind++) {
                weight += posterior[kind] * KINDS[kind].factor(alphabet.character(symbol), place);
            }
            probabilities[symbol] *= weight;
            sum += probabilities[symbol];
        }
        for (int symbol = 1; symbol < probabilities.length; symbol++) {
            probabilities[symbol] /= sum;
        }
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
