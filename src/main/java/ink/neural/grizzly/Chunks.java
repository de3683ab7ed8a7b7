package ink.neural.grizzly;

import org.glassfish.grizzly.Buffer;

/**
 * A decoder for the chunks of one body. Extensions and the trailer are skipped.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112: chunked transfer coding</a>
 */
final class Chunks {
    /** Larger chunks than this are beyond every limit of the application. */
    private static final long MAX_CHUNK = 1L << 40;

    /** Framing that a body may have, in bytes and for each byte of data. Long extensions would only cost time. */
    private static final int FREE_FRAMING = 16 * 1024;

    private static final int MAX_FRAMING = 16;

    private enum State {
        FIRST_DIGIT,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_LINE,
        TRAILER_TEXT,
        TRAILER_LF,
        LAST_LF,
        END,
        MALFORMED
    }

    private State state = State.FIRST_DIGIT;
    /** Bytes of sizes, extensions and line ends. Chunks of one byte have five for each byte of data. */
    private long framing;

    private long received;
    /** The size of the chunk, then what is left of it. */
    private long size;

    boolean isEnd() {
        return state == State.END;
    }

    /**
     * Decodes the next piece of the body.
     *
     * @param buffer the piece, which is read up to its end or to the end of the body
     * @param data room for the decoded bytes
     * @return the number of decoded bytes, -1 if the chunks are malformed
     */
    int decode(Buffer buffer, byte[] data) {
        int length = 0;
        while (buffer.hasRemaining() && state != State.END && state != State.MALFORMED) {
            if (state == State.DATA) {
                int count = (int) Math.min(size, buffer.remaining());
                buffer.get(data, length, count);
                length += count;
                received += count;
                size -= count;
                state = size == 0 ? State.DATA_CR : State.DATA;
            } else {
                state = expect(++framing <= FREE_FRAMING + MAX_FRAMING * received, next(buffer.get()));
            }
        }
        return state == State.MALFORMED ? -1 : length;
    }

    /** The state after a byte that is not part of the data. */
    private State next(byte b) {
        switch (state) {
            case FIRST_DIGIT:
                size = 0;
                return isDigit(b) ? digit(b) : State.MALFORMED;
            case SIZE:
                return isDigit(b) ? digit(b) : afterSize(b);
            case EXTENSION:
                return b == '\r' ? State.SIZE_LF : expect(b != '\n', State.EXTENSION);
            case SIZE_LF:
                return expect(b == '\n', size == 0 ? State.TRAILER_LINE : State.DATA);
            case DATA_CR:
                return expect(b == '\r', State.DATA_LF);
            case DATA_LF:
                return expect(b == '\n', State.FIRST_DIGIT);
            case TRAILER_LINE:
                return b == '\r' ? State.LAST_LF : expect(b != '\n', State.TRAILER_TEXT);
            case TRAILER_TEXT:
                return b == '\r' ? State.TRAILER_LF : expect(b != '\n', State.TRAILER_TEXT);
            case TRAILER_LF:
                return expect(b == '\n', State.TRAILER_LINE);
            case LAST_LF:
                return expect(b == '\n', State.END);
            default:
                throw new IllegalStateException(state.toString());
        }
    }

    private static State expect(boolean isAsExpected, State next) {
        return isAsExpected ? next : State.MALFORMED;
    }

    private static boolean isDigit(byte b) {
        return Character.digit(b, 16) >= 0;
    }

    private State digit(byte b) {
        size = size * 16 + Character.digit(b, 16);
        return expect(size <= MAX_CHUNK, State.SIZE);
    }

    private static State afterSize(byte b) {
        return b == '\r' ? State.SIZE_LF : expect(b == ';' || b == ' ' || b == '\t', State.EXTENSION);
    }
}
