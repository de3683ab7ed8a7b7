package ink.neural.api;

import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JSON string of any length that takes little more memory than its characters. It is kept in chunks until it is used, so
 * that a request which waits with a large image holds it only once.
 */
public final class ChunkedString implements JsonString {
    private static final int CHUNK = 1 << 13;

    private List<String> chunks;

    private ChunkedString(List<String> chunks) {
        this.chunks = chunks;
    }

    /**
     * Whether the string has no characters.
     *
     * @return true for {@code ""}
     */
    public boolean isEmpty() {
        return chunks.get(0).isEmpty();
    }

    /** The whole string, which is joined at the first call. */
    @Override
    public String getString() {
        if (chunks.size() != 1) {
            chunks = List.of(String.join("", chunks));
        }
        return chunks.get(0);
    }

    @Override
    public CharSequence getChars() {
        return getString();
    }

    @Override
    public ValueType getValueType() {
        return ValueType.STRING;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonString string && getString().equals(string.getString());
    }

    @Override
    public int hashCode() {
        return getString().hashCode();
    }

    /** The string as JSON. Its quotes tell it from a number or a literal. */
    @Override
    public String toString() {
        return StrictJson.JSON.createValue(getString()).toString();
    }

    /** Collects the characters of a string. */
    static final class Builder {
        private final List<String> full = new ArrayList<>();
        private char[] last = new char[16];
        private int inLast;

        int length() {
            return full.size() * CHUNK + inLast;
        }

        void append(char c) {
            if (inLast == last.length) {
                grow(1);
            }
            last[inLast++] = c;
        }

        void append(char[] characters, int offset, int count) {
            for (int done = 0, some; done < count; done += some) {
                if (inLast == last.length) {
                    grow(count - done);
                }
                some = Math.min(count - done, last.length - inLast);
                System.arraycopy(characters, offset + done, last, inLast, some);
                inLast += some;
            }
        }

        /** Makes room for one more character at least, and for as many as are known to follow within the chunk. */
        private void grow(int more) {
            if (inLast == CHUNK) {
                full.add(new String(last));
                inLast = 0;
            } else {
                last = Arrays.copyOf(last, Math.min(CHUNK, Math.max(2 * inLast, inLast + more)));
            }
        }

        ChunkedString build() {
            full.add(new String(last, 0, inLast));
            return new ChunkedString(full);
        }
    }
}
