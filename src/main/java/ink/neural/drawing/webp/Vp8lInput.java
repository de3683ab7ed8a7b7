package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.InvalidWebpException.damaged;

/** Reads bits, the lowest of each byte first (RFC 9649, section 3). */
final class Vp8lInput {
    private final byte[] data;
    private final int end;
    private int at;
    private long bits;
    private int bitCount;

    Vp8lInput(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    /** Reads an unsigned number of up to 32 bits. */
    int read(int count) {
        if (bitCount < count) {
            fill(count);
        }
        int value = (int) bits & (1 << count) - 1;
        bits >>>= count;
        bitCount -= count;
        return value;
    }

    private void fill(int count) {
        while (bitCount <= 48 && at < end) {
            bits |= (data[at++] & 0xFFL) << bitCount;
            bitCount += 8;
        }
        if (bitCount < count) {
            throw damaged();
        }
    }

    boolean readFlag() {
        return read(1) == 1;
    }
}
