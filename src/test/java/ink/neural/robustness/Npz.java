package ink.neural.robustness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads arrays that NumPy's {@code savez} wrote: a zip of one {@code .npy} file for each array. */
final class Npz implements AutoCloseable {
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Pattern HEADER =
            Pattern.compile("'descr': '[<|]([a-zA-Z])(\\d+)', 'fortran_order': False, 'shape': \\((\\d+)");

    private final ZipFile zip;

    Npz(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
    }

    float[] floats(String name) throws IOException {
        FloatBuffer data = array(name, "f", 4).data.asFloatBuffer();
        float[] values = new float[data.remaining()];
        data.get(values);
        return values;
    }

    long[] longs(String name) throws IOException {
        Array array = array(name, "i", 8);
        long[] values = new long[array.length];
        array.data.asLongBuffer().get(values);
        return values;
    }

    /** Numbers or truth values of one byte each. */
    byte[] bytes(String name) throws IOException {
        Array array = array(name, "[ub]", 1);
        byte[] values = new byte[array.length];
        array.data.get(values);
        return values;
    }

    String[] strings(String name) throws IOException {
        Array array = array(name, "U", 0);
        byte[] characters = new byte[4 * array.itemSize];
        String[] values = new String[array.length];
        for (int i = 0; i < values.length; i++) {
            array.data.get(characters);
            values[i] = new String(characters, UTF_32LE).replace("\0", "");
        }
        return values;
    }

    /** An array's elements, its length and the number that its type ends in. */
    private record Array(ByteBuffer data, int length, int itemSize) {}

    private Array array(String name, String kind, int itemSize) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new IOException("%s has no array %s".formatted(zip.getName(), name));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int start = 10 + file.getShort(8);
            Matcher header = HEADER.matcher(new String(file.array(), 10, start - 10, StandardCharsets.ISO_8859_1));
            if (!header.find()
                    || !header.group(1).matches(kind)
                    || itemSize > 0 && itemSize != Integer.parseInt(header.group(2))) {
                throw new IOException("the array %s is not of type %s%d".formatted(name, kind, itemSize));
            }
            return new Array(
                    file.position(start).slice().order(ByteOrder.LITTLE_ENDIAN),
                    Integer.parseInt(header.group(3)),
                    Integer.parseInt(header.group(2)));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
