package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Parses the chunks of a PNG file and strips the ancillary ones (PNG specification, third edition, sections 5 and
 * 11).
 */
final class PngParser {
    static final int PLTE = type("PLTE");
    static final int TRNS = type("tRNS");
    static final int IDAT = type("IDAT");
    /** Offset of the header chunk, and so the length of the signature. */
    static final int FIRST_CHUNK = 8;
    /** Bytes in a chunk before its data: the length and the type. */
    static final int CHUNK_HEADER = 8;
    /** Bytes in a chunk besides its data: the length, the type and the checksum. */
    static final int CHUNK_OVERHEAD = 12;

    private static final int IHDR = type("IHDR");
    private static final int IEND = type("IEND");
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** The chunks that the pixels depend on. */
    private static final Set<Integer> NEEDED = Set.of(IHDR, PLTE, TRNS, IDAT, IEND);

    private final ByteBuffer in;
    private final ByteArrayOutputStream stripped;
    private int width;
    private int height;
    private int decodeCost;

    private PngParser(byte[] file) {
        in = ByteBuffer.wrap(file).position(FIRST_CHUNK);
        stripped = new ByteArrayOutputStream(file.length);
        stripped.writeBytes(SIGNATURE);
    }

    /** Whether a file starts with the PNG signature. */
    static boolean recognises(byte[] file) {
        return file.length > SIGNATURE.length
                && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /**
     * Parses a PNG file. An animation is reduced to its still image.
     *
     * @throws InvalidImageException if the file is truncated, its header is missing, or a checksum is wrong
     */
    static ImageFile parse(byte[] file) {
        PngParser png = new PngParser(file);
        int type;
        do {
            type = png.readChunk();
        } while (type != IEND);
        return new ImageFile(
                "png", png.width, png.height, png.decodeCost, ExifOrientation.UPRIGHT, png.stripped.toByteArray());
    }

    /** Reads and checks a chunk, copies it if it is needed, and returns its type. */
    private int readChunk() {
        int start = in.position();
        int length = in.remaining() < CHUNK_OVERHEAD ? -1 : in.getInt();
        if (length < 0 || length > in.limit() - start - CHUNK_OVERHEAD) {
            throw notAnImage("The PNG file is truncated.");
        }
        int type = in.getInt();
        if ((start == FIRST_CHUNK) != (type == IHDR) || type == IHDR && length != 13) {
            throw notAnImage("The PNG file is damaged. Its header is missing, misplaced or repeated.");
        }
        if (type == IHDR) {
            readHeader(in.position());
        }
        in.position(start + CHUNK_HEADER + length);
        if (in.getInt() != crc(start + 4, 4 + length)) {
            throw notAnImage("The PNG file is damaged. A checksum is wrong.");
        }
        if (NEEDED.contains(type)) {
            stripped.write(in.array(), start, CHUNK_OVERHEAD + length);
        }
        return type;
    }

    private void readHeader(int at) {
        width = in.getInt(at);
        height = in.getInt(at + 4);
        int bitDepth = in.get(at + 8);
        boolean interlaced = in.get(at + 12) != 0;
        decodeCost = bitDepth == 16 ? 4 : interlaced ? 2 : 1;
    }

    private int crc(int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(in.array(), from, length);
        return (int) crc.getValue();
    }

    /**
     * Finds the data of the first chunk of a type that comes before the pixels.
     *
     * @param png a PNG file that has been parsed
     * @return the chunk's data, or null if there is no such chunk
     */
    static ByteBuffer findBeforePixels(int type, byte[] png) {
        ByteBuffer chunks = ByteBuffer.wrap(png);
        for (int at = FIRST_CHUNK; at < png.length; at += CHUNK_OVERHEAD + chunks.getInt(at)) {
            int found = chunks.getInt(at + 4);
            if (found == type) {
                return chunks.slice(at + CHUNK_HEADER, chunks.getInt(at));
            }
            if (found == IDAT) {
                break;
            }
        }
        return null;
    }

    private static int type(String name) {
        return name.chars().reduce(0, (code, letter) -> code << 8 | letter);
    }
}
