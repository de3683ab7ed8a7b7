package ink.neural.workaround;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Decodes a chunked body that the server hands over undecoded. Payara and GlassFish do so if the client offers an upgrade to
 * another protocol, as Java's {@code HttpClient} does with each first request. The body would never end.
 *
 * <p>Remove when Payara and GlassFish decode such a body.
 *
 * @see <a href="https://github.com/eclipse-ee4j/glassfish-grizzly/issues/1972">Grizzly issue 1972</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112: chunked transfer coding</a>
 */
public final class UndecodedChunks {
    /** Larger chunks than this are beyond every limit of the application. */
    private static final long MAX_CHUNK = 1L << 31;

    private enum State {
        UNKNOWN,
        /** The bytes are not chunks. */
        DECODED,
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        TRAILER,
        END
    }

    private State state;
    /** The size of the chunk, then what is left of it. */
    private long size;
    /** Bytes of the current line of the trailer. */
    private int lineLength;

    /**
     * A decoder for one body, which passes the bytes on if they need no decoding.
     *
     * @param request a request of which nothing has been read
     */
    public UndecodedChunks(HttpServletRequest request) {
        boolean offersUpgrade = request.getHeader("Upgrade") != null;
        state = offersUpgrade && request.getHeader("Transfer-Encoding") != null ? State.UNKNOWN : State.DECODED;
    }

    /**
     * Decodes the next piece of the body in place.
     *
     * @param bytes holds the piece at its beginning, and afterwards the decoded bytes
     * @param count bytes of the piece
     * @return the number of decoded bytes
     * @throws IOException if the chunks are malformed
     */
    public int decode(byte[] bytes, int count) throws IOException {
        if (state == State.UNKNOWN && count > 0) {
            state = startsWithChunk(bytes, count) ? State.SIZE : State.DECODED;
        }
        if (state == State.DECODED) {
            return count;
        }
        int decoded = 0;
        for (int i = 0; i < count; ) {
            if (state == State.DATA) {
                int data = (int) Math.min(size, count - i);
                System.arraycopy(bytes, i, bytes, decoded, data);
                decoded += data;
                i += data;
                size -= data;
                state = size == 0 ? State.DATA_END : State.DATA;
            } else {
                state = next(bytes[i++]);
            }
        }
        return decoded;
    }

    /** No image file and no JSON starts with a hexadecimal number and a space, line break or semicolon. */
    private static boolean startsWithChunk(byte[] bytes, int count) {
        int digits = 0;
        while (digits < count && Character.digit(bytes[digits], 16) >= 0) {
            digits++;
        }
        return digits > 0 && (digits == count || "\r\n\t ;".indexOf(bytes[digits]) >= 0);
    }

    /** The state after a byte that is not part of the data. */
    private State next(byte b) throws IOException {
        boolean isLineEnd = b == '\n';
        return switch (state) {
            case SIZE -> isLineEnd ? afterSize() : size(Character.digit(b, 16));
            case EXTENSION -> isLineEnd ? afterSize() : State.EXTENSION;
            case DATA_END -> isLineEnd ? State.SIZE : dataEnd(b);
            case TRAILER -> isLineEnd && lineLength == 0 ? State.END : trailer(b);
            default -> state;
        };
    }

    private State size(int digit) throws IOException {
        if (digit < 0) {
            return State.EXTENSION;
        }
        size = size * 16 + digit;
        if (size > MAX_CHUNK) {
            throw new IOException("a chunk is too large");
        }
        return State.SIZE;
    }

    private static State dataEnd(byte b) throws IOException {
        if (b != '\r') {
            throw new IOException("a chunk is longer than its size");
        }
        return State.DATA_END;
    }

    private State trailer(byte b) {
        lineLength = b == '\n' ? 0 : lineLength + (b == '\r' ? 0 : 1);
        return State.TRAILER;
    }

    private State afterSize() {
        return size == 0 ? State.TRAILER : State.DATA;
    }

    /**
     * Whether the last chunk has been decoded.
     *
     * @return false if the bytes need no decoding, because then the server tells when the body ends
     */
    public boolean isEnd() {
        return state == State.END;
    }
}
