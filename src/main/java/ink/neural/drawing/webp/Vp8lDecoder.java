package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.InvalidWebpException.damaged;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decodes the lossless pixels of a WebP file (RFC 9649, section 3). They are stored as prefix-coded pixels, references to
 * earlier pixels and indices into a cache of recent colours. There may be several groups of prefix codes, chosen by an
 * image of lower resolution. That image and the parameters of transforms are stored in the same way.
 */
final class Vp8lDecoder {
    private static final int LITERALS = 256;
    private static final int LENGTHS = 24;
    private static final int DISTANCES = 40;
    private static final int MAX_CACHE_BITS = 11;
    /** The largest size of all prefix codes. Encoders write at most some thousands of groups, with few symbols each. */
    private static final int MAX_CODES_SIZE = 1 << 21;

    /** The pixels that short distances mean: rows above, times 16, plus 8 minus columns to the left (3.6.2.2). */
    private static final int[] NEAR_PIXELS = {
        0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37,
        0x39, 0x15, 0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b,
        0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56,
        0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e,
        0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77,
        0x79, 0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b,
        0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e, 0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e,
        0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
    };

    private final Vp8lInput in;
    private int codesSize;

    private Vp8lDecoder(Vp8lInput in) {
        this.in = in;
    }

    /**
     * Decodes an image.
     *
     * @param data holds the image
     * @param start offset of the image, after its header
     * @param end offset of its end
     * @return {@code width * height} pixels, not premultiplied
     * @throws InvalidWebpException if the image is damaged
     */
    static int[] decode(byte[] data, int start, int end, int width, int height) {
        try {
            return new Vp8lDecoder(new Vp8lInput(data, start, end)).readTransformed(width, height);
        } catch (IndexOutOfBoundsException e) {
            throw damaged();
        }
    }

    private int[] readTransformed(int width, int height) {
        Deque<Vp8lTransform> transforms = new ArrayDeque<>();
        int storedWidth = width;
        while (in.readFlag()) {
            Vp8lTransform transform = readTransform(storedWidth, height);
            if (transforms.stream().anyMatch(other -> other.type() == transform.type())) {
                throw damaged();
            }
            transforms.push(transform);
            storedWidth = transform.storedWidth();
        }
        int[] pixels = readImage(storedWidth, height, true);
        for (Vp8lTransform transform : transforms) {
            pixels = transform.invert(pixels, height);
        }
        return pixels;
    }

    private Vp8lTransform readTransform(int width, int height) {
        int type = in.read(2);
        return switch (type) {
            case Vp8lTransform.SUBTRACT_GREEN -> Vp8lTransform.subtractGreen(width);
            case Vp8lTransform.PALETTE -> {
                int colours = in.read(8) + 1;
                yield Vp8lTransform.palette(width, colours, readImage(colours, 1, false));
            }
            default -> {
                int blockBits = in.read(3) + 2;
                yield new Vp8lTransform(type, width, blockBits, readBlocks(width, height, blockBits));
            }
        };
    }

    /** Reads an image with one pixel for each block of {@code 2^blockBits * 2^blockBits} pixels. */
    private int[] readBlocks(int width, int height, int blockBits) {
        return readImage(Vp8lTransform.divideUp(width, blockBits), Vp8lTransform.divideUp(height, blockBits), false);
    }

    /** The prefix codes for green, lengths and cached colours, for red, blue and alpha, and for distances. */
    private record Group(PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {}

    /**
     * The groups of an image.
     *
     * @param ofBlocks for each block, green and red of a colour are the number of its group; null if there is one group
     */
    private record Groups(Group[] all, int[] ofBlocks, int blockBits, int blocksAcross) {
        Group at(int x, int y) {
            return ofBlocks == null
                    ? all[0]
                    : all[number(ofBlocks[(y >> blockBits) * blocksAcross + (x >> blockBits)])];
        }

        static int number(int argb) {
            return argb >> 8 & 0xFFFF;
        }
    }

    /** Reads an image (3.8). Only the image itself has several groups of codes. */
    private int[] readImage(int width, int height, boolean mayHaveGroups) {
        int cacheBits = in.readFlag() ? in.read(4) : 0;
        if (cacheBits > MAX_CACHE_BITS) {
            throw damaged();
        }
        int[] ofBlocks = null;
        int blockBits = 0;
        int count = 1;
        if (mayHaveGroups && in.readFlag()) {
            blockBits = in.read(3) + 2;
            ofBlocks = readBlocks(width, height, blockBits);
            for (int block : ofBlocks) {
                count = Math.max(count, Groups.number(block) + 1);
            }
            // Encoders number the groups that they use. Others would cost time and stand for no pixel.
            if (count > ofBlocks.length) {
                throw damaged();
            }
        }
        Group[] all = readGroups(count, cacheBits == 0 ? 0 : 1 << cacheBits);
        Groups groups = new Groups(all, ofBlocks, blockBits, Vp8lTransform.divideUp(width, blockBits));
        int[] pixels = new int[width * height];
        readPixels(pixels, width, groups, new ColourCache(pixels, cacheBits));
        return pixels;
    }

    private Group[] readGroups(int count, int cachedColours) {
        Group[] groups = new Group[count];
        for (int i = 0; i < count; i++) {
            groups[i] = new Group(
                    readCode(LITERALS + LENGTHS + cachedColours),
                    readCode(LITERALS),
                    readCode(LITERALS),
                    readCode(LITERALS),
                    readCode(DISTANCES));
        }
        return groups;
    }

    private PrefixCode readCode(int alphabet) {
        PrefixCode code = PrefixCode.read(in, alphabet);
        codesSize += code.size();
        if (codesSize > MAX_CODES_SIZE) {
            throw new InvalidWebpException("The WebP file is too complex.");
        }
        return code;
    }

    private void readPixels(int[] pixels, int width, Groups groups, ColourCache cache) {
        for (int i = 0; i < pixels.length; ) {
            Group group = groups.at(i % width, i / width);
            int symbol = group.green().read(in);
            if (symbol < LITERALS) {
                pixels[i++] = readColour(group, symbol);
            } else if (symbol < LITERALS + LENGTHS) {
                i += repeat(pixels, i, readNumber(symbol - LITERALS), readDistance(group, width));
            } else {
                pixels[i] = cache.colour(symbol - LITERALS - LENGTHS, i);
                i++;
            }
        }
    }

    private int readColour(Group group, int green) {
        int red = group.red().read(in);
        int blue = group.blue().read(in);
        return group.alpha().read(in) << 24 | red << 16 | green << 8 | blue;
    }

    /** Repeats earlier pixels, and perhaps those that are being repeated. Returns how many. */
    private static int repeat(int[] pixels, int at, int length, int distance) {
        if (distance > at || length > pixels.length - at) {
            throw damaged();
        }
        for (int to = at; to < at + length; to++) {
            pixels[to] = pixels[to - distance];
        }
        return length;
    }

    private int readDistance(Group group, int width) {
        int code = readNumber(group.distance().read(in));
        if (code > NEAR_PIXELS.length) {
            return code - NEAR_PIXELS.length;
        }
        int near = NEAR_PIXELS[code - 1];
        return Math.max(1, (near >> 4) * width + 8 - (near & 0xF));
    }

    /** Reads a length or distance: a prefix, and extra bits for all but the shortest (3.6.2.2). */
    private int readNumber(int prefix) {
        if (prefix < 4) {
            return prefix + 1;
        }
        int extraBits = prefix - 2 >> 1;
        return (2 + (prefix & 1) << extraBits) + in.read(extraBits) + 1;
    }
}
