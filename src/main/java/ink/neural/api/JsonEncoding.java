package ink.neural.api;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Finds the encoding of a JSON text. */
public final class JsonEncoding {
    /** The first character of a text whose writer marks its encoding. */
    public static final char BYTE_ORDER_MARK = '\uFEFF';
    /** How many bytes tell the encoding. */
    static final int START_LENGTH = 4;

    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

    private JsonEncoding() {}

    /**
     * The encoding of a JSON text. Its first two characters are ASCII, so the zeros among their bytes tell the encoding (RFC
     * 4627, section 3), if a byte-order mark does not.
     *
     * @param start the text, or its first {@value #START_LENGTH} bytes
     * @return UTF-8, UTF-16 or UTF-32
     */
    public static Charset of(byte[] start) {
        if (isAt(start, 0, 0, 0)) {
            return UTF_32BE;
        }
        if (isAt(start, 2, 0, 0)) {
            return UTF_32LE;
        }
        if (isAt(start, 0, 0xFE, 0xFF) || isAt(start, 0, 0)) {
            return StandardCharsets.UTF_16BE;
        }
        if (isAt(start, 0, 0xFF, 0xFE) || isAt(start, 1, 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean isAt(byte[] bytes, int offset, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (offset + i >= bytes.length || (bytes[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
