package ink.neural.decoding;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The words that a text may consist of, one of them or several with single spaces between them. A word may contain
 * spaces itself.
 */
public final class WordList {
    /** The most words of a list. */
    public static final int MAX_WORDS = 5000;

    /** The most characters of a word. */
    public static final int MAX_WORD_LENGTH = 40;

    private final List<String> words;
    private final Trie trie;

    /** For each node of the trie, how many more characters a word needs at least. */
    private final int[] remaining;

    /**
     * Makes a list.
     *
     * @param words from 1 to {@link #MAX_WORDS} words of 1 to {@link #MAX_WORD_LENGTH} characters; words twice are
     *     counted once, and a word with a character that the network does not know is never found
     * @throws IllegalArgumentException if there are too few or too many words, or a word is too long or empty
     */
    public WordList(Collection<String> words) {
        if (words.isEmpty() || words.size() > MAX_WORDS) {
            throw new IllegalArgumentException("A list of words has from 1 to " + MAX_WORDS + " of them.");
        }
        if (words.stream().anyMatch(word -> word.isEmpty() || word.length() > MAX_WORD_LENGTH)) {
            throw new IllegalArgumentException("A word has from 1 to " + MAX_WORD_LENGTH + " characters.");
        }
        this.words = words.stream().sorted().distinct().toList();
        trie = new Trie(this.words);
        remaining = new int[trie.size()];
        for (int node = trie.size() - 1; node >= 0; node--) {
            remaining[node] = trie.word(node) != Trie.NONE
                    ? 0
                    : 1
                            + IntStream.range(trie.firstChild(node), trie.endOfChildren(node))
                                    .map(child -> remaining[child])
                                    .min()
                                    .orElseThrow();
        }
    }

    List<String> words() {
        return words;
    }

    /** The state before the text. */
    Acceptor start(Alphabet alphabet, float[][] logProbabilities) {
        Lookahead lookahead = new Lookahead(anyCharacters(alphabet), logProbabilities);
        return new State(alphabet, lookahead, new int[] {Trie.ROOT}, remaining[Trie.ROOT]);
    }

    /** The automaton of any text with at least {@link #MAX_WORD_LENGTH} characters. */
    private static Nfa anyCharacters(Alphabet alphabet) {
        BitSet any = new BitSet();
        any.set(1, alphabet.size());
        Nfa nfa = new Nfa();
        for (int i = 0; i < MAX_WORD_LENGTH; i++) {
            nfa.read(any);
        }
        int fork = nfa.skip();
        nfa.read(any);
        nfa.fork(nfa.skip(), fork + 1);
        nfa.fork(fork, nfa.size());
        nfa.skip();
        return nfa;
    }

    /** The nodes that the text leads to. There are several if words contain spaces. */
    private final class State implements Acceptor {
        private final Alphabet alphabet;
        private final Lookahead lookahead;
        private final int[] nodes;
        private final int needed;

        /** @param needed how many more characters the text needs at least */
        State(Alphabet alphabet, Lookahead lookahead, int[] nodes, int needed) {
            this.alphabet = alphabet;
            this.lookahead = lookahead;
            this.nodes = nodes;
            this.needed = needed;
        }

        @Override
        public Acceptor next(int symbol) {
            char character = alphabet.character(symbol);
            int[] next = new int[nodes.length + 1];
            int count = 0;
            int shortest = Integer.MAX_VALUE;
            for (int node : nodes) {
                int child = trie.child(node, character);
                if (child != Trie.NONE) {
                    next[count++] = child;
                    shortest = Math.min(shortest, remaining[child]);
                }
            }
            if (character == ' ' && accepts()) {
                next[count++] = Trie.ROOT;
                shortest = Math.min(shortest, remaining[Trie.ROOT]);
            }
            return count == 0 ? null : new State(alphabet, lookahead, Arrays.copyOf(next, count), shortest);
        }

        @Override
        public boolean accepts() {
            return needed == 0;
        }

        @Override
        public double lookahead(int frame) {
            return lookahead.value(frame, MAX_WORD_LENGTH - needed);
        }

        @Override
        public double bestLookahead(int frame) {
            return lookahead.best(frame);
        }
    }
}
