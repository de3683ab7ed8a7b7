package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;
import static ink.neural.drawing.InvalidImageException.notAnImage;

import ink.neural.drawing.pixel.Argb;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Decodes BMP files: Windows versions 2 to 5 and OS/2, uncompressed or with run lengths. */
final class BmpDecoder {
    private static final int FILE_HEADER_LENGTH = 14;
    private static final int CORE_HEADER_LENGTH = 12;
    private static final int INFO_HEADER_LENGTH = 40;
    private static final int MAX_HEADER_LENGTH = 124;
    private static final int HEADER_LENGTH_WITH_ALPHA = 56;
    /** The masks follow version 3 of the header, and lie at the same place within later versions. */
    private static final int MASKS = FILE_HEADER_LENGTH + INFO_HEADER_LENGTH;

    private static final int UNCOMPRESSED = 0;
    private static final int RUNS_8 = 1;
    private static final int RUNS_4 = 2;
    private static final int MASKED = 3;
    private static final int MASKED_WITH_ALPHA = 6;

    private static final int[] FIVE_BITS_EACH = {0x7C00, 0x3E0, 0x1F, 0};
    private static final int[] EIGHT_BITS_EACH = {0xFF0000, 0xFF00, 0xFF, 0};

    private final ByteBuffer in;
    private int width;
    private int height;
    private boolean fromTop;
    private int depth;
    private int compression;
    private int data;
    private int[] colours;
    /** The bits of red, green, blue and alpha in a pixel of 16 or 32 bits. */
    private int[] masks;

    private BmpDecoder(byte[] file) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether a file starts as a BMP does. */
    static boolean recognises(byte[] file) {
        return file.length > FILE_HEADER_LENGTH + CORE_HEADER_LENGTH
                && file[0] == 'B'
                && file[1] == 'M'
                && file[FILE_HEADER_LENGTH] >= CORE_HEADER_LENGTH
                && file[FILE_HEADER_LENGTH + 1] == 0;
    }

    /**
     * Parses the header of a BMP file.
     *
     * @throws InvalidImageException if the file is truncated or damaged, or contains a PNG or JPEG
     */
    static ImageFile parse(byte[] file) {
        BmpDecoder bmp = new BmpDecoder(file);
        try {
            bmp.readHeader();
        } catch (IndexOutOfBoundsException e) {
            throw truncated();
        }
        return new ImageFile(bmp.width, bmp.height, 1, 0, ExifOrientation.UPRIGHT, bmp::decode);
    }

    private static InvalidImageException truncated() {
        return notAnImage("The BMP file is truncated.");
    }

    private void readHeader() {
        data = in.getInt(10);
        int length = in.getInt(FILE_HEADER_LENGTH);
        if (length == CORE_HEADER_LENGTH) {
            width = in.getShort(18) & 0xFFFF;
            height = in.getShort(20) & 0xFFFF;
            depth = in.getShort(24);
            readColours(FILE_HEADER_LENGTH + length, 3, 1 << Math.min(8, depth));
        } else if (length >= INFO_HEADER_LENGTH && length <= MAX_HEADER_LENGTH) {
            readInfoHeader(length);
        } else {
            throw damaged();
        }
        requireKnownKind();
        requireWholeRows();
    }

    private void readInfoHeader(int length) {
        width = in.getInt(18);
        int rows = in.getInt(22);
        fromTop = rows < 0;
        height = Math.abs(rows);
        depth = in.getShort(28);
        compression = in.getInt(30);
        masks = readMasks(length);
        if (depth <= 8) {
            int stored = in.getInt(46);
            int most = 1 << Math.max(0, depth);
            readColours(FILE_HEADER_LENGTH + length, 4, stored > 0 && stored < most ? stored : most);
        }
    }

    private int[] readMasks(int headerLength) {
        if (compression != MASKED && compression != MASKED_WITH_ALPHA) {
            return depth == 16 ? FIVE_BITS_EACH : EIGHT_BITS_EACH;
        }
        boolean alpha = compression == MASKED_WITH_ALPHA || headerLength >= HEADER_LENGTH_WITH_ALPHA;
        return new int[] {
            in.getInt(MASKS), in.getInt(MASKS + 4), in.getInt(MASKS + 8), alpha ? in.getInt(MASKS + 12) : 0
        };
    }

    private void readColours(int at, int entryLength, int count) {
        if (depth > 8) {
            return;
        }
        colours = new int[256];
        Arrays.fill(colours, Argb.OPAQUE);
        for (int i = 0; i < count; i++, at += entryLength) {
            colours[i] = rgb(at);
        }
    }

    private void requireKnownKind() {
        boolean known =
                switch (compression) {
                    case UNCOMPRESSED ->
                        depth == 1 || depth == 4 || depth == 8 || depth == 16 || depth == 24 || depth == 32;
                    case RUNS_8 -> depth == 8;
                    case RUNS_4 -> depth == 4;
                    case MASKED, MASKED_WITH_ALPHA -> depth == 16 || depth == 32;
                    default -> false;
                };
        if (!known) {
            throw notAnImage("The BMP file is of a kind that is not supported. Save it uncompressed.");
        }
    }

    private void requireWholeRows() {
        boolean plausible = width > 0 && height > 0 && data >= FILE_HEADER_LENGTH;
        if (!hasRuns() && plausible && data + rowLength() * height > in.limit()) {
            throw truncated();
        }
        if (!plausible) {
            throw damaged();
        }
    }

    private boolean hasRuns() {
        return compression == RUNS_8 || compression == RUNS_4;
    }

    /** Bytes in a row, which is padded to a multiple of four. */
    private long rowLength() {
        return ((long) width * depth + 31) / 32 * 4;
    }

    private Drawing decode() {
        BoxFilter pixels = BoxFilter.ofRows(width, height);
        if (hasRuns()) {
            try {
                new Runs(pixels).decode();
            } catch (IndexOutOfBoundsException e) {
                throw damaged();
            }
        } else {
            decodeRows(pixels);
        }
        return pixels.drawing();
    }

    private void addRow(BoxFilter pixels, int row, int[] argb) {
        pixels.addRow(fromTop ? row : height - 1 - row, argb);
    }

    private void decodeRows(BoxFilter pixels) {
        int[] argb = new int[width];
        int at = data;
        for (int row = 0; row < height; row++, at += (int) rowLength()) {
            for (int x = 0; x < width; x++) {
                argb[x] = pixel(at, x);
            }
            addRow(pixels, row, argb);
        }
    }

    private int pixel(int row, int x) {
        return switch (depth) {
            case 16 -> masked(in.getShort(row + 2 * x) & 0xFFFF);
            case 24 -> rgb(row + 3 * x);
            case 32 -> masked(in.getInt(row + 4 * x));
            default -> colours[BitSamples.get(in.array(), row, x, depth)];
        };
    }

    /** A colour that is stored as blue, green and red. */
    private int rgb(int at) {
        return Argb.rgb(in.get(at + 2) & 0xFF, in.get(at + 1) & 0xFF, in.get(at) & 0xFF);
    }

    private int masked(int pixel) {
        int alpha = masks[3] == 0 ? 255 : channel(pixel, masks[3]);
        return alpha << 24 | channel(pixel, masks[0]) << 16 | channel(pixel, masks[1]) << 8 | channel(pixel, masks[2]);
    }

    /** The bits of a mask, scaled to the range from 0 to 255. */
    private static int channel(int pixel, int mask) {
        if (mask == 0) {
            return 0;
        }
        int shift = Integer.numberOfTrailingZeros(mask);
        long most = (mask & 0xFFFFFFFFL) >>> shift;
        long value = (pixel & mask & 0xFFFFFFFFL) >>> shift;
        return (int) (most == 255 ? value : (value * 255 + most / 2) / most);
    }

    /**
     * Decodes run lengths. A pair of bytes is a length and what to repeat. After a length of 0, the second byte ends the
     * row or the image, skips columns and rows, or is the length of a literal run. Pixels that are skipped have the first
     * colour.
     */
    private final class Runs {
        private static final int END_OF_ROW = 0;
        private static final int END_OF_IMAGE = 1;
        private static final int SKIP = 2;

        private final BoxFilter pixels;
        private final int[] argb = new int[width];
        private int at = data;
        private int x;
        private int row;

        Runs(BoxFilter pixels) {
            this.pixels = pixels;
            Arrays.fill(argb, colours[0]);
        }

        void decode() {
            while (row < height) {
                int length = next();
                int code = next();
                if (length > 0) {
                    repeat(code, length);
                } else {
                    switch (code) {
                        case END_OF_ROW -> {
                            x = 0;
                            endRows(1);
                        }
                        case END_OF_IMAGE -> endRows(height);
                        case SKIP -> {
                            x = Math.min(width, x + next());
                            endRows(next());
                        }
                        default -> copy(code);
                    }
                }
            }
        }

        private int next() {
            return in.get(at++) & 0xFF;
        }

        /** Repeats one index of 8 bits, or two of 4 bits in turn. */
        private void repeat(int indices, int length) {
            for (int i = 0; i < length && x < width; i++, x++) {
                argb[x] = colours[depth == 8 ? indices : nibble(indices, i)];
            }
        }

        /** Copies a literal run, which is padded to a multiple of two bytes. */
        private void copy(int length) {
            for (int i = 0; i < length && x < width; i++, x++) {
                int indices = in.get(at + i * depth / 8) & 0xFF;
                argb[x] = colours[depth == 8 ? indices : nibble(indices, i)];
            }
            at += (length * depth + 15) / 16 * 2;
        }

        private static int nibble(int pair, int index) {
            return index % 2 == 0 ? pair >> 4 : pair & 0xF;
        }

        private void endRows(int count) {
            for (int i = 0; i < count && row < height; i++) {
                addRow(pixels, row++, argb);
                Arrays.fill(argb, colours[0]);
            }
        }
    }
}
