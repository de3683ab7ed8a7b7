package ink.neural.decoding;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs an NFA over many prefixes at once. A state of the deterministic automaton is the set of NFA states that a prefix
 * leads to. It is built when a prefix first leads to it, so their number is bounded by the work of the beam search.
 */
final class LazyDfa {
    private final Nfa nfa;
    private final Lookahead lookahead;
    private final int symbols;
    private final Map<BitSet, StateSet> sets = new HashMap<>();
    private final int[] stack;

    /** @param symbols the size of the alphabet */
    LazyDfa(Nfa nfa, float[][] logProbabilities, int symbols) {
        this.nfa = nfa;
        this.lookahead = new Lookahead(nfa, logProbabilities);
        this.symbols = symbols;
        this.stack = new int[nfa.size() + 1];
    }

    /** The state before the text. */
    Acceptor start() {
        return set(new int[] {0}, 1);
    }

    /** Returns the set of the states that can be reached from some states without reading. */
    private StateSet set(int[] entries, int count) {
        BitSet states = new BitSet(nfa.size());
        for (int i = 0; i < count; i++) {
            add(states, entries[i]);
        }
        return sets.computeIfAbsent(states, closure -> new StateSet(closure, Arrays.copyOf(entries, count)));
    }

    /** Adds a state and those that follow without reading. */
    private void add(BitSet states, int first) {
        int depth = 0;
        stack[depth++] = first;
        while (depth > 0) {
            int state = stack[--depth];
            while (state != Nfa.NONE && !states.get(state)) {
                states.set(state);
                if (nfa.reads(state) || nfa.accepts(state)) {
                    break;
                }
                if (nfa.other(state) != Nfa.NONE) {
                    stack[depth++] = nfa.other(state);
                }
                state = nfa.next(state);
            }
        }
    }

    private final class StateSet implements Acceptor {
        private final BitSet closure;

        /** States from which all others can be reached without reading. */
        private final int[] entries;

        private final StateSet[] successors = new StateSet[symbols];
        private final BitSet tried = new BitSet(symbols);
        private int cachedFrame = -1;
        private double cachedLookahead;

        StateSet(BitSet closure, int[] entries) {
            this.closure = closure;
            this.entries = entries;
        }

        @Override
        public Acceptor next(int symbol) {
            if (!tried.get(symbol)) {
                tried.set(symbol);
                successors[symbol] = successor(symbol);
            }
            return successors[symbol];
        }

        private StateSet successor(int symbol) {
            int[] next = new int[closure.cardinality()];
            int count = 0;
            for (int state = closure.nextSetBit(0); state >= 0; state = closure.nextSetBit(state + 1)) {
                if (nfa.reads(state, symbol)) {
                    next[count++] = nfa.next(state);
                }
            }
            return count == 0 ? null : set(next, count);
        }

        @Override
        public boolean accepts() {
            return closure.get(nfa.size() - 1);
        }

        @Override
        public double lookahead(int frame) {
            if (frame != cachedFrame) {
                cachedFrame = frame;
                cachedLookahead = LogProbability.ZERO;
                for (int entry : entries) {
                    cachedLookahead = Math.max(cachedLookahead, lookahead.value(frame, entry));
                }
            }
            return cachedLookahead;
        }

        @Override
        public double bestLookahead(int frame) {
            return lookahead.best(frame);
        }
    }
}
