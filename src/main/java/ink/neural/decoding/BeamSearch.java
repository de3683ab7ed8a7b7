package ink.neural.decoding;

import java.util.List;

/**
 * CTC prefix beam search (Hannun et al. 2014, "First-Pass Large Vocabulary Continuous Speech Recognition using
 * Bi-Directional Recurrent DNNs"). It reads frame by frame and keeps the best prefixes, each with the probability of all
 * its paths. A language model and an automaton read the prefixes beside it.
 */
final class BeamSearch {
    private static final int WIDEST = 48;
    private static final int NARROWEST = 12;

    /** The beam of a long line is narrower, so that all frames together keep no more prefixes than this. */
    private static final int MOST_PREFIXES = 12_000;

    /** Without an automaton, symbols this far below the best one of a frame are ignored. */
    private static final double SYMBOL_THRESHOLD = 10;

    /** A symbol this probable in the next frame may last on. */
    private static final double LASTING = -3;

    private static final int LONGEST_LASTING = 8;

    private final Alphabet alphabet;
    private final float[][] frames;
    private final LanguageModel language;
    private final int[] symbols;
    private Beam beam;
    private Beam next;

    BeamSearch(Alphabet alphabet, float[][] frames, LanguageModel language) {
        this.alphabet = alphabet;
        this.frames = frames;
        this.language = language;
        this.symbols = new int[alphabet.size()];
        int width = Math.max(NARROWEST, Math.min(WIDEST, MOST_PREFIXES / Math.max(1, frames.length)));
        this.beam = new Beam(width);
        this.next = new Beam(width);
    }

    /** Returns the prefixes after the last frame, best first. */
    List<Prefix> run(Acceptor acceptor, LanguageModel.State state) {
        Prefix empty = new Prefix(null, Alphabet.BLANK, acceptor, state);
        empty.blank = 0;
        empty.total = 0;
        empty.inBeam = true;
        beam.offer(empty);
        for (int t = 0; t < frames.length; t++) {
            advance(t, acceptor == Acceptor.ANY ? SYMBOL_THRESHOLD : Double.POSITIVE_INFINITY);
        }
        return beam.prefixes();
    }

    /** The probability of the paths that left the beam. */
    double dropped() {
        return beam.dropped() + next.dropped();
    }

    private void advance(int t, double threshold) {
        int count = select(frames[t], threshold);
        for (Prefix prefix : beam.prefixes()) {
            stay(prefix, t);
        }
        for (Prefix prefix : beam.prefixes()) {
            extend(prefix, count, t);
        }
        beam.prefixes().forEach(prefix -> prefix.inBeam = false);
        for (Prefix prefix : next.prefixes()) {
            prefix.inBeam = true;
            prefix.link();
            prefix.advance();
        }
        beam.clear();
        Beam free = beam;
        beam = next;
        next = free;
    }

    /** Puts the symbols worth a try into the array, most probable first. Returns their number. */
    private int select(float[] frame, double threshold) {
        float max = frame[Alphabet.BLANK];
        for (float logProbability : frame) {
            max = Math.max(max, logProbability);
        }
        int count = 0;
        for (int symbol = 1; symbol < frame.length; symbol++) {
            if (frame[symbol] > LogProbability.ZERO && frame[symbol] >= max - threshold) {
                int i = count++;
                while (i > 0 && frame[symbols[i - 1]] < frame[symbol]) {
                    symbols[i] = symbols[--i];
                }
                symbols[i] = symbol;
            }
        }
        return count;
    }

    /** The frame shows a blank, or goes on with the prefix's last symbol, or starts it. */
    private void stay(Prefix prefix, int t) {
        float[] frame = frames[t];
        prefix.nextBlank = prefix.total + frame[Alphabet.BLANK];
        prefix.nextNonBlank = prefix.nonBlank + frame[prefix.symbol];
        if (prefix.parent != null && prefix.parent.inBeam) {
            start(prefix, prefix.parent.extendable(prefix.symbol) + frame[prefix.symbol], t);
        }
        prefix.score = score(prefix.acceptor, prefix.symbol, prefix.nextBlank, prefix.nextNonBlank, t + 1)
                + prefix.language.score();
        next.offer(prefix);
    }

    /** The frame starts a new symbol. Symbols are tried, the best one first, until none can reach the beam. */
    private void extend(Prefix prefix, int count, int t) {
        double bound = prefix.acceptor.bestLookahead(t + 1) + prefix.language.score() + language.bestGain();
        for (int i = 0; i < count && !next.rejects(prefix.total + frames[t][symbols[i]] + bound); i++) {
            double path = prefix.extendable(symbols[i]) + frames[t][symbols[i]];
            if (!next.rejects(path + bound) && !isStraySpace(prefix, symbols[i])) {
                extend(prefix, symbols[i], path, t);
            }
        }
    }

    private void extend(Prefix prefix, int symbol, double path, int t) {
        Prefix child = prefix.child(symbol);
        if (child != null && child.inBeam) {
            return; // it has taken these paths in when it stayed
        }
        Acceptor acceptor = child != null ? child.acceptor : prefix.acceptor.next(symbol);
        if (acceptor == null) {
            return;
        }
        double score = score(acceptor, symbol, LogProbability.ZERO, path, t + 1);
        if (next.rejects(score + prefix.language.score() + language.bestGain())) {
            return;
        }
        if (child == null) {
            LanguageModel.State state = language.next(prefix.language, alphabet.character(symbol));
            child = new Prefix(prefix, symbol, acceptor, state);
        }
        child.nextBlank = LogProbability.ZERO;
        child.nextNonBlank = LogProbability.ZERO;
        child.score = score + child.language.score();
        start(child, path, t);
        next.offer(child);
    }

    private static void start(Prefix prefix, double path, int t) {
        prefix.nextNonBlank = LogProbability.add(prefix.nextNonBlank, path);
        if (path > prefix.emission) {
            prefix.emission = path;
            prefix.frame = t;
        }
    }

    private boolean isStraySpace(Prefix prefix, int symbol) {
        return alphabet.character(symbol) == ' ' && (prefix.parent == null || alphabet.character(prefix.symbol) == ' ');
    }

    /** The log-probability of a prefix with the best that the frames from t on can add to it. */
    private double score(Acceptor acceptor, int symbol, double blank, double nonBlank, int t) {
        double best = LogProbability.add(blank, nonBlank) + acceptor.lookahead(t);
        if (acceptor != Acceptor.ANY) {
            double lasting = nonBlank;
            int end = Math.min(frames.length, t + LONGEST_LASTING);
            for (int u = t; u < end && (frames[u][symbol] > LASTING || best == LogProbability.ZERO); u++) {
                lasting += frames[u][symbol];
                best = Math.max(best, lasting + acceptor.lookahead(u + 1));
            }
        }
        return best;
    }
}
