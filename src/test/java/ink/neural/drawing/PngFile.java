package ink.neural.drawing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Builds PNG files chunk by chunk, valid or not. */
public final class PngFile {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Starts a file with the PNG signature. */
    public PngFile() {
        raw(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    }

    /** Samples per pixel of a colour type. A palette index is one sample. */
    public static int samplesPerPixel(int colourType) {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            case 6 -> 4;
            default -> throw new IllegalArgumentException("no such colour type: " + colourType);
        };
    }

    public PngFile header(int width, int height, int depth, int colourType) {
        return header(width, height, depth, colourType, false);
    }

    public PngFile header(int width, int height, int depth, int colourType, boolean interlaced) {
        byte[] data = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) colourType)
                .put(12, (byte) (interlaced ? 1 : 0))
                .array();
        return chunk("IHDR", data);
    }

    /** Adds a chunk with the right length and checksum. */
    public PngFile chunk(String type, byte... data) {
        byte[] body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(body);
        return raw(ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(body)
                .putInt((int) crc.getValue())
                .array());
    }

    PngFile raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Adds filtered rows, deflated, in one chunk. */
    PngFile pixels(byte... rows) {
        return chunk("IDAT", deflate(rows));
    }

    public byte[] end() {
        return chunk("IEND").bytes();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    public static byte[] deflate(byte[] data) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return deflated.toByteArray();
    }
}
