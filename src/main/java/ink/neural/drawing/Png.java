package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/** The chunks of a PNG file (PNG specification, third edition, sections 5 and 11). */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int IHDR = type("IHDR");
    private static final int IEND = type("IEND");
    /** The chunks that make the pixels. */
    private static final Set<Integer> KEPT = Set.of(IHDR, type("PLTE"), type("tRNS"), type("IDAT"), IEND);
    /** Length, type and checksum around a chunk's data. */
    static final int FRAME = 12;

    private Png() {}

    /** Whether a file begins as a PNG does. */
    static boolean recognises(byte[] file) {
        return file.length > SIGNATURE.length
                && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /**
     * Reduces a PNG to the chunks that make its pixels; an animation to its still picture.
     *
     * @throws InvalidImageException if the file is cut short, a length lies or a checksum is wrong
     */
    static ImageFile reduce(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE.length);
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.writeBytes(SIGNATURE);
        int width = 0;
        int height = 0;
        int effort = 1;
        for (int type = 0; type != IEND; ) {
            int start = in.position();
            int length = in.remaining() < FRAME ? -1 : in.getInt();
            if (length < 0 || length > file.length - start - FRAME) {
                throw notAnImage("The PNG is cut short.");
            }
            type = in.getInt();
            if ((start == SIGNATURE.length) != (type == IHDR) || type == IHDR && length != 13) {
                throw notAnImage("The PNG is damaged: its header is missing or not the first.");
            }
            if (type == IHDR) {
                width = in.getInt(in.position());
                height = in.getInt(in.position() + 4);
                effort = effort(in.get(in.position() + 8), in.get(in.position() + 12) != 0);
            }
            in.position(start + 8 + length);
            if (in.getInt() != checksum(file, start + 4, length + 4)) {
                throw notAnImage("The PNG is damaged: a checksum is wrong.");
            }
            if (KEPT.contains(type)) {
                kept.write(file, start, length + FRAME);
            }
        }
        return new ImageFile("png", width, height, effort, 1, kept.toByteArray());
    }

    private static int effort(int depth, boolean interlaced) {
        return depth == 16 ? 4 : interlaced ? 2 : 1;
    }

    private static int checksum(byte[] file, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(file, from, length);
        return (int) crc.getValue();
    }

    /** A chunk's type as a number. */
    static int type(String name) {
        return name.chars().reduce(0, (code, letter) -> code << 8 | letter);
    }
}
