package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.InvalidWebpException.damaged;

/** VP8's boolean entropy decoder (RFC 6386, section 7). */
final class Vp8BoolDecoder {
    /** How many bytes beyond the end may be asked for. The decoder reads ahead by fewer. */
    private static final int MAX_BYTES_BEYOND_END = 8;

    private static final int EVEN = 128;

    private final byte[] data;
    private final int end;
    private int at;
    private int range = 255;
    /** The bits read so far that no decision has used up. The highest 8 of them are compared with the range. */
    private long value;
    /** How many bits follow those 8 in {@link #value}, or a negative number if it has fewer than 8. */
    private int more = -8;

    Vp8BoolDecoder(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    /**
     * Reads a bit.
     *
     * @param probability that it is 0, in 256ths
     */
    int bit(int probability) {
        if (more < 0) {
            fill();
        }
        int split = 1 + ((range - 1) * probability >> 8);
        long bigSplit = (long) split << more;
        int bit;
        if (value >= bigSplit) {
            range -= split;
            value -= bigSplit;
            bit = 1;
        } else {
            range = split;
            bit = 0;
        }
        int shift = Integer.numberOfLeadingZeros(range) - 24;
        range <<= shift;
        more -= shift;
        return bit;
    }

    private void fill() {
        while (more < 32) {
            if (at >= end + MAX_BYTES_BEYOND_END) {
                throw damaged();
            }
            value = value << 8 | (at < end ? data[at] & 0xFF : 0);
            at++;
            more += 8;
        }
    }

    boolean flag() {
        return bit(EVEN) == 1;
    }

    /** Reads an unsigned number of so many bits. */
    int number(int bits) {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = number << 1 | bit(EVEN);
        }
        return number;
    }

    /** Reads a flag and, if it is set, a number of so many bits and its sign. */
    int optionalSigned(int bits) {
        if (!flag()) {
            return 0;
        }
        int number = number(bits);
        return flag() ? -number : number;
    }
}
