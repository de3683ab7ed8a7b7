package ink.neural.robustness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeArrays() throws IOException {
        file = folder.resolve("arrays.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(
                    zip,
                    "points",
                    "<f4",
                    "(2, 2)",
                    little(16).putFloat(1.5f).putFloat(-2).putFloat(3).putFloat(0.25f));
            add(zip, "offsets", "<i8", "(2,)", little(16).putLong(0).putLong(5_000_000_000L));
            add(zip, "labels", "|u1", "(3,)", little(3).put(new byte[] {0, 61, (byte) 255}));
            add(zip, "dup", "|b1", "(2,)", little(2).put(new byte[] {1, 0}));
            add(zip, "writers", "<U3", "(2,)", little(24).put("ab\0xyz".getBytes(Charset.forName("UTF-32LE"))));
        }
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Adds an array as NumPy writes it: the header is padded to a multiple of 64 bytes. */
    private static void add(ZipOutputStream zip, String name, String type, String shape, ByteBuffer data)
            throws IOException {
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
        ByteBuffer start = little(128)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) 118)
                .put(header.getBytes(StandardCharsets.US_ASCII));
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(start.array());
        zip.write(data.array());
        zip.closeEntry();
    }

    @Test
    void arraysOfAllTypesAreRead() throws IOException {
        try (Npz arrays = new Npz(file)) {
            assertArrayEquals(new float[] {1.5f, -2, 3, 0.25f}, arrays.floats("points"));
            assertArrayEquals(new long[] {0, 5_000_000_000L}, arrays.longs("offsets"));
            assertArrayEquals(new byte[] {0, 61, (byte) 255}, arrays.bytes("labels"));
            assertArrayEquals(new byte[] {1, 0}, arrays.bytes("dup"));
            assertArrayEquals(new String[] {"ab", "xyz"}, arrays.strings("writers"));
        }
    }

    @Test
    void missingArrayAndOtherTypeAreErrors() throws IOException {
        try (Npz arrays = new Npz(file)) {
            assertThrows(IOException.class, () -> arrays.floats("absent"));
            assertThrows(IOException.class, () -> arrays.longs("points"));
        }
    }
}
