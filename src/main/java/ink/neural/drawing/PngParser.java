package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;
import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Parses the chunks of a PNG file (PNG specification, third edition, sections 5 and 11). */
final class PngParser {
    static final int IDAT = type("IDAT");
    /** Offset of the header chunk, and so the length of the signature. */
    static final int FIRST_CHUNK = 8;

    private static final int IHDR = type("IHDR");
    private static final int PLTE = type("PLTE");
    private static final int TRNS = type("tRNS");
    private static final int EXIF = type("eXIf");
    private static final int IEND = type("IEND");
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int HEADER_LENGTH = 13;
    /** Bytes in a chunk before its data: the length and the type. */
    private static final int CHUNK_HEADER = 8;
    /** Bytes in a chunk besides its data: the length, the type and the checksum. */
    private static final int CHUNK_OVERHEAD = 12;
    /** The bit depths that each colour type may have, as a sum: they are powers of two. */
    private static final int[] DEPTHS = {1 + 2 + 4 + 8 + 16, 0, 8 + 16, 1 + 2 + 4 + 8, 8 + 16, 0, 8 + 16};

    /** Encoders write some kilobytes into each chunk. Millions of tiny ones would keep the decoder busy. */
    private static final int MAX_CHUNKS = 1 << 14;

    private static final int COST_OF_INTERLACING = 2;
    private static final int COST_OF_16_BITS = 4;

    private final ByteBuffer in;
    private ByteBuffer header;
    private ByteBuffer palette;
    private ByteBuffer transparency;
    /** Bytes of the pixel data so far. */
    private long deflated;

    private boolean pixelsFound;
    private boolean exifFound;
    private int orientation = ExifOrientation.UPRIGHT;

    private PngParser(byte[] file) {
        in = ByteBuffer.wrap(file).position(FIRST_CHUNK);
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
        PngImage image = png.read();
        int cost = image.depth() == 16 ? COST_OF_16_BITS : image.interlaced() ? COST_OF_INTERLACING : 1;
        return new ImageFile(
                image.width(),
                image.height(),
                cost,
                png.deflated * ImageFile.COST_OF_DEFLATED_BYTE,
                png.orientation,
                () -> decode(image));
    }

    /** Parses a PNG file without turning it upright. */
    static PngImage read(byte[] file) {
        return new PngParser(file).read();
    }

    private static Drawing decode(PngImage image) {
        return FastPngDecoder.supports(image) ? FastPngDecoder.decode(image) : PngDecoder.decode(image);
    }

    private PngImage read() {
        for (int chunks = 1; readChunk() != IEND; chunks++) {
            if (chunks == MAX_CHUNKS) {
                throw notAnImage("The PNG file has more than %d chunks.".formatted(MAX_CHUNKS));
            }
        }
        int depth = header.get(8) & 0xFF;
        int colourType = header.get(9) & 0xFF;
        int interlacing = header.get(12);
        if (colourType >= DEPTHS.length || Integer.bitCount(depth) != 1 || (DEPTHS[colourType] & depth) == 0) {
            throw notAnImage("The PNG file has an unknown kind of pixels.");
        }
        if (header.get(10) != 0 || header.get(11) != 0 || interlacing < 0 || interlacing > 1) {
            throw notAnImage("The PNG file uses an unknown method of compression, filtering or interlacing.");
        }
        if (colourType == PngImage.PALETTE && palette == null) {
            throw damaged();
        }
        return new PngImage(
                in.array(),
                in.position(),
                header.getInt(0),
                header.getInt(4),
                depth,
                colourType,
                interlacing == 1,
                palette,
                transparency);
    }

    /** Reads and checks a chunk, and returns its type. */
    private int readChunk() {
        int start = in.position();
        int length = in.remaining() < CHUNK_OVERHEAD ? -1 : in.getInt();
        if (length < 0 || length > in.limit() - start - CHUNK_OVERHEAD) {
            throw notAnImage("The PNG file is truncated.");
        }
        int type = in.getInt();
        if ((start == FIRST_CHUNK) != (type == IHDR) || type == IHDR && length != HEADER_LENGTH) {
            throw notAnImage("The PNG file is damaged. Its header is missing, misplaced or repeated.");
        }
        ByteBuffer data = in.slice(start + CHUNK_HEADER, length);
        in.position(start + CHUNK_HEADER + length);
        if (in.getInt() != crc(start + 4, 4 + length)) {
            throw notAnImage("The PNG file is damaged. A checksum is wrong.");
        }
        keep(type, data);
        return type;
    }

    /** Keeps what the pixels depend on. Palette and transparency count only before the pixels. Each counts once. */
    private void keep(int type, ByteBuffer data) {
        if (type == IHDR) {
            header = data;
        } else if (type == IDAT) {
            pixelsFound = true;
            deflated += data.remaining();
        } else if (type == PLTE && palette == null && !pixelsFound) {
            palette = data;
        } else if (type == TRNS && transparency == null && !pixelsFound) {
            transparency = data;
        } else if (type == EXIF && !exifFound) {
            exifFound = true;
            orientation = ExifOrientation.read(data);
        }
    }

    private int crc(int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(in.array(), from, length);
        return (int) crc.getValue();
    }

    private static int type(String name) {
        return name.chars().reduce(0, (code, letter) -> code << 8 | letter);
    }
}
