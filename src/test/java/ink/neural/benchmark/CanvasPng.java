package ink.neural.benchmark;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files like Chromium's canvas: RGBA, filter Sub on every row, zlib level 3. */
final class CanvasPng {
    private static final int SUB = 1;
    private static final int ZLIB_LEVEL = 3;

    private CanvasPng() {}

    static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(image.getWidth()).putInt(image.getHeight()).put(new byte[] {8, 6, 0, 0, 0});
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", deflated(image));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] deflated(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream rows = new DeflaterOutputStream(bytes, new Deflater(ZLIB_LEVEL))) {
            for (int y = 0; y < image.getHeight(); y++) {
                rows.write(SUB);
                for (int x = 0, left = 0; x < image.getWidth(); x++) {
                    int argb = image.getRGB(x, y);
                    for (int shift : new int[] {16, 8, 0, 24}) {
                        rows.write((argb >> shift) - (left >> shift));
                    }
                    left = argb;
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 crc = new CRC32();
        crc.update(body);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(body);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
