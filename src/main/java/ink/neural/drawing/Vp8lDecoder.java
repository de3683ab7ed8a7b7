package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;
import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.util.Arrays;

/*
 * Implementation note
 *
 * The names and sections are those of RFC 9649. WebpDecoderTest compares every pixel with those that dwebp, of Google's
 * libwebp, wrote.
 *
 * An image is stored as prefix-coded pixels, references to earlier pixels and indices into a cache of recent colours.
 * There may be several groups of prefix codes, chosen by an image of lower resolution. Before that, up to four
 * transforms have made the pixels easier to compress; their parameters are stored as such images too.
 */

/** Decodes the lossless pixels of a WebP file (RFC 9649, section 3). */
final class Vp8lDecoder {
    private static final int LENGTHS = 24;
    private static final int LITERALS = 256;
    private static final int DISTANCES = 40;
    private static final int MAX_CODE_LENGTH = 15;
    /** An encoder writes at most some thousands of groups, with few symbols each. */
    private static final int MAX_SYMBOLS = 1 << 21;

    private static final int BLACK = 0xFF000000;

    private static final int PREDICTOR = 0;
    private static final int COLOUR = 1;
    private static final int SUBTRACT_GREEN = 2;
    private static final int PALETTE = 3;

    /** The order in which the lengths of the codes for lengths are stored (3.7.2.1). */
    private static final int[] LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    /** The pixels that short distances mean: rows above, times 16, plus 8 minus columns to the left (3.5.2.2). */
    private static final int[] NEAR_PIXELS = {
        0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39, 0x15, 0x1b,
                0x36,
        0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b,
                0x34,
        0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02,
                0x67,
        0x69, 0x12, 0x1e, 0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77,
                0x79,
        0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d,
                0x52,
        0x5e, 0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e,
                0x61,
        0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
    };

    private final byte[] data;
    private final int end;
    private int at;
    private long bits;
    private int bitCount;
    private int symbols;

    private Vp8lDecoder(byte[] data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
    }

    /**
     * Decodes an image.
     *
     * @param data holds the image
     * @param start offset of the image, after its header
     * @param end offset of its end
     * @return {@code width * height} pixels, not premultiplied
     * @throws InvalidImageException if the image is damaged
     */
    static int[] decode(byte[] data, int start, int end, int width, int height) {
        try {
            return new Vp8lDecoder(data, start, end).readTransformedImage(width, height);
        } catch (IndexOutOfBoundsException e) {
            throw damaged();
        }
    }

    private int read(int count) {
        fill(count);
        int value = (int) bits & (1 << count) - 1;
        bits >>>= count;
        bitCount -= count;
        return value;
    }

    private void fill(int count) {
        if (bitCount >= count) {
            return;
        }
        while (bitCount <= 48 && at < end) {
            bits |= (data[at++] & 0xFFL) << bitCount;
            bitCount += 8;
        }
        if (bitCount < count) {
            throw damaged();
        }
    }

    private boolean readFlag() {
        return read(1) == 1;
    }

    private static int divideUp(int size, int bits) {
        return size + (1 << bits) - 1 >> bits;
    }

    /** A transform, and its parameters. */
    private record Transform(int type, int width, int sizeBits, int[] parameters) {}

    private int[] readTransformedImage(int width, int height) {
        Transform[] transforms = new Transform[4];
        int count = 0;
        int storedWidth = width;
        while (readFlag()) {
            Transform transform = readTransform(storedWidth, height);
            for (int i = 0; i < count; i++) {
                if (transforms[i].type() == transform.type()) {
                    throw damaged();
                }
            }
            transforms[count++] = transform;
            if (transform.type() == PALETTE) {
                storedWidth = divideUp(storedWidth, transform.sizeBits());
            }
        }
        int[] pixels = readImage(storedWidth, height, true);
        while (count > 0) {
            pixels = invert(transforms[--count], pixels, height);
        }
        return pixels;
    }

    private Transform readTransform(int width, int height) {
        int type = read(2);
        if (type == SUBTRACT_GREEN) {
            return new Transform(type, width, 0, null);
        }
        if (type != PALETTE) {
            int sizeBits = read(3) + 2;
            int[] blocks = readImage(divideUp(width, sizeBits), divideUp(height, sizeBits), false);
            return new Transform(type, width, sizeBits, blocks);
        }
        int colours = read(8) + 1;
        int[] palette = Arrays.copyOf(readImage(colours, 1, false), 256);
        for (int i = 1; i < colours; i++) {
            palette[i] = PackedSamples.add(palette[i], palette[i - 1]);
        }
        int sizeBits = colours <= 2 ? 3 : colours <= 4 ? 2 : colours <= 16 ? 1 : 0;
        return new Transform(type, width, sizeBits, palette);
    }

    /** The prefix codes for green, lengths and cached colours, for red, blue and alpha, and for distances. */
    private record Group(PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {}

    private int[] readImage(int width, int height, boolean mayHaveGroups) {
        int cacheBits = readFlag() ? read(4) : 0;
        if (cacheBits > 11) {
            throw damaged();
        }
        int[] groupOfBlock = null;
        int groupCount = 1;
        int blockBits = 0;
        if (mayHaveGroups && readFlag()) {
            blockBits = read(3) + 2;
            groupOfBlock = readImage(divideUp(width, blockBits), divideUp(height, blockBits), false);
            for (int i = 0; i < groupOfBlock.length; i++) {
                groupOfBlock[i] = groupOfBlock[i] >> 8 & 0xFFFF;
                groupCount = Math.max(groupCount, groupOfBlock[i] + 1);
            }
        }
        int cached = cacheBits == 0 ? 0 : 1 << cacheBits;
        Group[] groups = new Group[groupCount];
        for (int i = 0; i < groupCount; i++) {
            groups[i] = new Group(
                    readCode(LITERALS + LENGTHS + cached),
                    readCode(LITERALS),
                    readCode(LITERALS),
                    readCode(LITERALS),
                    readCode(DISTANCES));
        }
        return readPixels(width, height, cacheBits, groups, groupOfBlock, blockBits);
    }

    private int[] readPixels(int width, int height, int cacheBits, Group[] groups, int[] groupOfBlock, int blockBits) {
        int[] pixels = new int[width * height];
        int[] cache = new int[1 << cacheBits];
        int cacheShift = 32 - cacheBits;
        int blocksAcross = divideUp(width, blockBits);
        int cachedUntil = 0;
        Group group = groups[0];
        int blockMask = groupOfBlock == null ? -1 : (1 << blockBits) - 1;
        int x = 0;
        int y = 0;
        boolean newGroup = groupOfBlock != null;
        for (int i = 0; i < pixels.length; ) {
            if (newGroup || (x & blockMask) == 0 && groupOfBlock != null) {
                group = groups[groupOfBlock[(y >> blockBits) * blocksAcross + (x >> blockBits)]];
                newGroup = false;
            }
            int symbol = group.green().read();
            int length = 1;
            if (symbol < LITERALS) {
                int red = group.red().read();
                int blue = group.blue().read();
                pixels[i] = group.alpha().read() << 24 | red << 16 | symbol << 8 | blue;
            } else if (symbol < LITERALS + LENGTHS) {
                length = readNumber(symbol - LITERALS);
                int distance = distance(readNumber(group.distance().read()), width);
                if (distance > i || length > pixels.length - i) {
                    throw damaged();
                }
                for (int to = i; to < i + length; to++) {
                    pixels[to] = pixels[to - distance];
                }
                newGroup = groupOfBlock != null;
            } else {
                for (; cachedUntil < i; cachedUntil++) {
                    cache[pixels[cachedUntil] * 0x1E35A7BD >>> cacheShift] = pixels[cachedUntil];
                }
                pixels[i] = cache[symbol - LITERALS - LENGTHS];
            }
            i += length;
            x += length;
            if (x >= width) {
                y += x / width;
                x %= width;
            }
        }
        return pixels;
    }

    /** Reads a length or distance: a prefix, and extra bits for all but the shortest (3.5.2.2). */
    private int readNumber(int prefix) {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extraBits = prefix - 2 >> 1;
        return (2 + (prefix & 1) << extraBits) + read(extraBits) + 1;
    }

    private static int distance(int code, int width) {
        if (code > NEAR_PIXELS.length) {
            return code - NEAR_PIXELS.length;
        }
        int near = NEAR_PIXELS[code - 1];
        return Math.max(1, (near >> 4) * width + 8 - (near & 0xF));
    }

    /** Reads a prefix code (3.7.2.1): one or two symbols, or the length of each symbol's code. */
    private PrefixCode readCode(int alphabet) {
        int[] lengths = new int[alphabet];
        if (readFlag()) {
            boolean two = readFlag();
            int first = read(readFlag() ? 8 : 1);
            lengths[first] = 1;
            if (two) {
                lengths[read(8)] = 1;
            }
            return new PrefixCode(lengths);
        }
        int[] lengthsOfLengths = new int[LENGTH_ORDER.length];
        int stored = read(4) + 4;
        for (int i = 0; i < stored; i++) {
            lengthsOfLengths[LENGTH_ORDER[i]] = read(3);
        }
        PrefixCode code = new PrefixCode(lengthsOfLengths);
        int rest = alphabet;
        if (readFlag()) {
            int size = 2 + 2 * read(3);
            rest = 2 + read(size);
        }
        int previous = 8;
        for (int i = 0; i < alphabet && rest > 0; rest--) {
            int length = code.read();
            if (length <= MAX_CODE_LENGTH) {
                lengths[i++] = length;
                previous = length == 0 ? previous : length;
            } else {
                int repeat =
                        switch (length) {
                            case 16 -> 3 + read(2);
                            case 17 -> 3 + read(3);
                            default -> 11 + read(7);
                        };
                Arrays.fill(lengths, i, i + repeat, length == 16 ? previous : 0);
                i += repeat;
            }
        }
        return new PrefixCode(lengths);
    }

    /** A canonical prefix code: the codes of one length are consecutive numbers, in the order of their symbols. */
    private final class PrefixCode {
        private final short[] counts = new short[MAX_CODE_LENGTH + 1];
        private final short[] ordered;

        PrefixCode(int[] lengths) {
            for (int length : lengths) {
                counts[length]++;
            }
            int used = lengths.length - counts[0];
            symbols += used + counts.length;
            if (symbols > MAX_SYMBOLS) {
                throw notAnImage("The WebP file is too complex.");
            }
            counts[0] = 0;
            requireComplete(used);
            ordered = new short[used];
            int[] next = new int[MAX_CODE_LENGTH + 1];
            for (int length = 1; length < MAX_CODE_LENGTH; length++) {
                next[length + 1] = next[length] + counts[length];
            }
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] != 0) {
                    ordered[next[lengths[symbol]]++] = (short) symbol;
                }
            }
        }

        /** Only a code of one symbol may leave bits without meaning; it has none. */
        private void requireComplete(int used) {
            int free = 1;
            for (int length = 1; length <= MAX_CODE_LENGTH; length++) {
                free = 2 * free - counts[length];
                if (free < 0) {
                    throw damaged();
                }
            }
            if (used == 0 || used > 1 && free > 0) {
                throw damaged();
            }
        }

        int read() {
            if (ordered.length == 1) {
                return ordered[0];
            }
            int code = 0;
            int first = 0;
            int index = 0;
            for (int length = 1; length <= MAX_CODE_LENGTH; length++) {
                code |= Vp8lDecoder.this.read(1);
                int count = counts[length];
                if (code - count < first) {
                    return ordered[index + code - first];
                }
                index += count;
                first = first + count << 1;
                code <<= 1;
            }
            throw damaged();
        }
    }

    private static int[] invert(Transform transform, int[] pixels, int height) {
        switch (transform.type()) {
            case PREDICTOR -> addPredictions(transform, pixels, height);
            case COLOUR -> addColours(transform, pixels, height);
            case SUBTRACT_GREEN -> addGreen(pixels);
            default -> {
                return lookUp(transform, pixels, height);
            }
        }
        return pixels;
    }

    private static void addPredictions(Transform transform, int[] pixels, int height) {
        int width = transform.width();
        int blocksAcross = divideUp(width, transform.sizeBits());
        pixels[0] = PackedSamples.add(pixels[0], BLACK);
        for (int x = 1; x < width; x++) {
            pixels[x] = PackedSamples.add(pixels[x], pixels[x - 1]);
        }
        for (int y = 1, i = width; y < height; y++) {
            int block = (y >> transform.sizeBits()) * blocksAcross;
            pixels[i] = PackedSamples.add(pixels[i], pixels[i - width]);
            i++;
            for (int x = 1; x < width; x++, i++) {
                int mode = transform.parameters()[block + (x >> transform.sizeBits())] >> 8 & 0xF;
                pixels[i] = PackedSamples.add(pixels[i], prediction(mode, pixels, i, width));
            }
        }
    }

    /** The prediction of a pixel from its neighbours (3.5.1). That on the right of a row begins the next. */
    private static int prediction(int mode, int[] pixels, int i, int width) {
        int left = pixels[i - 1];
        int top = pixels[i - width];
        int topLeft = pixels[i - width - 1];
        int topRight = pixels[i - width + 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> top;
            case 3 -> topRight;
            case 4 -> topLeft;
            case 5 -> PackedSamples.average(PackedSamples.average(left, topRight), top);
            case 6 -> PackedSamples.average(left, topLeft);
            case 7 -> PackedSamples.average(left, top);
            case 8 -> PackedSamples.average(topLeft, top);
            case 9 -> PackedSamples.average(top, topRight);
            case 10 ->
                PackedSamples.average(PackedSamples.average(left, topLeft), PackedSamples.average(top, topRight));
            case 11 -> colourDistance(top, topLeft) < colourDistance(left, topLeft) ? left : top;
            case 12 -> gradient(left, top, topLeft, 1);
            case 13 -> {
                int mean = PackedSamples.average(left, top);
                yield gradient(mean, mean, topLeft, 2);
            }
            default -> BLACK;
        };
    }

    /** The sum of the differences between the channels of two colours. */
    private static int colourDistance(int one, int other) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            sum += Math.abs((one >>> shift & 0xFF) - (other >>> shift & 0xFF));
        }
        return sum;
    }

    /** {@code start + (end - origin) / divisor} in each channel, but at least 0 and at most 255. */
    private static int gradient(int start, int end, int origin, int divisor) {
        int result = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int step = ((end >>> shift & 0xFF) - (origin >>> shift & 0xFF)) / divisor;
            result |= Vp8Plane.clamp((start >>> shift & 0xFF) + step) << shift;
        }
        return result;
    }

    /** Adds what was predicted of red from green, and of blue from green and red (3.5.2). */
    private static void addColours(Transform transform, int[] pixels, int height) {
        int width = transform.width();
        int blocksAcross = divideUp(width, transform.sizeBits());
        for (int y = 0, i = 0; y < height; y++) {
            int block = (y >> transform.sizeBits()) * blocksAcross;
            for (int x = 0; x < width; x++, i++) {
                int factors = transform.parameters()[block + (x >> transform.sizeBits())];
                int pixel = pixels[i];
                int green = pixel >> 8;
                int red = (pixel >> 16) + product(factors, green);
                int blue = pixel + product(factors >> 8, green) + product(factors >> 16, red);
                pixels[i] = pixel & 0xFF00FF00 | (red & 0xFF) << 16 | blue & 0xFF;
            }
        }
    }

    private static int product(int factor, int sample) {
        return (byte) factor * (byte) sample >> 5;
    }

    private static void addGreen(int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            int green = pixels[i] >> 8 & 0xFF;
            pixels[i] = PackedSamples.add(pixels[i], green << 16 | green);
        }
    }

    /** Replaces indices by colours. Where there are few colours, a pixel holds several indices. */
    private static int[] lookUp(Transform transform, int[] packed, int height) {
        int width = transform.width();
        int packedWidth = divideUp(width, transform.sizeBits());
        int depth = 8 >> transform.sizeBits();
        int perPixel = 1 << transform.sizeBits();
        int[] pixels = transform.sizeBits() == 0 ? packed : new int[width * height];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                int indices = packed[y * packedWidth + (x >> transform.sizeBits())] >> 8 & 0xFF;
                int index = indices >> depth * (x & perPixel - 1) & (1 << depth) - 1;
                pixels[i] = transform.parameters()[index];
            }
        }
        return pixels;
    }
}
