package ink.neural.drawing.webp;

import java.util.Arrays;

/** Reads how macroblocks are predicted (RFC 6386, sections 9.3, 9.11 and 11). */
final class Vp8Modes {
    // The modes of macroblocks.
    static final int DC = 0;
    static final int VERTICAL = 1;
    static final int HORIZONTAL = 2;
    static final int TRUE_MOTION = 3;
    /** Each subblock of the luma plane has a mode of its own. */
    private static final int SUBBLOCKS = 4;

    // The modes of subblocks, in the order of the RFC.
    static final int SUB_DC = 0;
    static final int SUB_TRUE_MOTION = 1;
    static final int SUB_VERTICAL = 2;
    static final int SUB_HORIZONTAL = 3;
    static final int SUB_LEFT_DOWN = 4;
    static final int SUB_RIGHT_DOWN = 5;
    static final int SUB_VERTICAL_RIGHT = 6;
    static final int SUB_VERTICAL_LEFT = 7;
    static final int SUB_HORIZONTAL_DOWN = 8;
    static final int SUB_HORIZONTAL_UP = 9;
    private static final int SUB_MODES = 10;

    // Trees as in the RFC: each pair is what follows on a bit 0 or 1, the index of another pair or a negated mode.
    private static final int[] SEGMENT_TREE = {2, 4, 0, -1, -2, -3};
    private static final int[] LUMA_TREE = {-SUBBLOCKS, 2, 4, 6, -DC, -VERTICAL, -HORIZONTAL, -TRUE_MOTION};
    private static final int[] LUMA_PROBABILITIES = {145, 156, 163, 128};
    private static final int[] CHROMA_TREE = {-DC, 2, -VERTICAL, 4, -HORIZONTAL, -TRUE_MOTION};
    private static final int[] CHROMA_PROBABILITIES = {142, 114, 183};
    private static final int[] SUBBLOCK_TREE = {
        -SUB_DC,
        2,
        -SUB_TRUE_MOTION,
        4,
        -SUB_VERTICAL,
        6,
        8,
        12,
        -SUB_HORIZONTAL,
        10,
        -SUB_RIGHT_DOWN,
        -SUB_VERTICAL_RIGHT,
        -SUB_LEFT_DOWN,
        14,
        -SUB_VERTICAL_LEFT,
        16,
        -SUB_HORIZONTAL_DOWN,
        -SUB_HORIZONTAL_UP
    };
    private static final int SUBBLOCK_PROBABILITIES = SUBBLOCK_TREE.length / 2;

    /** The mode of the subblocks, as a context, that the mode of a whole macroblock implies. */
    private static final int[] IMPLIED = {SUB_DC, SUB_VERTICAL, SUB_HORIZONTAL, SUB_TRUE_MOTION};

    /**
     * How a macroblock is predicted.
     *
     * @param segment from 0 to 3
     * @param skipped whether it has no coefficients
     * @param luma the mode of its luma plane, unless its subblocks have their own
     * @param subblocks the modes of its 16 luma subblocks, or null
     * @param chroma the mode of its chroma planes
     */
    record Macroblock(int segment, boolean skipped, int luma, int[] subblocks, int chroma) {
        boolean hasSubblockModes() {
            return subblocks != null;
        }
    }

    private final Vp8BoolDecoder in;
    private final Vp8Header header;
    /** The modes of the subblocks above, for all columns, and on the left. */
    private final int[] above;

    private final int[] left = new int[4];

    /**
     * Prepares to read.
     *
     * @param in the first partition, after the header
     * @param columns of macroblocks
     */
    Vp8Modes(Vp8BoolDecoder in, Vp8Header header, int columns) {
        this.in = in;
        this.header = header;
        above = new int[4 * columns];
    }

    void startRow() {
        Arrays.fill(left, SUB_DC);
    }

    /** Reads the next macroblock of the row. */
    Macroblock read(int column) {
        int segment = header.hasSegmentMap() ? readTree(SEGMENT_TREE, header.segmentProbabilities, 0) : 0;
        boolean skipped = header.skipping && in.bit(header.skipProbability) == 1;
        int luma = readTree(LUMA_TREE, LUMA_PROBABILITIES, 0);
        int[] subblocks = luma == SUBBLOCKS ? readSubblocks(column) : null;
        if (subblocks == null) {
            Arrays.fill(above, 4 * column, 4 * column + 4, IMPLIED[luma]);
            Arrays.fill(left, IMPLIED[luma]);
        }
        int chroma = readTree(CHROMA_TREE, CHROMA_PROBABILITIES, 0);
        return new Macroblock(segment, skipped, luma, subblocks, chroma);
    }

    private int[] readSubblocks(int column) {
        int[] modes = new int[16];
        for (int i = 0; i < 16; i++) {
            int x = 4 * column + i % 4;
            int y = i / 4;
            int context = SUB_MODES * above[x] + left[y];
            modes[i] = readTree(SUBBLOCK_TREE, Vp8Tables.SUBBLOCK_MODES, SUBBLOCK_PROBABILITIES * context);
            above[x] = modes[i];
            left[y] = modes[i];
        }
        return modes;
    }

    /** Walks a tree to a mode. The probability of a pair's bit is at half of its index, from an offset on. */
    private int readTree(int[] tree, int[] probabilities, int from) {
        int at = 0;
        do {
            at = tree[at + in.bit(probabilities[from + at / 2])];
        } while (at > 0);
        return -at;
    }
}
