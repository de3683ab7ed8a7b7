package ink.neural.load.search;

import java.io.ByteArrayOutputStream;

/** Writes numbers of some bits, into the highest or the lowest bits of each byte first. */
final class BitOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final boolean highestFirst;
    private long waiting;
    private int count;

    BitOutput(boolean highestFirst) {
        this.highestFirst = highestFirst;
    }

    void write(int value, int bits) {
        waiting = highestFirst ? waiting << bits | value : waiting | (long) value << count;
        count += bits;
        while (count >= 8) {
            count -= 8;
            if (highestFirst) {
                bytes.write((int) (waiting >> count));
            } else {
                bytes.write((int) waiting);
                waiting >>>= 8;
            }
        }
    }

    /** What has been written, filled up to a whole byte. */
    byte[] bytes() {
        write(0, 7);
        return bytes.toByteArray();
    }
}
