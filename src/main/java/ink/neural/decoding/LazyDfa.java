package ink.neural.decoding;

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
        BitSet states = new BitSet(nfa.size());
        add(states, 0);
        return sets.computeIfAbsent(states, StateSet::new);
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
        /** The states that read or accept. */
        private final int[] states;

        private final StateSet[] successors = new StateSet[symbols];
        private final BitSet tried = new BitSet(symbols);
        private int cachedFrame = -1;
        private double cachedLookahead;

        StateSet(BitSet closure) {
            states = closure.stream()
                    .filter(state -> nfa.reads(state) || nfa.accepts(state))
                    .toArray();
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
            BitSet next = new BitSet(nfa.size());
            for (int state : states) {
                if (nfa.reads(state)
                        && nfa.classes().get(nfa.symbolClass(state)).get(symbol)) {
                    add(next, nfa.next(state));
                }
            }
            return next.isEmpty() ? null : sets.computeIfAbsent(next, StateSet::new);
        }

        @Override
        public boolean accepts() {
            return nfa.accepts(states[states.length - 1]);
        }

        @Override
        public double lookahead(int frame) {
            if (frame != cachedFrame) {
                cachedFrame = frame;
                cachedLookahead = Double.NEGATIVE_INFINITY;
                for (int state : states) {
                    cachedLookahead = Math.max(cachedLookahead, lookahead.value(frame, state));
                }
            }
            return cachedLookahead;
        }
    }
}
