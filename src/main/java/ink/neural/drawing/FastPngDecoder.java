package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.notAnImage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the PNGs a canvas makes, and others of 8 bits without interlacing, straight to greys (PNG specification, third
 * edition, sections 7 to 10): with no picture in between, in a fraction of the time the platform's codec takes.
 *
 * <p>A pixel of one to four samples is an int, the first sample lowest, so that a filter is undone for all at once.
 */
final class FastPngDecoder {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** One in each of four samples. */
    private static final long ONES = 0x0001000100010001L;

    private static final int HEADER = 16;
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_AND_ALPHA = 4;
    private static final int RGBA = 6;
    private static final int NONE = 0;
    private static final int SUB = 1;
    private static final int UP = 2;
    private static final int AVERAGE = 3;
    private static final int PAETH = 4;
    private static final int PLTE = Png.type("PLTE");
    private static final int TRNS = Png.type("tRNS");
    private static final int IDAT = Png.type("IDAT");
    /** What zlib's header says, and where: deflated, and without a dictionary. */
    private static final int[] ZLIB = {8, 0};

    private static final int[] ZLIB_MASK = {0x0F, 0x20};
    /** As much as is inflated at once; it stays in the processor's cache. */
    private static final int BLOCK = 1 << 15;

    private final ByteBuffer chunks;
    private final int width;
    private final int height;
    private final int colours;
    private final int samples;
    private final byte[] palette = new byte[256];
    private final Inflater inflater = new Inflater(true);
    /** A row of differences that are none. */
    private final byte[] unchanged;

    private int headerBytes;
    private int[] above;
    private int[] line;

    private FastPngDecoder(ImageFile picture) {
        chunks = ByteBuffer.wrap(picture.bytes());
        width = picture.width();
        height = picture.height();
        colours = chunks.get(HEADER + 9);
        samples = new int[] {1, 0, 3, 1, 2, 0, 4}[colours];
        unchanged = new byte[samples * width];
        above = new int[width];
        line = new int[width];
    }

    /** Whether a picture is such a PNG. One colour made transparent, outside a palette, is left to the platform. */
    static boolean recognises(ImageFile picture) {
        if (!picture.format().equals("png")) {
            return false;
        }
        ByteBuffer header = ByteBuffer.wrap(picture.bytes(), HEADER, 13);
        boolean eightBits = header.get(HEADER + 8) == 8;
        boolean simple = header.get(HEADER + 10) == 0 && header.get(HEADER + 11) == 0 && header.get(HEADER + 12) == 0;
        return eightBits
                && simple
                && switch (header.get(HEADER + 9)) {
                    case PALETTE -> has(PLTE, picture);
                    case GREY, RGB -> !has(TRNS, picture);
                    case GREY_AND_ALPHA, RGBA -> true;
                    default -> false;
                };
    }

    private static boolean has(int type, ImageFile picture) {
        ByteBuffer chunks = ByteBuffer.wrap(picture.bytes());
        for (int at = HEADER - 8; at < chunks.limit(); at += Png.FRAME + chunks.getInt(at)) {
            if (chunks.getInt(at + 4) == type) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads a picture that is such a PNG, as {@link Png#reduce} left it.
     *
     * @throws InvalidImageException if its pixels are damaged or too few
     */
    static Drawing read(ImageFile picture) {
        FastPngDecoder png = new FastPngDecoder(picture);
        try {
            return new Drawing(png.width, png.height, png.greys());
        } catch (DataFormatException e) {
            throw notAnImage("The picture is damaged.");
        } finally {
            png.inflater.end();
        }
    }

    private byte[] greys() throws DataFormatException {
        chunks.position(HEADER - 8);
        byte[] greys = new byte[width * height];
        int stride = 1 + samples * width;
        byte[] block = new byte[stride * Math.min(height, Math.max(1, BLOCK / stride))];
        for (int y = 0, at = block.length; y < height; y++, at += stride) {
            if (at == block.length) {
                at = 0;
                inflate(block, Math.min(block.length, stride * (height - y)));
            }
            int same = at == 0 ? 0 : repeated(block, at, stride);
            System.arraycopy(greys, Math.max(0, y - 1) * width, greys, y * width, same);
            if (same < width) {
                readRow(block, at, same, greys, y * width);
            }
        }
        return greys;
    }

    private void inflate(byte[] block, int length) throws DataFormatException {
        for (int done = 0; done < length; ) {
            int more = inflater.inflate(block, done, length - done);
            if (more == 0) {
                if (!inflater.needsInput() || inflater.finished()) {
                    throw notAnImage("The picture is damaged.");
                }
                nextData();
            }
            done += more;
        }
    }

    /** Goes on to the next chunk of pixels, and takes along a palette on the way. */
    private void nextData() {
        while (chunks.hasRemaining()) {
            int length = chunks.getInt();
            int type = chunks.getInt();
            int start = chunks.position();
            chunks.position(start + length + 4);
            if (type == IDAT) {
                int header = header(start, length);
                inflater.setInput(chunks.array(), start + header, length - header);
                return;
            }
            if (type == PLTE) {
                keepPalette(start, length);
            }
        }
        throw notAnImage("The picture is damaged.");
    }

    /**
     * How many bytes of a chunk are zlib's header (RFC 1950), which is two bytes long. The inflater is not shown it, for then it
     * would sum up all pixels and compare, a tenth of an answer's cost: the chunks' checksums have been compared already.
     */
    private int header(int start, int length) {
        int at = start;
        for (; headerBytes < ZLIB.length && at < start + length; headerBytes++, at++) {
            if ((chunks.get(at) & ZLIB_MASK[headerBytes]) != ZLIB[headerBytes]) {
                throw notAnImage("The picture is damaged.");
            }
        }
        return at - start;
    }

    /** The transparency of a palette, if there is any, follows it. What an index beyond it means, an error, is black. */
    private void keepPalette(int start, int length) {
        int after = start + length + 4;
        boolean clear = chunks.getInt(after + 4) == TRNS;
        int opacities = clear ? chunks.getInt(after) : 0;
        for (int i = 0, at = start; i < Math.min(256, length / 3); i++, at += 3) {
            int alpha = i < opacities ? chunks.get(after + 8 + i) : 255;
            palette[i] = grey(chunks.get(at), chunks.get(at + 1), chunks.get(at + 2), alpha);
        }
    }

    /** How many pixels a row begins with that are those above again; most often all: paper. */
    private int repeated(byte[] block, int at, int stride) {
        if (block[at] != NONE && block[at] != SUB) {
            return 0;
        }
        int same = Arrays.mismatch(block, at - stride, at, block, at, at + stride);
        return same < 0 ? width : Math.max(0, same - 1) / samples;
    }

    private void readRow(byte[] block, int from, int same, byte[] greys, int to) {
        if (block[from] == SUB) {
            readSub(block, from + 1, same, greys, to);
        } else if (block[from] == UP && to > 0) {
            readUp(block, from + 1, greys, to);
        } else {
            readOther(block, from, greys, to);
        }
    }

    private void readOther(byte[] block, int from, byte[] greys, int to) {
        int[] spare = above;
        above = line;
        line = spare;
        for (int x = 0, i = from + 1; x < width; x++, i += samples) {
            line[x] = pixel(block, i);
        }
        unfilter(block[from]);
        paint(greys, to);
    }

    private int pixel(byte[] block, int i) {
        if (samples == 4) {
            return (int) INTS.get(block, i);
        }
        if (samples == 3 && i < block.length - 3) {
            return (int) INTS.get(block, i) & 0xFFFFFF;
        }
        int pixel = block[i] & 0xFF;
        for (int sample = 1; sample < samples; sample++) {
            pixel |= (block[i + sample] & 0xFF) << 8 * sample;
        }
        return pixel;
    }

    /**
     * The filter of Chromium's canvas, in one pass: the difference from the pixel on the left, most often none. The line
     * still has the row above, and with it the first pixels if they are the same.
     */
    private void readSub(byte[] block, int from, int same, byte[] greys, int to) {
        int left = same == 0 ? 0 : line[same - 1];
        byte grey = grey(left);
        for (int x = same; x < width; ) {
            int i = from + x * samples;
            int change = pixel(block, i);
            if (change == 0) {
                int end = x + unchanged(block, i, width - x);
                Arrays.fill(line, x, end, left);
                Arrays.fill(greys, to + x, to + end, grey);
                x = end;
            } else {
                left = sum(left, change);
                grey = grey(left);
                line[x] = left;
                greys[to + x] = grey;
                x++;
            }
        }
    }

    /** The filter that Pillow uses most for drawings, likewise: the difference from the pixel above. */
    private void readUp(byte[] block, int from, byte[] greys, int to) {
        for (int x = 0; x < width; ) {
            int i = from + x * samples;
            int change = pixel(block, i);
            if (change == 0) {
                int run = unchanged(block, i, width - x);
                System.arraycopy(greys, to + x - width, greys, to + x, run);
                x += run;
            } else {
                line[x] = sum(line[x], change);
                greys[to + x] = grey(line[x]);
                x++;
            }
        }
    }

    /** How many pixels from here on, of so many, differ in nothing. */
    private int unchanged(byte[] block, int from, int pixels) {
        int same = Arrays.mismatch(unchanged, 0, pixels * samples, block, from, from + pixels * samples);
        return same < 0 ? pixels : same / samples;
    }

    private void unfilter(int filter) {
        switch (filter) {
            case NONE, UP -> {} // above the first row, all is zero
            case AVERAGE -> unfilterAverage();
            case PAETH -> unfilterPaeth();
            default -> throw notAnImage("The picture is damaged.");
        }
    }

    private void unfilterAverage() {
        int left = 0;
        for (int x = 0; x < width; x++) {
            int average = (left & above[x]) + ((left ^ above[x]) >>> 1 & 0x7F7F7F7F);
            left = sum(line[x], average);
            line[x] = left;
        }
    }

    /** Four samples at once, each in 16 bits of a long: in noise, every branch of the filter's definition is a bad guess. */
    private void unfilterPaeth() {
        long left = 0;
        long corner = 0;
        for (int x = 0; x < width; x++) {
            long up = spread(above[x]);
            left = spread(line[x]) + paeth(left, up, corner) & 0xFF * ONES;
            corner = up;
            line[x] = gather(left);
        }
    }

    private static long spread(int bytes) {
        long pairs = bytes & 0xFFFFL | (bytes & 0xFFFF0000L) << 16;
        return pairs & 0x000000FF000000FFL | (pairs & 0x0000FF000000FF00L) << 8;
    }

    private static int gather(long samples) {
        long pairs = (samples | samples >>> 8) & 0x0000FFFF0000FFFFL;
        return (int) (pairs | pairs >>> 16);
    }

    /** Adds four bytes to four others. */
    private static int sum(int a, int b) {
        return (a & 0x7F7F7F7F) + (b & 0x7F7F7F7F) ^ (a ^ b) & 0x80808080;
    }

    /** Of each sample, that of the three which is nearest to left + up - corner; of equally near ones the first. */
    private static long paeth(long left, long up, long corner) {
        if (left == corner) {
            return up;
        }
        if (up == corner) {
            return left;
        }
        long fromLeft = (up | ONES << 8) - corner;
        long fromUp = (left | ONES << 8) - corner;
        long toCorner = magnitude(fromLeft + fromUp, 9);
        long toLeft = magnitude(fromLeft, 8);
        long toUp = magnitude(fromUp, 8);
        long upOrCorner = corner ^ (corner ^ up) & notMore(toUp, toCorner);
        return upOrCorner ^ (upOrCorner ^ left) & notMore(toLeft, toUp) & notMore(toLeft, toCorner);
    }

    /** Of numbers that 2 to the given power was added to, so that none is negative, how far they are from 0. */
    private static long magnitude(long numbers, int power) {
        long negative = ONES & ~(numbers >>> power);
        return (numbers ^ ONES << power ^ negative * ((2 << power) - 1)) + negative;
    }

    /** 255 where one sample is at most as large as the other, else 0. */
    private static long notMore(long samples, long others) {
        return ((others | ONES << 15) - samples >>> 15 & ONES) * 0xFF;
    }

    /** A pixel is like the one before it more often than not. */
    private void paint(byte[] greys, int at) {
        int pixel = line[0];
        byte grey = grey(pixel);
        for (int x = 0; x < width; x++) {
            if (line[x] != pixel) {
                pixel = line[x];
                grey = grey(pixel);
            }
            greys[at + x] = grey;
        }
    }

    private byte grey(int pixel) {
        return switch (colours) {
            case GREY -> (byte) pixel;
            case PALETTE -> palette[pixel];
            case GREY_AND_ALPHA -> grey(pixel, pixel, pixel, pixel >> 8);
            case RGB -> grey(pixel, pixel >> 8, pixel >> 16, 255);
            default -> grey(pixel, pixel >> 8, pixel >> 16, pixel >> 24);
        };
    }

    private static byte grey(int red, int green, int blue, int alpha) {
        return Drawing.grey(alpha << 24 | (red & 0xFF) << 16 | (green & 0xFF) << 8 | blue & 0xFF);
    }
}
