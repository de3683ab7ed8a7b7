package ink.neural.ink;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Shows ink to people: a greyscale PNG file with black ink on white paper. */
public final class InkPng {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    /** Eight bits a pixel, greyscale, and the only methods of compression, filtering and interlacing that are not optional. */
    private static final byte[] GREYSCALE = {8, 0, 0, 0, 0};

    private InkPng() {}

    /**
     * Draws the ink of a whole picture. A large picture is reduced, a small one is not enlarged.
     *
     * @param ink the ink
     * @param maxSide the longest side that the PNG may have, in pixels
     * @return a PNG file in which the densest ink is black
     */
    public static byte[] of(Ink ink, int maxSide) {
        double scale = Math.min(1, (double) maxSide / Math.max(ink.width(), ink.height()));
        int width = Math.max(1, (int) Math.round(scale * ink.width()));
        int height = Math.max(1, (int) Math.round(scale * ink.height()));
        return png(width, greys(densities(ink, width, height)));
    }

    /** Reduces the densities by area averaging. Sums are enough, because only their ratio to the peak counts. */
    private static float[][] densities(Ink ink, int width, int height) {
        float[][] sums = new float[height][width];
        float[] row = new float[ink.width()];
        for (int y = 0; y < ink.height(); y++) {
            ink.copyRow(y * ink.width(), row);
            float[] cells = reduced(row, width);
            int cell = y * height / ink.height();
            int here = Math.min(height, (cell + 1) * ink.height() - y * height);
            add(cells, here, sums[cell]);
            if (here < height) {
                add(cells, height - here, sums[cell + 1]);
            }
        }
        return sums;
    }

    /** Spreads samples over as many cells or fewer. A sample covers {@code size} parts of a cell of {@code samples.length} parts. */
    private static float[] reduced(float[] samples, int size) {
        float[] cells = new float[size];
        int cell = 0;
        int room = samples.length;
        for (float sample : samples) {
            int here = Math.min(room, size);
            cells[cell] += here * sample;
            room -= here;
            if (room == 0) {
                cell++;
                room = samples.length;
            }
            if (here < size) {
                cells[cell] += (size - here) * sample;
                room -= size - here;
            }
        }
        return cells;
    }

    private static void add(float[] cells, float weight, float[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += weight * cells[x];
        }
    }

    private static byte[][] greys(float[][] densities) {
        float peak = Float.MIN_NORMAL;
        for (float[] row : densities) {
            for (float density : row) {
                peak = Math.max(peak, density);
            }
        }
        byte[][] greys = new byte[densities.length][densities[0].length];
        for (int y = 0; y < greys.length; y++) {
            for (int x = 0; x < greys[y].length; x++) {
                greys[y][x] = (byte) Math.round(255 - 255 * densities[y][x] / peak);
            }
        }
        return greys;
    }

    private static byte[] png(int width, byte[][] greys) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(file)) {
            out.writeLong(SIGNATURE);
            ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(greys.length);
            writeChunk(out, "IHDR", header.put(GREYSCALE).array());
            writeChunk(out, "IDAT", deflated(width, greys));
            writeChunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return file.toByteArray();
    }

    private static void writeChunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) checksum.getValue());
    }

    /** Each row follows a zero, which says that it is not filtered. */
    private static byte[] deflated(int width, byte[][] greys) {
        ByteBuffer rows = ByteBuffer.allocate((1 + width) * greys.length);
        for (byte[] row : greys) {
            rows.put((byte) 0).put(row);
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(rows.array());
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 13];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
