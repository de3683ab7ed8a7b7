package ink.neural.http;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits the values and the string lengths of JSON text while a parser reads it. A parsed value takes up to 100 bytes of
 * memory for two bytes of text, so the limit must apply before parsing. It checks nothing else.
 */
final class GuardedInputStream extends FilterInputStream {
    private final int maxValues;
    private final int maxString;
    private int values;
    private int stringLength;
    private boolean inString;
    private boolean escaped;

    GuardedInputStream(InputStream json, int maxValues, int maxString) {
        super(json);
        this.maxValues = maxValues;
        this.maxString = maxString;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        for (int i = offset; i < offset + count; i++) {
            check(buffer[i]);
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    private void check(byte c) {
        if (inString) {
            checkString(c);
        } else if (c == '"') {
            inString = true;
            stringLength = 0;
        } else if (c == ',' && ++values > maxValues) {
            throw new ProblemException(Problem.NOT_JSON, "The JSON has more than %d values.".formatted(maxValues));
        }
    }

    private void checkString(byte c) {
        if (c == '"' && !escaped) {
            inString = false;
        } else if (++stringLength > maxString) {
            throw new ProblemException(Problem.NOT_JSON, "A string has more than %d bytes.".formatted(maxString));
        }
        escaped = c == '\\' && !escaped;
    }
}
