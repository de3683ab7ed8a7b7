package ink.neural.decoding;

import ink.neural.decoding.Dictionary.Kind;

/**
 * Tells how much likelier the dictionary makes a text. Each word is taken to come from the dictionary with probability
 * s, or else to be spelt letter by letter, each letter with probability q. The score of a text is the sum over its words
 * of the log-likelihood ratio
 *
 * <pre>weight * log((1 - s) + s * P(word) / q^length)</pre>
 *
 * <p>An unfinished word is scored with the probability of all words that begin like it. Words consist of letters, and of
 * apostrophes where the dictionary has them. Everything else, and a word with a digit, is neutral: its score is 0, or
 * that of an unknown word if it began like one.
 */
final class LanguageModel {
    /** Where in a sentence the next word stands. */
    private enum Position {
        UNKNOWN,
        MIDDLE,
        /** After a full stop, an exclamation mark or a question mark. */
        AFTER_STOP,
        SENTENCE_START
    }

    /** How the letters of a word up to now are written. */
    private enum Casing {
        LOWER,
        /** One capital, which may start a capitalised word or one in capitals. */
        FIRST_CAPITAL,
        CAPITALISED,
        UPPER
    }

    /** The probabilities of small letters, a first capital and all capitals, for each kind of word. */
    private record CasingProbabilities(double[] lower, double[] capitalised, double[] upper) {
        private static final double[] NAME = {0.04, 0.90, 0.06};
        private static final double[] INITIALS = {0.02, 0.03, 0.95};
        static final CasingProbabilities UNKNOWN = of(new double[] {0.75, 0.20, 0.05}, NAME, INITIALS);
        static final CasingProbabilities MIDDLE = of(new double[] {0.93, 0.04, 0.03}, NAME, INITIALS);
        static final CasingProbabilities START = of(new double[] {0.05, 0.90, 0.05}, NAME, INITIALS);

        private static CasingProbabilities of(double[]... kinds) {
            double[][] byCasing = new double[3][kinds.length];
            for (int kind = 0; kind < kinds.length; kind++) {
                for (int casing = 0; casing < byCasing.length; casing++) {
                    byCasing[casing][kind] = kinds[kind][casing];
                }
            }
            return new CasingProbabilities(byCasing[0], byCasing[1], byCasing[2]);
        }

        double probability(Casing casing, Kind kind) {
            int k = kind.ordinal();
            return switch (casing) {
                case LOWER -> lower[k];
                case FIRST_CAPITAL -> capitalised[k] + upper[k];
                case CAPITALISED -> capitalised[k];
                case UPPER -> upper[k];
            };
        }
    }

    private static final int NO_WORD = -1;
    private static final int UNKNOWN_WORD = -2;
    private static final Kind[] KINDS = Kind.values();

    /**
     * What the model has to remember of a text.
     *
     * @param finished the score of the text up to the current word
     * @param score the score of the text with the current word as a beginning
     * @param node the dictionary's node for the current word, NO_WORD between words, or UNKNOWN_WORD
     * @param length the letters of the current word
     * @param casing how the current word is written
     * @param position where the current or next word stands
     */
    record State(double finished, double score, int node, int length, Casing casing, Position position) {
        private State between(double finished, Position position) {
            return new State(finished, finished, NO_WORD, 0, Casing.LOWER, position);
        }

        private State unknown(double score) {
            return new State(score, score, UNKNOWN_WORD, 0, casing, position);
        }
    }

    /** The state before a text of which nothing is known. */
    static final State NEUTRAL = new State(0, 0, NO_WORD, 0, Casing.LOWER, Position.UNKNOWN);

    /** Takes all texts to be equally likely. */
    static final LanguageModel NONE = new LanguageModel(null, new DecoderParameters(0, 0, 0, 1, 1));

    private final Dictionary dictionary;
    private final DecoderParameters parameters;
    private final double spelt;

    LanguageModel(Dictionary dictionary, DecoderParameters parameters) {
        this.dictionary = dictionary;
        this.parameters = parameters;
        this.spelt = weighted(0);
    }

    /** Returns the state after a text. Its score is 0, so that only what follows counts. */
    State start(String before) {
        State state = NEUTRAL;
        for (char c : before.toCharArray()) {
            state = next(state, c);
        }
        return new State(state.finished - state.score, 0, state.node, state.length, state.casing, state.position);
    }

    /** The most that one more character can add to a score: a letter that was certain after the letters before it. */
    double bestGain() {
        return parameters.dictionaryWeight() * parameters.letterCost();
    }

    State next(State state, char character) {
        if (dictionary == null) {
            return state;
        }
        if (isLetter(character)) {
            return letter(state, character);
        }
        if (character == '\'' && state.node >= 0) {
            int node = dictionary.trie().child(state.node, character);
            if (node != Trie.NONE) {
                return word(state, node, state.casing);
            }
        }
        if (character >= '0' && character <= '9') {
            return state.unknown(state.node >= 0 ? state.finished + spelt : state.score);
        }
        return state.between(end(state), position(state, character));
    }

    /** The score of a text that ends here. */
    double end(State state) {
        return state.node < 0 ? state.score : state.finished + score(state, true);
    }

    private State letter(State state, char letter) {
        if (state.node == UNKNOWN_WORD) {
            return state;
        }
        boolean capital = letter >= 'A' && letter <= 'Z';
        Casing casing =
                state.node == NO_WORD ? (capital ? Casing.FIRST_CAPITAL : Casing.LOWER) : casing(state.casing, capital);
        int parent = state.node == NO_WORD ? Trie.ROOT : state.node;
        int node = dictionary.trie().child(parent, capital ? (char) (letter - 'A' + 'a') : letter);
        return node == Trie.NONE || casing == null ? state.unknown(state.finished + spelt) : word(state, node, casing);
    }

    private State word(State state, int node, Casing casing) {
        State word = new State(state.finished, 0, node, state.length + 1, casing, state.position);
        return new State(word.finished, word.finished + score(word, false), node, word.length, casing, word.position);
    }

    /** The log-likelihood ratio of the current word, as a whole or as a beginning. */
    private double score(State state, boolean whole) {
        CasingProbabilities casings =
                switch (state.position) {
                    case UNKNOWN -> CasingProbabilities.UNKNOWN;
                    case MIDDLE, AFTER_STOP -> CasingProbabilities.MIDDLE;
                    case SENTENCE_START -> CasingProbabilities.START;
                };
        double probability = 0;
        for (Kind kind : KINDS) {
            double word = whole
                    ? dictionary.wordProbability(kind, state.node)
                    : dictionary.prefixProbability(kind, state.node);
            probability += word * casings.probability(state.casing, kind);
        }
        double ratio = probability * Math.exp(parameters.letterCost() * state.length);
        return weighted(ratio);
    }

    private double weighted(double ratio) {
        double share = parameters.dictionaryShare();
        return parameters.dictionaryWeight() * Math.log(1 - share + share * ratio);
    }

    /** The casing with one more letter, or null if it is none of them. */
    private static Casing casing(Casing casing, boolean capital) {
        return switch (casing) {
            case LOWER -> capital ? null : Casing.LOWER;
            case FIRST_CAPITAL -> capital ? Casing.UPPER : Casing.CAPITALISED;
            case CAPITALISED -> capital ? null : Casing.CAPITALISED;
            case UPPER -> capital ? Casing.UPPER : null;
        };
    }

    private static Position position(State state, char separator) {
        return switch (separator) {
            case '.', '!', '?' -> Position.AFTER_STOP;
            case ' ', '\n' ->
                state.position == Position.AFTER_STOP && state.node == NO_WORD
                                || state.position == Position.SENTENCE_START && state.node == NO_WORD
                        ? Position.SENTENCE_START
                        : Position.MIDDLE;
            case '"', '\'', '(' -> state.node == NO_WORD ? state.position : Position.MIDDLE;
            default -> Position.MIDDLE;
        };
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
