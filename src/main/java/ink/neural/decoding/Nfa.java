package ink.neural.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A nondeterministic finite automaton after Thompson (1968, "Regular Expression Search Algorithm"), state by state in the
 * order of the expression. A state either reads a symbol of its class and goes on to the state after it, or goes on
 * without reading to one or two states. Only the end of a repeated part goes back, to the part's beginning. The last
 * state accepts.
 */
final class Nfa {
    static final int NONE = -1;

    private final List<BitSet> classes = new ArrayList<>();
    private int[] symbolClass = new int[16];
    private int[] next = new int[16];
    private int[] other = new int[16];
    private int size;

    /** Adds a state that reads a symbol of a class. */
    void read(BitSet symbols) {
        if (!classes.contains(symbols)) {
            classes.add(symbols);
        }
        add(classes.indexOf(symbols));
    }

    /** Adds a state that goes on without reading. */
    int skip() {
        add(NONE);
        return size - 1;
    }

    private void add(int index) {
        if (size == next.length) {
            symbolClass = Arrays.copyOf(symbolClass, 2 * size);
            next = Arrays.copyOf(next, 2 * size);
            other = Arrays.copyOf(other, 2 * size);
        }
        symbolClass[size] = index;
        next[size] = size + 1;
        other[size] = NONE;
        size++;
    }

    /** Lets a state that does not read go on to a second state as well. */
    void fork(int state, int second) {
        other[state] = second;
    }

    /** Lets a state that does not read go on to another state than the one after it. */
    void jump(int state, int target) {
        next[state] = target;
    }

    int size() {
        return size;
    }

    boolean reads(int state) {
        return symbolClass[state] != NONE;
    }

    boolean reads(int state, int symbol) {
        return reads(state) && classes.get(symbolClass[state]).get(symbol);
    }

    boolean accepts(int state) {
        return state == size - 1;
    }

    /** The distinct classes of symbols. */
    List<BitSet> classes() {
        return classes;
    }

    /** The index of the class that a reading state reads, or NONE. */
    int symbolClass(int state) {
        return symbolClass[state];
    }

    int next(int state) {
        return next[state];
    }

    /** The second state that follows a state that does not read, or NONE. */
    int other(int state) {
        return other[state];
    }
}
