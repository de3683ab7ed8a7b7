package ink.neural.drawing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files chunk by chunk, also such as no program would. */
public final class PngFile {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public PngFile() {
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    }

    public PngFile header(int width, int height, int depth, int colours) {
        return header(width, height, depth, colours, false);
    }

    public PngFile header(int width, int height, int depth, int colours, boolean interlaced) {
        return chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) colours)
                        .put(12, (byte) (interlaced ? 1 : 0))
                        .array());
    }

    /** A chunk with the right length and checksum. */
    public PngFile chunk(String type, byte... data) {
        byte[] body = (type + "\0".repeat(data.length)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(data, 0, body, 4, data.length);
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
