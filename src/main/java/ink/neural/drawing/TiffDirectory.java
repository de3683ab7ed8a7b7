package ink.neural.drawing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2): numbers by tag. EXIF data is a TIFF file too.
 */
final class TiffDirectory {
    static final int ORIENTATION = 0x0112;

    private static final int HEADER_LENGTH = 8;
    private static final int ENTRY_LENGTH = 12;
    private static final int BYTE = 1;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final ByteBuffer file;
    private final int start;
    private final int entries;

    /**
     * Finds the first directory.
     *
     * @param file a TIFF file
     * @throws IndexOutOfBoundsException if the file is truncated
     */
    TiffDirectory(ByteBuffer file) {
        this.file =
                file.slice().order(file.get(file.position()) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = this.file.getInt(HEADER_LENGTH - 4);
        entries = this.file.getShort(directory) & 0xFFFF;
        start = directory + 2;
    }

    /** The file, in its own byte order. */
    ByteBuffer file() {
        return file;
    }

    /** The first number of a tag, or a default if the directory lacks the tag. */
    long number(int tag, long otherwise) {
        int entry = find(tag);
        return entry < 0 || count(entry) == 0 ? otherwise : number(entry, 0);
    }

    /**
     * All numbers of a tag, or null if the directory lacks the tag.
     *
     * @throws IndexOutOfBoundsException if there are more than {@code most}, or the file is truncated
     */
    long[] numbers(int tag, int most) {
        int entry = find(tag);
        if (entry < 0) {
            return null;
        }
        if (count(entry) > most) {
            throw new IndexOutOfBoundsException("too many numbers");
        }
        long[] numbers = new long[(int) count(entry)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(entry, i);
        }
        return numbers;
    }

    private int find(int tag) {
        for (int i = 0, entry = start; i < entries; i++, entry += ENTRY_LENGTH) {
            if ((file.getShort(entry) & 0xFFFF) == tag) {
                return entry;
            }
        }
        return -1;
    }

    private long count(int entry) {
        return file.getInt(entry + 4) & 0xFFFFFFFFL;
    }

    /** Reads a number of an entry. Up to four bytes are stored in the entry itself, more at an offset. */
    private long number(int entry, int index) {
        int type = file.getShort(entry + 2) & 0xFFFF;
        int size = type == SHORT ? 2 : type == LONG ? 4 : 1;
        boolean inline = count(entry) * size <= 4;
        int at = (inline ? entry + 8 : file.getInt(entry + 8)) + index * size;
        return switch (type) {
            case BYTE -> file.get(at) & 0xFF;
            case SHORT -> file.getShort(at) & 0xFFFF;
            case LONG -> file.getInt(at) & 0xFFFFFFFFL;
            default -> throw new IndexOutOfBoundsException("not a whole number");
        };
    }
}
