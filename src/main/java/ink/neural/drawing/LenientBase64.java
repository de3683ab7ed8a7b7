package ink.neural.drawing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Decodes base64 (RFC 4648) in all the forms that programs write: in lines, with either alphabet, with too little or too much
 * padding, percent-encoded, and with spaces where a form decoder has replaced {@code +}.
 */
final class LenientBase64 {
    private static final int NO_SEXTET = -1;
    private static final byte[] SEXTETS = sextets();

    private final String text;
    private final byte[] bytes;
    private int position;
    private int decoded;
    /** Sextets that are not yet written as bytes. */
    private int pending;

    private int pendingCount;
    /** Spaces that stand for {@code +}, unless the line ends after them. */
    private int spaces;

    private boolean isLineStart = true;
    private boolean isPadded;

    private LenientBase64(String text, int start) {
        this.text = text;
        this.position = start;
        this.bytes = new byte[(int) ((text.length() - start) * 3L / 4)];
    }

    private static byte[] sextets() {
        byte[] sextets = new byte[128];
        Arrays.fill(sextets, (byte) NO_SEXTET);
        byte[] alphabet =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < alphabet.length; i++) {
            sextets[alphabet[i]] = (byte) i;
        }
        sextets['-'] = sextets['+'];
        sextets['_'] = sextets['/'];
        return sextets;
    }

    /**
     * Decodes the rest of a text.
     *
     * @param start where the base64 starts
     * @throws IllegalArgumentException if it is not base64
     */
    static byte[] decode(String text, int start) {
        return new LenientBase64(text, start).decode();
    }

    private byte[] decode() {
        while (position < text.length()) {
            if (pendingCount == 0 && spaces == 0 && !isPadded) {
                decodePlainGroups();
            }
            if (position < text.length()) {
                accept(next());
            }
        }
        require(pendingCount != 1);
        if (pendingCount > 0) {
            write(pending << 6 * (4 - pendingCount), pendingCount - 1);
        }
        return Arrays.copyOf(bytes, decoded);
    }

    /** Decodes as many groups of four characters of the alphabet as follow. Most of a text consists of them. */
    private void decodePlainGroups() {
        int end = text.length() - 3;
        int at = position;
        for (int group; at < end && (group = group(at)) >= 0; at += 4) {
            write(group, 3);
        }
        isLineStart &= at == position;
        position = at;
    }

    /** The value of four characters; negative if one of them is not in the alphabet. */
    private int group(int at) {
        return sextet(text.charAt(at)) << 18
                | sextet(text.charAt(at + 1)) << 12
                | sextet(text.charAt(at + 2)) << 6
                | sextet(text.charAt(at + 3));
    }

    private static int sextet(int c) {
        return c < SEXTETS.length ? SEXTETS[c] : NO_SEXTET;
    }

    /** The next character. A percent sign and two digits stand for one. */
    private int next() {
        int c = text.charAt(position++);
        if (c == '%') {
            require(position + 2 <= text.length());
            c = HexFormat.fromHexDigit(text.charAt(position)) << 4 | HexFormat.fromHexDigit(text.charAt(position + 1));
            position += 2;
        }
        return c;
    }

    private void accept(int c) {
        switch (c) {
            case '\r', '\n' -> {
                spaces = 0;
                isLineStart = true;
            }
            case '\t' -> {}
            case ' ' -> spaces += isLineStart ? 0 : 1;
            case '=' -> {
                appendSpaces();
                isPadded = true;
            }
            default -> {
                appendSpaces();
                append(sextet(c));
            }
        }
    }

    private void appendSpaces() {
        isLineStart = false;
        for (; spaces > 0; spaces--) {
            append(sextet('+'));
        }
    }

    private void append(int sextet) {
        require(sextet != NO_SEXTET && !isPadded);
        pending = pending << 6 | sextet;
        if (++pendingCount == 4) {
            write(pending, 3);
            pending = 0;
            pendingCount = 0;
        }
    }

    /** Writes the first bytes of a group of three. */
    private void write(int group, int count) {
        for (int i = 0; i < count; i++) {
            bytes[decoded++] = (byte) (group >> 16 - 8 * i);
        }
    }

    private static void require(boolean isBase64) {
        if (!isBase64) {
            throw new IllegalArgumentException("not base64");
        }
    }
}
