package ink.neural.drawing;

import java.io.ByteArrayOutputStream;

/** Writes a zlib stream block by block (RFC 1950 and 1951), as wastefully as asked. */
public final class DeflateBlocks {
    /** The longest copy, in bytes. */
    public static final int LONGEST_COPY = 258;

    private static final int STORED = 0;
    private static final int FIXED = 1;
    private static final int DYNAMIC = 2;
    /** The order in which the lengths of the codes for lengths are stored (RFC 1951, section 3.2.7). */
    private static final int[] LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int waiting;
    private int waitingBits;

    /** Starts a stream with zlib's header. */
    public DeflateBlocks() {
        bytes.write(0x78);
        bytes.write(0x01);
    }

    /** Adds a stored block of up to 65,535 bytes. */
    public DeflateBlocks stored(byte[] data, int from, int length) {
        bits(STORED << 1, 3);
        align();
        bits(length, 16);
        bits(~length & 0xFFFF, 16);
        bytes.write(data, from, length);
        return this;
    }

    /** Adds an empty block of fixed codes, of 10 bits. */
    public DeflateBlocks emptyFixed() {
        bits(FIXED << 1, 3);
        bits(0, 7);
        return this;
    }

    /**
     * Adds a block of dynamic codes, which takes some 13 bytes.
     *
     * @param copies how many times it copies {@link #LONGEST_COPY} bytes from one byte before. There must be such a byte.
     */
    public DeflateBlocks dynamic(int copies) {
        bits(DYNAMIC << 1, 3);
        bits(29, 5); // 286 lengths of codes for literals and copies
        bits(0, 5); // 1 length of a code for distances
        bits(14, 4); // 18 lengths of codes for lengths: 18 (zeros) has 1 bit, 0 and 1 have 2 bits
        for (int i = 0; i < 18; i++) {
            int symbol = LENGTH_ORDER[i];
            bits(symbol == 18 ? 1 : symbol <= 1 ? 2 : 0, 3);
        }
        zeros(138);
        zeros(118);
        one(); // 256: the end of the block
        zeros(28);
        one(); // 285: a copy of 258 bytes
        one(); // distance 1
        for (int i = 0; i < copies; i++) {
            bits(1, 1);
            bits(0, 1);
        }
        bits(0, 1);
        return this;
    }

    private void zeros(int count) {
        bits(0, 1);
        bits(count - 11, 7);
    }

    /** The length 1. Its code is 11, since 0 comes before it. */
    private void one() {
        bits(3, 2);
    }

    /** Ends the stream, without a checksum. */
    public byte[] end() {
        bits(1 | FIXED << 1, 3);
        bits(0, 7);
        align();
        return bytes.toByteArray();
    }

    /** How many bytes have been written. */
    public int length() {
        return bytes.size();
    }

    private void align() {
        if (waitingBits > 0) {
            bits(0, 8 - waitingBits);
        }
    }

    private void bits(int value, int count) {
        waiting |= value << waitingBits;
        waitingBits += count;
        while (waitingBits >= 8) {
            bytes.write(waiting);
            waiting >>>= 8;
            waitingBits -= 8;
        }
    }
}
