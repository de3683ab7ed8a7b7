package ink.neural.drawing;

import java.io.IOException;
import java.io.InputStream;

/** Decompresses PackBits (TIFF 6.0, section 9): a byte n, then n + 1 bytes, or one that is repeated 1 - n times. */
final class PackBitsInput extends InputStream {
    private static final int NOTHING = -128;

    private final InputStream in;
    private int literals;
    private int repeats;
    private int repeated;

    PackBitsInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        while (literals == 0 && repeats == 0) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            int count = (byte) next;
            if (count >= 0) {
                literals = count + 1;
            } else if (count != NOTHING) {
                repeats = 1 - count;
                repeated = in.read();
            }
        }
        if (literals > 0) {
            literals--;
            return in.read();
        }
        repeats--;
        return repeated;
    }
}
