package ink.neural.decoding;

/** The beginning of a text, with the probability of all paths through the frames up to now that spell it. */
final class Prefix {
    final Prefix parent;
    final int symbol;
    final int length;
    final Acceptor acceptor;
    final LanguageModel.State language;

    /** The longer prefixes that have been in the beam: the first of them, and the next one with the same parent. */
    private Prefix firstChild;

    private Prefix nextSibling;
    private boolean linked;
    boolean inBeam;

    /** Log-probability of the paths that end with a blank, and of those that end with the prefix's last symbol. */
    double blank = LogProbability.ZERO;

    double nonBlank = LogProbability.ZERO;

    /** Log-probability of both. */
    double total = LogProbability.ZERO;

    /** The same after the current frame, while other prefixes still need the values before it. */
    double nextBlank;

    double nextNonBlank;

    /** What the beam is sorted by. */
    double score;

    /** The frame in which the last symbol is most probably first read, and the log-probability that it is. */
    int frame;

    double emission = LogProbability.ZERO;

    Prefix(Prefix parent, int symbol, Acceptor acceptor, LanguageModel.State language) {
        this.parent = parent;
        this.symbol = symbol;
        this.length = parent == null ? 0 : parent.length + 1;
        this.acceptor = acceptor;
        this.language = language;
    }

    /** The log-probability of the paths that a symbol can be added to. Two equal symbols need a blank between them. */
    double extendable(int next) {
        return next == symbol ? blank : total;
    }

    void advance() {
        blank = nextBlank;
        nonBlank = nextNonBlank;
        total = LogProbability.add(blank, nonBlank);
    }

    /** Returns the prefix with one more symbol if it has been in the beam, or else null. */
    Prefix child(int next) {
        Prefix child = firstChild;
        while (child != null && child.symbol != next) {
            child = child.nextSibling;
        }
        return child;
    }

    /** Lets the parent find this prefix again. */
    void link() {
        if (parent != null && !linked) {
            linked = true;
            nextSibling = parent.firstChild;
            parent.firstChild = this;
        }
    }

    /** Returns a word as a prefix, or null if the automaton does not read it. */
    static Prefix of(String word, Alphabet alphabet, Acceptor start) {
        Prefix prefix = new Prefix(null, Alphabet.BLANK, start, LanguageModel.NEUTRAL);
        for (char character : word.toCharArray()) {
            int symbol = alphabet.symbol(character);
            Acceptor acceptor = symbol == Alphabet.BLANK ? null : prefix.acceptor.next(symbol);
            if (acceptor == null) {
                return null;
            }
            prefix = new Prefix(prefix, symbol, acceptor, LanguageModel.NEUTRAL);
        }
        return prefix;
    }

    String text(Alphabet alphabet) {
        StringBuilder text = new StringBuilder(length);
        for (int symbol : symbols()) {
            text.append(alphabet.character(symbol));
        }
        return text.toString();
    }

    /** The text's symbols. */
    int[] symbols() {
        int[] symbols = new int[length];
        Prefix prefix = this;
        for (int i = length - 1; i >= 0; i--) {
            symbols[i] = prefix.symbol;
            prefix = prefix.parent;
        }
        return symbols;
    }

    /** For each symbol, the frame in which it is most probably first read. */
    int[] frames() {
        int[] frames = new int[length];
        Prefix prefix = this;
        for (int i = length - 1; i >= 0; i--) {
            frames[i] = prefix.frame;
            prefix = prefix.parent;
        }
        return frames;
    }
}
