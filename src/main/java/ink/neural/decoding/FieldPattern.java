package ink.neural.decoding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a form field may contain, such as {@code [A-Z]{2}-[0-9]{4}}. The syntax is that of regular expressions with
 * literals, {@code .}, {@code [classes]}, {@code ?}, {@code *}, {@code +}, <code>{m}</code>, <code>{m,n}</code>,
 * {@code |}, {@code ( )}, {@code \} before an operator, and {@code \d} for a digit. A pattern always matches the whole
 * text.
 */
public final class FieldPattern {
    /** The longest pattern, in characters. */
    public static final int MAX_LENGTH = 200;

    private static final int MAX_REPEATS = 64;
    private static final int MAX_STATES = 1000;
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final String ANCHOR =
            "Leave out ^ and $: a pattern always matches the whole text. A dollar sign is written \\$.";
    private static final String NUMBERS =
            "Repeats are written like {4} or {1,3}, the smaller number first, " + MAX_REPEATS + " at most.";
    private static final String NOT_CLOSED = "This is never closed.";
    private static final String NOTHING_OPEN = "Nothing is open here that this could close.";
    private static final String OPERATORS = ".[](){}?*+|\\-^$";

    /** A part of a pattern. */
    private sealed interface Part {}

    private record Symbols(BitSet symbols) implements Part {}

    private record Sequence(List<Part> parts) implements Part {}

    private record Choice(Part first, Part second) implements Part {}

    private record Repeat(Part part, int min, int max, int position) implements Part {}

    private final String source;
    private final Alphabet alphabet;
    private final Nfa nfa = new Nfa();
    private int position;

    private FieldPattern(String source, Alphabet alphabet) {
        this.source = source;
        this.alphabet = alphabet;
    }

    /**
     * Compiles a pattern.
     *
     * @param pattern from 1 to {@link #MAX_LENGTH} characters
     * @param alphabet the characters that the network knows
     * @return the pattern
     * @throws InvalidPatternException if the pattern breaks the syntax, has a character that the network does not know,
     *     or has more than 1,000 states
     */
    public static FieldPattern compile(String pattern, Alphabet alphabet) {
        if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
            throw new InvalidPatternException(
                    Math.min(pattern.length(), MAX_LENGTH), "A pattern has from 1 to " + MAX_LENGTH + " characters.");
        }
        FieldPattern compiled = new FieldPattern(pattern, alphabet);
        compiled.emit(compiled.parse());
        compiled.nfa.skip();
        return compiled;
    }

    Nfa nfa() {
        return nfa;
    }

    /** Whether a character stands anywhere in the pattern. */
    boolean allows(char character) {
        return nfa.classes().stream().anyMatch(symbols -> symbols.get(alphabet.symbol(character)));
    }

    private Part parse() {
        Part part = choice();
        if (position < source.length()) {
            throw error(NOTHING_OPEN);
        }
        return part;
    }

    private Part choice() {
        Part first = sequence();
        return take('|') ? new Choice(first, choice()) : first;
    }

    private Part sequence() {
        List<Part> parts = new ArrayList<>();
        while (!isSequenceOver()) {
            parts.add(repeat(atom()));
        }
        return new Sequence(parts);
    }

    private boolean isSequenceOver() {
        return position == source.length() || peek() == '|' || peek() == ')';
    }

    private Part atom() {
        int start = position;
        char c = source.charAt(position++);
        return switch (c) {
            case '.' -> new Symbols(range(Character.MIN_VALUE, Character.MAX_VALUE));
            case '[' -> new Symbols(symbolClass());
            case '\\' -> new Symbols(escaped());
            case '(' -> group(start);
            case '?', '*', '+', '{' -> throw error(start, "There is nothing to repeat here.");
            case '^' -> throw error(start, ANCHOR);
            case '$' -> new Symbols(dollar(start));
            case ']', '}' -> throw error(start, NOTHING_OPEN);
            default -> new Symbols(literal(c, start));
        };
    }

    /** A dollar sign. At the end of a regular expression it would be an anchor. */
    private BitSet dollar(int start) {
        if (isSequenceOver()) {
            throw error(start, ANCHOR);
        }
        return literal('$', start);
    }

    private Part group(int start) {
        Part part = choice();
        if (!take(')')) {
            throw error(start, NOT_CLOSED);
        }
        return part;
    }

    private Part repeat(Part part) {
        int start = position;
        Part repeated = part;
        if (take('?')) {
            repeated = new Repeat(part, 0, 1, start);
        } else if (take('*')) {
            repeated = new Repeat(part, 0, UNLIMITED, start);
        } else if (take('+')) {
            repeated = new Repeat(part, 1, UNLIMITED, start);
        } else if (take('{')) {
            repeated = counted(part, start);
        }
        return repeated;
    }

    private Part counted(Part part, int start) {
        int min = number();
        int max = take(',') ? number() : min;
        if (!take('}')) {
            throw error(NUMBERS);
        }
        if (max < min || max > MAX_REPEATS) {
            throw error(start, NUMBERS);
        }
        return new Repeat(part, min, max, start);
    }

    private int number() {
        int start = position;
        int number = 0;
        while (position < source.length() && isDigit(peek())) {
            number = Math.min(1000, 10 * number + source.charAt(position++) - '0');
        }
        if (position == start) {
            throw error(NUMBERS);
        }
        return number;
    }

    private BitSet symbolClass() {
        int start = position - 1;
        BitSet symbols = new BitSet();
        if (take('^')) {
            throw error(position - 1, "[^...] is not supported. List the characters that are permitted.");
        }
        while (!take(']')) {
            if (position == source.length()) {
                throw error(start, NOT_CLOSED);
            }
            symbols.or(item());
        }
        if (symbols.isEmpty()) {
            throw error(start, "There must be a character in the brackets.");
        }
        return symbols;
    }

    /** A character of a class, or a range of them. */
    private BitSet item() {
        int start = position;
        char first = source.charAt(position++);
        if (first == '\\' && position < source.length() && peek() == 'd') {
            return escaped();
        }
        char from = first == '\\' ? operator() : first;
        if (position + 1 >= source.length() || peek() != '-' || source.charAt(position + 1) == ']') {
            return literal(from, start);
        }
        position++;
        char last = source.charAt(position++);
        char to = last == '\\' ? operator() : last;
        BitSet symbols = range(from, to);
        if (symbols.isEmpty()) {
            throw error(start, "The model reads no character of this range.");
        }
        return symbols;
    }

    private BitSet escaped() {
        if (take('d')) {
            return range('0', '9');
        }
        int start = position - 1;
        return literal(operator(), start);
    }

    private char operator() {
        if (position == source.length() || OPERATORS.indexOf(peek()) < 0) {
            throw error(position - 1, "\\ stands only before d or before a sign with a meaning, such as . or +.");
        }
        return source.charAt(position++);
    }

    private BitSet literal(char c, int start) {
        BitSet symbols = range(c, c);
        if (symbols.isEmpty()) {
            throw error(start, "The model does not read this character.");
        }
        return symbols;
    }

    private BitSet range(char from, char to) {
        BitSet symbols = new BitSet(alphabet.size());
        for (int symbol = 1; symbol < alphabet.size(); symbol++) {
            char c = alphabet.character(symbol);
            symbols.set(symbol, from <= c && c <= to);
        }
        return symbols;
    }

    private boolean take(char c) {
        boolean found = position < source.length() && peek() == c;
        if (found) {
            position++;
        }
        return found;
    }

    private char peek() {
        return source.charAt(position);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private InvalidPatternException error(String message) {
        return error(position, message);
    }

    private static InvalidPatternException error(int position, String message) {
        return new InvalidPatternException(position, message);
    }

    private void emit(Part part) {
        if (part instanceof Symbols symbols) {
            nfa.read(symbols.symbols());
        } else if (part instanceof Sequence sequence) {
            sequence.parts().forEach(this::emit);
        } else if (part instanceof Choice choice) {
            emitChoice(choice);
        } else if (part instanceof Repeat repeat) {
            emitRepeat(repeat);
        }
    }

    private void emitChoice(Choice choice) {
        int fork = nfa.skip();
        emit(choice.first());
        int end = nfa.skip();
        nfa.fork(fork, nfa.size());
        emit(choice.second());
        nfa.jump(end, nfa.size());
    }

    private void emitRepeat(Repeat repeat) {
        int start = nfa.size();
        for (int i = 0; i < repeat.min(); i++) {
            start = nfa.size();
            emitOnce(repeat);
            if (nfa.size() == start) {
                return; // only the empty text, however often
            }
        }
        if (repeat.max() == UNLIMITED) {
            emitLoop(repeat, start);
        } else {
            emitOptional(repeat);
        }
    }

    /** Lets the last required repeat go back to its start, or adds an optional one that does. */
    private void emitLoop(Repeat repeat, int lastStart) {
        if (repeat.min() > 0) {
            nfa.fork(nfa.skip(), lastStart);
        } else {
            int fork = nfa.skip();
            int start = nfa.size();
            emitOnce(repeat);
            nfa.fork(nfa.skip(), start);
            nfa.fork(fork, nfa.size());
        }
    }

    private void emitOptional(Repeat repeat) {
        List<Integer> forks = new ArrayList<>();
        for (int i = repeat.min(); i < repeat.max(); i++) {
            forks.add(nfa.skip());
            emitOnce(repeat);
        }
        forks.forEach(fork -> nfa.fork(fork, nfa.size()));
    }

    private void emitOnce(Repeat repeat) {
        emit(repeat.part());
        if (nfa.size() >= MAX_STATES) {
            throw error(repeat.position(), "The pattern has too many repeats.");
        }
    }
}
