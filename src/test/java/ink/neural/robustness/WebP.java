package ink.neural.robustness;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes lossless WebP files, which the JDK cannot. They are valid but not compressed: each sample is a code of 8 bits (RFC
 * 9649, section 3).
 */
public final class WebP {
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int waiting;
    private int waitingBits;

    private WebP() {}

    /** Encodes an image with its transparency. */
    public static byte[] file(BufferedImage image) {
        byte[] pixels = new WebP().lossless(image);
        int padding = pixels.length % 2;
        return ByteBuffer.allocate(20 + pixels.length + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(12 + pixels.length + padding)
                .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
                .putInt(pixels.length)
                .put(pixels)
                .array();
    }

    private byte[] lossless(BufferedImage image) {
        write(0x2F, 8);
        write(image.getWidth() - 1, 14);
        write(image.getHeight() - 1, 14);
        write(image.getColorModel().hasAlpha() ? 1 : 0, 1);
        write(0, 3); // version
        write(0, 1); // no transform
        write(0, 1); // no colour cache
        write(0, 1); // one set of codes for the whole image
        code(LENGTHS); // green, or the length of a copy
        code(0); // red
        code(0); // blue
        code(0); // alpha
        write(0b0001, 4); // distances: a code with the single symbol 0
        for (int argb : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
            literal(argb >> 8);
            literal(argb >> 16);
            literal(argb);
            literal(argb >>> 24);
        }
        write(0, 7); // completes the last byte
        return bytes.toByteArray();
    }

    /** A code in which all literals have 8 bits, and the symbols after them are not used. */
    private void code(int unused) {
        write(0, 1); // not one of the simple codes
        write(8, 4); // the lengths 17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7 and 8 have codes, of these bits:
        for (int bits : new int[] {0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1}) {
            write(bits, 3);
        }
        write(0, 1); // a length for each symbol
        for (int i = 0; i < LITERALS + unused; i++) {
            write(i < LITERALS ? 1 : 0, 1);
        }
    }

    /** Codes are written with their highest bit first, numbers with their lowest. */
    private void literal(int sample) {
        write(Integer.reverse(sample) >>> 24, 8);
    }

    private void write(int value, int bits) {
        waiting |= value << waitingBits;
        waitingBits += bits;
        while (waitingBits >= 8) {
            bytes.write(waiting);
            waiting >>>= 8;
            waitingBits -= 8;
        }
    }
}
