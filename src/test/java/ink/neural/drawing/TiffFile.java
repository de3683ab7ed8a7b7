package ink.neural.drawing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds TIFF files of one directory, valid or not: the header, the pixels, the numbers of the tags, the directory. */
public final class TiffFile {
    private static final int LONG = 4;
    private static final int FIRST_STRIP = 8;

    private final ByteOrder order;
    private final Map<Integer, long[]> tags = new LinkedHashMap<>();
    private final List<byte[]> strips = new ArrayList<>();

    TiffFile(ByteOrder order) {
        this.order = order;
    }

    /** Starts a file of one strip. */
    public TiffFile(int width, int height, int photometric, int samples, int depth) {
        this(ByteOrder.LITTLE_ENDIAN);
        long[] depths = new long[samples];
        Arrays.fill(depths, depth);
        tag(256, width).tag(257, height).tag(258, depths).tag(262, photometric).tag(277, samples);
    }

    public TiffFile tag(int tag, long... numbers) {
        tags.put(tag, numbers);
        return this;
    }

    public TiffFile strip(byte... data) {
        strips.add(data);
        return this;
    }

    public byte[] end() {
        addStrips(273, 279);
        return bytes();
    }

    public byte[] endWithTiles(int width, int height) {
        tag(322, width).tag(323, height);
        addStrips(324, 325);
        return bytes();
    }

    private void addStrips(int offsetsTag, int lengthsTag) {
        long[] offsets = new long[strips.size()];
        long[] lengths = new long[strips.size()];
        long at = FIRST_STRIP;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            lengths[i] = strips.get(i).length;
            at += lengths[i];
        }
        tags.putIfAbsent(offsetsTag, offsets);
        tags.putIfAbsent(lengthsTag, lengths);
    }

    private byte[] bytes() {
        int pixels = strips.stream().mapToInt(strip -> strip.length).sum();
        int numbers = tags.values().stream().mapToInt(tag -> 4 * tag.length).sum();
        int directory = FIRST_STRIP + pixels + numbers;
        ByteBuffer file =
                ByteBuffer.allocate(directory + 2 + 12 * tags.size() + 4).order(order);
        byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        file.put(mark).put(mark).putShort((short) 42).putInt(directory);
        strips.forEach(file::put);
        int entry = directory + 2;
        file.putShort(directory, (short) tags.size());
        for (Map.Entry<Integer, long[]> tag : tags.entrySet()) {
            int at = file.position();
            for (long number : tag.getValue()) {
                file.putInt((int) number);
            }
            int inline = tag.getValue().length == 1 ? (int) tag.getValue()[0] : at;
            file.putShort(entry, tag.getKey().shortValue()).putShort(entry + 2, (short) LONG);
            file.putInt(entry + 4, tag.getValue().length).putInt(entry + 8, inline);
            entry += 12;
        }
        return file.array();
    }
}
