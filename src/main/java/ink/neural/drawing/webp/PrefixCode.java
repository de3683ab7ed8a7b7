package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.InvalidWebpException.damaged;

import java.util.Arrays;

/**
 * A canonical prefix code (RFC 9649, section 3.7.2): the codes of one length are consecutive numbers, in the order of
 * their symbols.
 */
final class PrefixCode {
    private static final int MAX_LENGTH = 15;
    /** The symbols among the lengths of codes that stand for several lengths: the previous one, or zeros. */
    private static final int REPEAT_PREVIOUS = 16;

    private static final int REPEAT_ZERO = 17;
    /** The length that is repeated if there is none before. */
    private static final int DEFAULT_LENGTH = 8;
    /** The order in which the lengths of the codes for lengths are stored (3.7.2.1). */
    private static final int[] LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /** How many codes have each length. */
    private final short[] counts = new short[MAX_LENGTH + 1];
    /** The symbols, in the order of their codes. */
    private final short[] symbols;

    /** A code of two symbols in ascending order, or of one symbol that is given twice. */
    private PrefixCode(int first, int second) {
        symbols = first == second ? new short[] {(short) first} : new short[] {(short) first, (short) second};
        counts[1] = (short) symbols.length;
    }

    private PrefixCode(int[] lengths) {
        for (int length : lengths) {
            counts[length]++;
        }
        int used = lengths.length - counts[0];
        counts[0] = 0;
        requireComplete(used);
        symbols = new short[used];
        int[] next = new int[MAX_LENGTH + 1];
        for (int length = 1; length < MAX_LENGTH; length++) {
            next[length + 1] = next[length] + counts[length];
        }
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] != 0) {
                symbols[next[lengths[symbol]]++] = (short) symbol;
            }
        }
    }

    /** Only a code of one symbol may leave bits without meaning; it has none. */
    private void requireComplete(int used) {
        int free = 1;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            free = 2 * free - counts[length];
            if (free < 0) {
                throw damaged();
            }
        }
        if (used == 0 || used > 1 && free > 0) {
            throw damaged();
        }
    }

    /**
     * Reads a code.
     *
     * @param alphabet number of symbols
     */
    static PrefixCode read(Vp8lInput in, int alphabet) {
        return in.readFlag() ? readSimple(in, alphabet) : new PrefixCode(readLengths(in, alphabet));
    }

    /** A code of one or two symbols, which are stored themselves. */
    private static PrefixCode readSimple(Vp8lInput in, int alphabet) {
        boolean two = in.readFlag();
        int one = in.read(in.readFlag() ? 8 : 1);
        int other = two ? in.read(8) : one;
        if (Math.max(one, other) >= alphabet) {
            throw damaged();
        }
        return new PrefixCode(Math.min(one, other), Math.max(one, other));
    }

    /** The lengths of a code, which are stored in a prefix code of their own. */
    private static int[] readLengths(Vp8lInput in, int alphabet) {
        int[] lengthsOfLengths = new int[LENGTH_ORDER.length];
        int stored = in.read(4) + 4;
        for (int i = 0; i < stored; i++) {
            lengthsOfLengths[LENGTH_ORDER[i]] = in.read(3);
        }
        PrefixCode code = new PrefixCode(lengthsOfLengths);
        int codes = in.readFlag() ? 2 + in.read(2 + 2 * in.read(3)) : alphabet;
        int[] lengths = new int[alphabet];
        int previous = DEFAULT_LENGTH;
        for (int i = 0; i < alphabet && codes > 0; codes--) {
            int length = code.read(in);
            if (length <= MAX_LENGTH) {
                lengths[i++] = length;
                previous = length == 0 ? previous : length;
            } else {
                int end = i + readRepeats(in, length);
                Arrays.fill(lengths, i, end, length == REPEAT_PREVIOUS ? previous : 0);
                i = end;
            }
        }
        return lengths;
    }

    private static int readRepeats(Vp8lInput in, int symbol) {
        return switch (symbol) {
            case REPEAT_PREVIOUS -> 3 + in.read(2);
            case REPEAT_ZERO -> 3 + in.read(3);
            default -> 11 + in.read(7);
        };
    }

    /** How much memory the code takes, in numbers of 16 bits. */
    int size() {
        return counts.length + symbols.length;
    }

    /** Reads a symbol. */
    int read(Vp8lInput in) {
        if (symbols.length == 1) {
            return symbols[0];
        }
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            code |= in.read(1);
            int count = counts[length];
            if (code - count < first) {
                return symbols[index + code - first];
            }
            index += count;
            first = first + count << 1;
            code <<= 1;
        }
        throw damaged();
    }
}
