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
    /** The frames whose lookahead a set remembers, more than the beam search looks ahead. */
    private static final int REMEMBERED = 16;

    private final Nfa nfa;
    private final Lookahead lookahead;

    /** The column of a symbol in the tables of successors. Symbols that no class of the NFA tells apart share one. */
    private final int[] column;

    private final int columns;
    private final Map<BitSet, StateSet> sets = new HashMap<>();
    private final int[] stack;

    /** @param symbols the size of the alphabet */
    LazyDfa(Nfa nfa, float[][] logProbabilities, int symbols) {
        this.nfa = nfa;
        this.lookahead = new Lookahead(nfa, logProbabilities);
        this.column = new int[symbols];
        this.columns = fillColumns();
        this.stack = new int[nfa.size() + 1];
    }

    private int fillColumns() {
        Map<BitSet, Integer> columnOfClasses = new HashMap<>();
        for (int symbol = 0; symbol < column.length; symbol++) {
            BitSet containing = new BitSet();
            for (int i = 0; i < nfa.classes().size(); i++) {
                containing.set(i, nfa.classes().get(i).get(symbol));
            }
            columnOfClasses.putIfAbsent(containing, columnOfClasses.size());
            column[symbol] = columnOfClasses.get(containing);
        }
        return columnOfClasses.size();
    }

    /** The state before the text. */
    Acceptor start() {
        return set(new int[] {0}, 1);
    }

    /** Returns the set of the states that can be reached from some states without reading. */
    private StateSet set(int[] entries, int count) {
        BitSet states = new BitSet(nfa.size());
        int needed = 0;
        for (int i = 0; i < count; i++) {
            if (!states.get(entries[i])) {
                add(states, entries[i]);
                entries[needed++] = entries[i];
            }
        }
        int[] starts = Arrays.copyOf(entries, needed);
        return sets.computeIfAbsent(states, closure -> new StateSet(closure, starts));
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

        private final StateSet[] successors = new StateSet[columns];
        private final BitSet tried = new BitSet(columns);
        private final int[] frames = new int[REMEMBERED];
        private final float[] lookaheads = new float[REMEMBERED];

        StateSet(BitSet closure, int[] entries) {
            this.closure = closure;
            this.entries = entries;
            Arrays.fill(frames, -1);
        }

        @Override
        public Acceptor next(int symbol) {
            int i = column[symbol];
            if (!tried.get(i)) {
                tried.set(i);
                successors[i] = successor(symbol);
            }
            return successors[i];
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
            int i = frame % REMEMBERED;
            if (frames[i] != frame) {
                frames[i] = frame;
                lookaheads[i] = Float.NEGATIVE_INFINITY;
                for (int entry : entries) {
                    lookaheads[i] = Math.max(lookaheads[i], lookahead.value(frame, entry));
                }
            }
            return lookaheads[i];
        }

        @Override
        public double bestLookahead(int frame) {
            return lookahead.best(frame);
        }
    }
}
