package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;

import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses LZW as GIF and TIFF use it: codes of 9 or fewer to 12 bits, a code that clears the table and one that
 * ends the data (GIF89a, appendix F; TIFF 6.0, section 13).
 */
final class LzwInput extends InputStream {
    private static final int MAX_CODES = 1 << 12;
    private static final int MAX_BITS = 12;

    private InputStream in;
    private final boolean highestBitFirst;
    private final int minBits;
    /** Each code from {@code clear + 2} on stands for the string of another code, its prefix, and one more byte. */
    private final short[] prefixes = new short[MAX_CODES];

    private final byte[] lastBytes = new byte[MAX_CODES];
    private final int clear;
    private int nextCode;
    private int bits;
    private int previous = -1;
    /** The first byte of the string of the previous code. */
    private byte first;
    /** The string of the current code, from its end, and how much of it has not been read yet. */
    private final byte[] string = new byte[MAX_CODES + 1];

    private int unread;
    private int buffer;
    private int buffered;

    private LzwInput(int symbolBits, boolean highestBitFirst) {
        this.highestBitFirst = highestBitFirst;
        minBits = symbolBits + 1;
        clear = 1 << symbolBits;
    }

    /** For the data of a GIF image, whose symbols have 2 to 8 bits. */
    static LzwInput ofGif(int symbolBits) {
        return new LzwInput(symbolBits, false);
    }

    /** For the strips or tiles of a TIFF file. */
    static LzwInput ofTiff() {
        return new LzwInput(8, true);
    }

    /** Starts to read compressed data. The tables are used again, since a file may have thousands of strips. */
    LzwInput restart(InputStream compressed) {
        in = compressed;
        unread = 0;
        buffered = 0;
        clearTable();
        return this;
    }

    private void clearTable() {
        nextCode = clear + 2;
        bits = minBits;
        previous = -1;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            while (unread == 0) {
                if (!readString()) {
                    return done == 0 ? -1 : done;
                }
            }
            target[offset + done++] = string[--unread];
        }
        return done;
    }

    /** Reads a code and its string, which is empty for the code that clears the table. Returns false at the end. */
    private boolean readString() throws IOException {
        int code = readCode();
        if (code < 0 || code == clear + 1) {
            return false;
        }
        if (code == clear) {
            clearTable();
            return true;
        }
        if (code > nextCode || code >= clear && previous < 0) {
            throw damaged();
        }
        int rest = code;
        if (code == nextCode) {
            // The code that is being defined: the previous string, followed by its own first byte.
            string[unread++] = first;
            rest = previous;
        }
        while (rest >= clear) {
            string[unread++] = lastBytes[rest];
            rest = prefixes[rest];
        }
        first = (byte) rest;
        string[unread++] = first;
        define();
        previous = code;
        return true;
    }

    /** Defines the next code as the previous string and the first byte of the current one. */
    private void define() {
        if (previous < 0 || nextCode == MAX_CODES) {
            return;
        }
        prefixes[nextCode] = (short) previous;
        lastBytes[nextCode] = first;
        nextCode++;
        // TIFF lengthens its codes one code earlier than GIF.
        int limit = highestBitFirst ? nextCode + 1 : nextCode;
        if (limit == 1 << bits && bits < MAX_BITS) {
            bits++;
        }
    }

    private int readCode() throws IOException {
        while (buffered < bits) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            buffer = highestBitFirst ? buffer << 8 | next : buffer | next << buffered;
            buffered += 8;
        }
        buffered -= bits;
        int mask = (1 << bits) - 1;
        if (highestBitFirst) {
            return buffer >>> buffered & mask;
        }
        int code = buffer & mask;
        buffer >>>= bits;
        return code;
    }
}
