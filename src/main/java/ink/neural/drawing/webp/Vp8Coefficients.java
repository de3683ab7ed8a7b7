package ink.neural.drawing.webp;

import java.util.Arrays;

/** Reads the coefficients of macroblocks (RFC 6386, section 13), multiplied by their quantisers (section 14.1). */
final class Vp8Coefficients {
    /** The indices of the first blocks of U and V, after the 16 of luma, and of the Y2 block. */
    static final int FIRST_U = 16;

    static final int FIRST_V = 20;
    private static final int Y2 = 24;
    private static final int BLOCKS = 25;

    // The types of blocks that differ in the probabilities of their coefficients (13.3).
    private static final int LUMA_AFTER_Y2 = 0;
    private static final int TYPE_Y2 = 1;
    private static final int CHROMA = 2;
    private static final int LUMA_WITH_DC = 3;

    /** Where the contexts of the blocks of luma, U, V and Y2 begin. */
    private static final int LUMA_CONTEXT = 0;

    private static final int U_CONTEXT = 4;
    private static final int V_CONTEXT = 6;
    private static final int Y2_CONTEXT = 8;
    private static final int CONTEXTS = 9;

    /** The band of each coefficient (13.3), and one more that is looked up but not used. */
    private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    /** The probabilities of the extra bits of large coefficients (13.2). */
    private static final int[][] EXTRA_BITS = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };

    private static final int PER_CONTEXT = 11;
    private static final int PER_BAND = 3 * PER_CONTEXT;
    private static final int PER_TYPE = 8 * PER_BAND;

    private final int[] probabilities;
    /** The coefficients of a macroblock, 16 for each block. They are 0 before the next is read. */
    final int[] values = new int[16 * BLOCKS];
    /** Whether the blocks above, for each column, and on the left have coefficients (1) or not (0). */
    private final int[][] filledAbove;

    private final int[] filledLeft = new int[CONTEXTS];

    /**
     * Prepares to read.
     *
     * @param probabilities those of the header
     * @param columns of macroblocks
     */
    Vp8Coefficients(int[] probabilities, int columns) {
        this.probabilities = probabilities;
        filledAbove = new int[columns][CONTEXTS];
    }

    void startRow() {
        Arrays.fill(filledLeft, 0);
    }

    /** Passes a macroblock without coefficients. One whose subblocks have modes of their own has no Y2 block either. */
    void skip(int column, boolean hasY2) {
        int count = hasY2 ? CONTEXTS : Y2_CONTEXT;
        Arrays.fill(filledAbove[column], 0, count, 0);
        Arrays.fill(filledLeft, 0, count, 0);
    }

    /**
     * Reads the coefficients of a macroblock.
     *
     * @param in the partition of its row
     * @return whether it has any
     */
    boolean read(Vp8BoolDecoder in, int column, boolean hasY2, Vp8Header.Quantisers quantisers) {
        int[] above = filledAbove[column];
        boolean filled = false;
        int first = 0;
        int lumaType = LUMA_WITH_DC;
        if (hasY2) {
            filled = readBlocks(in, TYPE_Y2, 0, above, Y2_CONTEXT, 1, Y2, quantisers.y2Dc(), quantisers.y2Ac());
            Vp8Transform.spreadY2(values, 16 * Y2);
            first = 1;
            lumaType = LUMA_AFTER_Y2;
        }
        int dc = quantisers.chromaDc();
        int ac = quantisers.chromaAc();
        filled |= readBlocks(in, lumaType, first, above, LUMA_CONTEXT, 4, 0, quantisers.lumaDc(), quantisers.lumaAc());
        filled |= readBlocks(in, CHROMA, 0, above, U_CONTEXT, 2, FIRST_U, dc, ac);
        filled |= readBlocks(in, CHROMA, 0, above, V_CONTEXT, 2, FIRST_V, dc, ac);
        return filled;
    }

    /** Reads the blocks of a plane: {@code side * side} of them, from the block with index {@code block} on. */
    private boolean readBlocks(
            Vp8BoolDecoder in, int type, int first, int[] above, int context, int side, int block, int dc, int ac) {
        boolean any = false;
        for (int y = context; y < context + side; y++) {
            for (int x = context; x < context + side; x++, block++) {
                boolean filled = readBlock(in, type, first, above[x] + filledLeft[y], block, dc, ac) > first;
                above[x] = filledLeft[y] = filled ? 1 : 0;
                any |= filled;
            }
        }
        return any;
    }

    /** Reads the coefficients of a block. Returns the number of coefficients up to the last. */
    private int readBlock(Vp8BoolDecoder in, int type, int first, int context, int block, int dc, int ac) {
        int ofType = type * PER_TYPE;
        int at = ofType + BANDS[first] * PER_BAND + context * PER_CONTEXT;
        for (int i = first; i < 16; i++) {
            if (in.bit(probabilities[at]) == 0) {
                return i;
            }
            while (in.bit(probabilities[at + 1]) == 0) {
                if (++i == 16) {
                    return 16;
                }
                at = ofType + BANDS[i] * PER_BAND;
            }
            int magnitude = in.bit(probabilities[at + 2]) == 0 ? 1 : readLarge(in, at);
            int value = in.flag() ? -magnitude : magnitude;
            values[16 * block + ZIGZAG[i]] = value * (i == 0 ? dc : ac);
            int nextContext = magnitude == 1 ? 1 : 2;
            at = ofType + BANDS[i + 1] * PER_BAND + nextContext * PER_CONTEXT;
        }
        return 16;
    }

    /** Reads a magnitude of 2 or more. */
    private int readLarge(Vp8BoolDecoder in, int at) {
        if (in.bit(probabilities[at + 3]) == 0) {
            return in.bit(probabilities[at + 4]) == 0 ? 2 : 3 + in.bit(probabilities[at + 5]);
        }
        if (in.bit(probabilities[at + 6]) == 0) {
            if (in.bit(probabilities[at + 7]) == 0) {
                return 5 + in.bit(159);
            }
            return 7 + 2 * in.bit(165) + in.bit(145);
        }
        int high = in.bit(probabilities[at + 8]);
        int category = 2 * high + in.bit(probabilities[at + 9 + high]);
        int extra = 0;
        for (int probability : EXTRA_BITS[category]) {
            extra = 2 * extra + in.bit(probability);
        }
        return 3 + (8 << category) + extra;
    }
}
