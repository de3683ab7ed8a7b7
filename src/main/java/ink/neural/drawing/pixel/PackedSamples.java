package ink.neural.drawing.pixel;

/**
 * Arithmetic on four 8-bit samples at once ("SIMD within a register"), as the filters of PNG (PNG specification,
 * third edition, section 9) and the transforms of WebP need it. All operations are per sample and modulo 256.
 *
 * <p>A packed pixel is an int that holds up to four samples, the first in the lowest byte. The Paeth predictor needs
 * more than 8 bits for intermediate results, so it works on spread pixels: longs that hold each sample in 16 bits.
 */
public final class PackedSamples {
    /** All bits of each packed sample but the highest. */
    private static final int LOW_BITS = 0x7F7F7F7F;
    /** A 1 in each spread sample. */
    private static final long ONES = 0x0001_0001_0001_0001L;
    /** The 8 bits of each spread sample. */
    private static final long SAMPLES = 0xFF * ONES;

    private PackedSamples() {}

    /**
     * Adds two packed pixels. The highest bits are added without carry, so that none spills into the next sample.
     *
     * @param a a packed pixel
     * @param b a packed pixel
     * @return a packed pixel
     */
    public static int add(int a, int b) {
        return (a & LOW_BITS) + (b & LOW_BITS) ^ (a ^ b) & ~LOW_BITS;
    }

    /**
     * Averages two packed pixels, rounding down.
     *
     * @param a a packed pixel
     * @param b a packed pixel
     * @return a packed pixel
     */
    public static int average(int a, int b) {
        return (a & b) + ((a ^ b) >>> 1 & LOW_BITS);
    }

    /**
     * Turns a packed pixel into a spread one.
     *
     * @param packed a packed pixel
     * @return a spread pixel
     */
    public static long spread(int packed) {
        long pairs = packed & 0xFFFFL | (packed & 0xFFFF0000L) << 16;
        return pairs & 0x000000FF_000000FFL | (pairs & 0x0000FF00_0000FF00L) << 8;
    }

    /**
     * Turns a spread pixel into a packed one.
     *
     * @param spread a spread pixel
     * @return a packed pixel
     */
    public static int pack(long spread) {
        long pairs = (spread | spread >>> 8) & 0x0000FFFF_0000FFFFL;
        return (int) (pairs | pairs >>> 16);
    }

    /**
     * Adds two spread pixels.
     *
     * @param a a spread pixel
     * @param b a spread pixel
     * @return a spread pixel
     */
    public static long addSpread(long a, long b) {
        return a + b & SAMPLES;
    }

    /**
     * The Paeth predictor on spread pixels: whichever of {@code left}, {@code up} and {@code corner} (upper left) is
     * nearest to {@code left + up - corner}, and the first of those if several are equally near. It has no branches
     * per sample, because on noise the processor would mispredict them.
     *
     * @param left a spread pixel
     * @param up a spread pixel
     * @param corner a spread pixel
     * @return a spread pixel
     */
    public static long paeth(long left, long up, long corner) {
        if (left == corner) {
            return up;
        }
        if (up == corner) {
            return left;
        }
        // The distance of the estimate left + up - corner from left is |up - corner|, and so on. Adding 256 to each
        // difference keeps it from becoming negative and borrowing from the next sample.
        long upMinusCorner = (up | ONES << 8) - corner;
        long leftMinusCorner = (left | ONES << 8) - corner;
        long leftDistance = magnitude(upMinusCorner, 8);
        long upDistance = magnitude(leftMinusCorner, 8);
        long cornerDistance = magnitude(upMinusCorner + leftMinusCorner, 9);
        long upOrCorner = select(isAtMost(upDistance, cornerDistance), up, corner);
        return select(isAtMost(leftDistance, upDistance) & isAtMost(leftDistance, cornerDistance), left, upOrCorner);
    }

    /** The absolute value of each number, which is given with 2 to the power of {@code offsetBits} added. */
    private static long magnitude(long numbers, int offsetBits) {
        long negative = ONES & ~(numbers >>> offsetBits);
        long negativeMask = negative * ((2 << offsetBits) - 1);
        return (numbers ^ ONES << offsetBits ^ negativeMask) + negative;
    }

    /** A mask with 255 in each sample where {@code a} is at most {@code b}, and 0 elsewhere. */
    private static long isAtMost(long a, long b) {
        return ((b | ONES << 15) - a >>> 15 & ONES) * 0xFF;
    }

    private static long select(long mask, long ifSet, long ifClear) {
        return ifClear ^ (ifClear ^ ifSet) & mask;
    }
}
