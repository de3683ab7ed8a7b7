package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;

import java.util.Arrays;

/*
 * Implementation note
 *
 * Why it exists. The JDK cannot read WebP. The library that can (TwelveMonkeys 3.12.0) keeps some 27 bytes of objects
 * for each pixel, and takes about a second per megapixel of a noisy picture.
 *
 * What it decodes. Key frames, of which a WebP file holds exactly one. The names and sections are those of RFC 6386.
 *
 * How it is verified. WebpDecoderTest compares every pixel with those that dwebp, of Google's libwebp, wrote.
 *
 * What to know before reading it. A frame consists of macroblocks of 16 x 16 pixels, and these of 16 subblocks in luma
 * and 4 in each chroma plane, which have half of the resolution. Each block is predicted from the pixels above and on
 * the left, and the difference, transformed to coefficients, is added. At last, the edges between blocks are smoothed.
 */

/** Decodes the lossy pixels of a WebP file: a key frame of VP8 (RFC 6386). */
final class Vp8Decoder {
    static final int HEADER_LENGTH = 10;

    private static final int SEGMENTS = 4;
    private static final int BLOCKS = 25;
    private static final int FIRST_U = 16;
    private static final int FIRST_V = 20;
    private static final int Y2 = 24;

    // The types of blocks that differ in the probabilities of their coefficients (13.3).
    private static final int LUMA_AFTER_Y2 = 0;
    private static final int TYPE_Y2 = 1;
    private static final int CHROMA = 2;
    private static final int LUMA_WITH_DC = 3;

    private static final int SUBBLOCK_MODES = -1;
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

    private static final int PROBABILITIES_PER_CONTEXT = 11;
    private static final int PROBABILITIES_PER_BAND = 3 * PROBABILITIES_PER_CONTEXT;
    private static final int PROBABILITIES_PER_TYPE = 8 * PROBABILITIES_PER_BAND;

    private final int width;
    private final int columns;
    private final int rows;
    private final Vp8BoolDecoder header;
    private final Vp8BoolDecoder[] partitions;

    private boolean segmented;
    private boolean segmentMapped;
    private boolean absolute;
    private final int[] segmentQuantisers = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];
    private final int[] segmentProbabilities = {255, 255, 255};
    private boolean simpleFilter;
    private int filterLevel;
    private int sharpness;
    private boolean levelsAdjusted;
    private int intraAdjustment;
    private int subblocksAdjustment;
    /** For each segment, the quantisers of first and other coefficients of Y, Y2 and chroma. */
    private final int[][] quantisers = new int[SEGMENTS][6];

    private final int[] probabilities = Vp8Tables.COEFFICIENTS.clone();
    private boolean skipping;
    private int skipProbability;

    private final Vp8Plane luma;
    private final Vp8Plane[] chroma;

    /** The modes of the subblocks above, for all columns, and on the left. */
    private final int[] modesAbove;

    private final int[] modesLeft = new int[4];
    /** Whether the blocks above and on the left have coefficients: four of Y, two of U, two of V, Y2. */
    private final int[][] filledAbove;

    private final int[] filledLeft = new int[9];
    private final int[] coefficients = new int[16 * BLOCKS];
    private final int[] aboveRight = new int[4];
    /** For each macroblock, the level of the loop filter. */
    private final byte[] levels;
    /** For each macroblock, whether the edges within are smoothed. */
    private final boolean[] innerEdges;

    /**
     * Prepares to decode a frame.
     *
     * @param file holds the frame
     * @param start offset of the frame, whose header has been checked
     * @param end offset of its end
     */
    Vp8Decoder(byte[] file, int start, int end, int width, int height) {
        this.width = width;
        columns = (width + 15) / 16;
        rows = (height + 15) / 16;
        int tag = file[start] & 0xFF | (file[start + 1] & 0xFF) << 8 | (file[start + 2] & 0xFF) << 16;
        int second = start + HEADER_LENGTH + (tag >> 5);
        if (second > end) {
            throw damaged();
        }
        header = new Vp8BoolDecoder(file, start + HEADER_LENGTH, second);
        luma = new Vp8Plane(16 * columns, 16 * rows);
        chroma = new Vp8Plane[] {new Vp8Plane(8 * columns, 8 * rows), new Vp8Plane(8 * columns, 8 * rows)};
        modesAbove = new int[4 * columns];
        filledAbove = new int[columns][9];
        levels = new byte[columns * rows];
        innerEdges = new boolean[columns * rows];
        partitions = readHeader(file, second, end);
    }

    /** Reads the header of the frame (9.2 to 9.11), and finds the partitions with the coefficients. */
    private Vp8BoolDecoder[] readHeader(byte[] file, int second, int end) {
        header.number(2); // the colour space and the need for clamping
        readSegments();
        simpleFilter = header.flag();
        filterLevel = header.number(6);
        sharpness = header.number(3);
        readLevelAdjustments();
        Vp8BoolDecoder[] found = findPartitions(file, second, end, 1 << header.number(2));
        readQuantisers();
        header.flag(); // whether the probabilities are kept for the next frame
        for (int i = 0; i < probabilities.length; i++) {
            if (header.bit(Vp8Tables.COEFFICIENT_UPDATES[i]) == 1) {
                probabilities[i] = header.number(8);
            }
        }
        skipping = header.flag();
        skipProbability = skipping ? header.number(8) : 0;
        return found;
    }

    private void readSegments() {
        segmented = header.flag();
        if (!segmented) {
            return;
        }
        segmentMapped = header.flag();
        if (header.flag()) {
            absolute = header.flag();
            Arrays.setAll(segmentQuantisers, i -> header.optionalSigned(7));
            Arrays.setAll(segmentLevels, i -> header.optionalSigned(6));
        }
        if (segmentMapped) {
            Arrays.setAll(segmentProbabilities, i -> header.flag() ? header.number(8) : 255);
        }
    }

    private void readLevelAdjustments() {
        levelsAdjusted = header.flag();
        if (levelsAdjusted && header.flag()) {
            int[] adjustments = new int[8];
            Arrays.setAll(adjustments, i -> header.optionalSigned(6));
            intraAdjustment = adjustments[0];
            subblocksAdjustment = adjustments[4];
        }
    }

    /** Finds the partitions. Before the first, three bytes each give the lengths of all but the last. */
    private static Vp8BoolDecoder[] findPartitions(byte[] file, int at, int end, int count) {
        Vp8BoolDecoder[] partitions = new Vp8BoolDecoder[count];
        int start = at + 3 * (count - 1);
        for (int i = 0; i < count; i++, at += 3) {
            if (start > end) {
                throw damaged();
            }
            int stop = end;
            if (i < count - 1) {
                stop = start + (file[at] & 0xFF | (file[at + 1] & 0xFF) << 8 | (file[at + 2] & 0xFF) << 16);
            }
            partitions[i] = new Vp8BoolDecoder(file, start, Math.min(stop, end));
            start = stop;
        }
        return partitions;
    }

    private void readQuantisers() {
        int base = header.number(7);
        int[] changes = new int[5];
        Arrays.setAll(changes, i -> header.optionalSigned(4));
        for (int i = 0; i < SEGMENTS; i++) {
            int quantiser = !segmented ? base : absolute ? segmentQuantisers[i] : base + segmentQuantisers[i];
            quantisers[i] = new int[] {
                dc(quantiser + changes[0], 127),
                ac(quantiser),
                2 * dc(quantiser + changes[1], 127),
                Math.max(8, ac(quantiser + changes[2]) * 155 / 100),
                dc(quantiser + changes[3], 117),
                ac(quantiser + changes[4])
            };
        }
    }

    private static int dc(int index, int most) {
        return Vp8Tables.DC_QUANTISERS[Math.max(0, Math.min(most, index))];
    }

    private static int ac(int index) {
        return Vp8Tables.AC_QUANTISERS[Math.max(0, Math.min(127, index))];
    }

    /** Decodes the frame. */
    void decode() {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(modesLeft, Vp8Plane.SUB_DC);
            Arrays.fill(filledLeft, 0);
            for (int column = 0; column < columns; column++) {
                decodeMacroblock(column, row);
            }
        }
        if (filterLevel > 0) {
            smooth();
        }
    }

    private void decodeMacroblock(int column, int row) {
        int segment = segmentMapped ? readSegment() : 0;
        boolean skipped = skipping && header.bit(skipProbability) == 1;
        int mode = readLumaMode();
        int[] modes = readSubblockModes(mode, column);
        int chromaMode = readChromaMode();
        boolean withSubblocks = mode == SUBBLOCK_MODES;
        boolean filled = false;
        if (skipped) {
            clearContexts(column, withSubblocks);
        } else {
            filled = readCoefficients(partitions[row % partitions.length], column, withSubblocks, quantisers[segment]);
        }
        predictLuma(mode, modes, column, row);
        for (int i = 0; i < 2; i++) {
            Vp8Plane plane = chroma[i];
            int at = plane.index(8 * column, 8 * row);
            plane.predict(chromaMode, at, 8, column > 0, row > 0);
            for (int block = 0; block < 4; block++) {
                int from = at + block / 2 * 4 * plane.stride + block % 2 * 4;
                plane.addInverse(from, coefficients, 16 * ((i == 0 ? FIRST_U : FIRST_V) + block));
            }
        }
        levels[row * columns + column] = (byte) level(segment, withSubblocks);
        innerEdges[row * columns + column] = filled || withSubblocks;
    }

    private int readSegment() {
        return header.bit(segmentProbabilities[0]) == 0
                ? header.bit(segmentProbabilities[1])
                : 2 + header.bit(segmentProbabilities[2]);
    }

    private int readLumaMode() {
        if (header.bit(145) == 0) {
            return SUBBLOCK_MODES;
        }
        if (header.bit(156) == 0) {
            return header.bit(163) == 0 ? Vp8Plane.DC : Vp8Plane.VERTICAL;
        }
        return header.bit(128) == 0 ? Vp8Plane.HORIZONTAL : Vp8Plane.TRUE_MOTION;
    }

    private int readChromaMode() {
        if (header.bit(142) == 0) {
            return Vp8Plane.DC;
        }
        if (header.bit(114) == 0) {
            return Vp8Plane.VERTICAL;
        }
        return header.bit(183) == 0 ? Vp8Plane.HORIZONTAL : Vp8Plane.TRUE_MOTION;
    }

    /** Reads the modes of the 16 subblocks, or sets the contexts to those that the macroblock's mode implies. */
    private int[] readSubblockModes(int mode, int column) {
        if (mode != SUBBLOCK_MODES) {
            int implied =
                    switch (mode) {
                        case Vp8Plane.VERTICAL -> Vp8Plane.SUB_VERTICAL;
                        case Vp8Plane.HORIZONTAL -> Vp8Plane.SUB_HORIZONTAL;
                        case Vp8Plane.TRUE_MOTION -> Vp8Plane.SUB_TRUE_MOTION;
                        default -> Vp8Plane.SUB_DC;
                    };
            Arrays.fill(modesAbove, 4 * column, 4 * column + 4, implied);
            Arrays.fill(modesLeft, implied);
            return null;
        }
        int[] modes = new int[16];
        for (int i = 0; i < 16; i++) {
            int above = 4 * column + i % 4;
            int left = i / 4;
            modes[i] = readSubblockMode(9 * (10 * modesAbove[above] + modesLeft[left]));
            modesAbove[above] = modes[i];
            modesLeft[left] = modes[i];
        }
        return modes;
    }

    private int readSubblockMode(int probability) {
        if (mode(probability) == 0) {
            return Vp8Plane.SUB_DC;
        }
        if (mode(probability + 1) == 0) {
            return Vp8Plane.SUB_TRUE_MOTION;
        }
        if (mode(probability + 2) == 0) {
            return Vp8Plane.SUB_VERTICAL;
        }
        if (mode(probability + 3) == 0) {
            if (mode(probability + 4) == 0) {
                return Vp8Plane.SUB_HORIZONTAL;
            }
            return mode(probability + 5) == 0 ? Vp8Plane.SUB_RIGHT_DOWN : Vp8Plane.SUB_VERTICAL_RIGHT;
        }
        if (mode(probability + 6) == 0) {
            return Vp8Plane.SUB_LEFT_DOWN;
        }
        if (mode(probability + 7) == 0) {
            return Vp8Plane.SUB_VERTICAL_LEFT;
        }
        return mode(probability + 8) == 0 ? Vp8Plane.SUB_HORIZONTAL_DOWN : Vp8Plane.SUB_HORIZONTAL_UP;
    }

    private int mode(int probability) {
        return header.bit(Vp8Tables.SUBBLOCK_MODES[probability]);
    }

    /** A macroblock without coefficients. One whose subblocks have modes of their own has no Y2 block either. */
    private void clearContexts(int column, boolean withSubblocks) {
        int count = withSubblocks ? 8 : 9;
        Arrays.fill(filledAbove[column], 0, count, 0);
        Arrays.fill(filledLeft, 0, count, 0);
    }

    /** Reads the coefficients of a macroblock. Returns whether there are any. */
    private boolean readCoefficients(Vp8BoolDecoder in, int column, boolean withSubblocks, int[] quantiser) {
        int[] above = filledAbove[column];
        boolean filled = false;
        int first = 0;
        if (!withSubblocks) {
            int count = readBlock(in, TYPE_Y2, 0, above[8] + filledLeft[8], Y2, quantiser[2], quantiser[3]);
            above[8] = filledLeft[8] = count > 0 ? 1 : 0;
            filled = count > 0;
            first = 1;
            spreadY2();
        }
        int type = withSubblocks ? LUMA_WITH_DC : LUMA_AFTER_Y2;
        filled |= readBlocks(in, type, first, above, 0, 4, 0, quantiser[0], quantiser[1]);
        filled |= readBlocks(in, CHROMA, 0, above, 4, 2, FIRST_U, quantiser[4], quantiser[5]);
        filled |= readBlocks(in, CHROMA, 0, above, 6, 2, FIRST_V, quantiser[4], quantiser[5]);
        return filled;
    }

    /** Reads the blocks of a plane: {@code side * side} of them, from the block with index {@code block} on. */
    private boolean readBlocks(
            Vp8BoolDecoder in, int type, int first, int[] above, int context, int side, int block, int dc, int ac) {
        boolean any = false;
        for (int y = context; y < context + side; y++) {
            for (int x = context; x < context + side; x++, block++) {
                int count = readBlock(in, type, first, above[x] + filledLeft[y], block, dc, ac);
                above[x] = filledLeft[y] = count > first ? 1 : 0;
                any |= count > first;
            }
        }
        return any;
    }

    /** Reads the coefficients of a block (13). Returns the number of coefficients up to the last. */
    private int readBlock(Vp8BoolDecoder in, int type, int first, int context, int block, int dc, int ac) {
        int ofType = type * PROBABILITIES_PER_TYPE;
        int at = ofType + BANDS[first] * PROBABILITIES_PER_BAND + context * PROBABILITIES_PER_CONTEXT;
        for (int i = first; i < 16; i++) {
            if (in.bit(probabilities[at]) == 0) {
                return i;
            }
            while (in.bit(probabilities[at + 1]) == 0) {
                if (++i == 16) {
                    return 16;
                }
                at = ofType + BANDS[i] * PROBABILITIES_PER_BAND;
            }
            int magnitude = in.bit(probabilities[at + 2]) == 0 ? 1 : readLarge(in, at);
            int value = in.bit(128) == 1 ? -magnitude : magnitude;
            coefficients[16 * block + ZIGZAG[i]] = value * (i == 0 ? dc : ac);
            int nextContext = magnitude == 1 ? 1 : 2;
            at = ofType + BANDS[i + 1] * PROBABILITIES_PER_BAND + nextContext * PROBABILITIES_PER_CONTEXT;
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

    /** Turns the Y2 block into the first coefficients of the 16 luma blocks (14.3). */
    private void spreadY2() {
        int[] c = coefficients;
        int from = 16 * Y2;
        for (int i = from; i < from + 4; i++) {
            int a0 = c[i] + c[i + 12];
            int a1 = c[i + 4] + c[i + 8];
            int a2 = c[i + 4] - c[i + 8];
            int a3 = c[i] - c[i + 12];
            c[i] = a0 + a1;
            c[i + 4] = a3 + a2;
            c[i + 8] = a0 - a1;
            c[i + 12] = a3 - a2;
        }
        for (int y = 0; y < 4; y++) {
            int i = from + 4 * y;
            int a0 = c[i] + 3 + c[i + 3];
            int a1 = c[i + 1] + c[i + 2];
            int a2 = c[i + 1] - c[i + 2];
            int a3 = c[i] + 3 - c[i + 3];
            int to = 64 * y;
            c[to] = a0 + a1 >> 3;
            c[to + 16] = a3 + a2 >> 3;
            c[to + 32] = a0 - a1 >> 3;
            c[to + 48] = a3 - a2 >> 3;
        }
        Arrays.fill(c, from, from + 16, 0);
    }

    private void predictLuma(int mode, int[] modes, int column, int row) {
        int at = luma.index(16 * column, 16 * row);
        if (mode != SUBBLOCK_MODES) {
            luma.predict(mode, at, 16, column > 0, row > 0);
        }
        for (int block = 0; block < 16; block++) {
            int first = at + block / 4 * 4 * luma.stride + block % 4 * 4;
            if (mode == SUBBLOCK_MODES) {
                findAboveRight(at, first, block, column, row);
                luma.predictSubblock(modes[block], first, aboveRight);
            }
            luma.addInverse(first, coefficients, 16 * block);
        }
    }

    /** Finds the pixels above and on the right. For the last column of subblocks, they are above the macroblock. */
    private void findAboveRight(int macroblock, int first, int block, int column, int row) {
        boolean last = block % 4 == 3;
        int from = last ? macroblock - luma.stride + 16 : first - luma.stride + 4;
        boolean beyond = last && column == columns - 1;
        for (int i = 0; i < 4; i++) {
            if (beyond) {
                aboveRight[i] = row == 0 ? 127 : luma.pixels[macroblock - luma.stride + 15] & 0xFF;
            } else {
                aboveRight[i] = luma.pixels[from + i] & 0xFF;
            }
        }
    }

    private int level(int segment, boolean withSubblocks) {
        int level = !segmented ? filterLevel : absolute ? segmentLevels[segment] : filterLevel + segmentLevels[segment];
        if (levelsAdjusted) {
            level += intraAdjustment + (withSubblocks ? subblocksAdjustment : 0);
        }
        return Math.max(0, Math.min(63, level));
    }

    private void smooth() {
        Vp8LoopFilter lumaFilter = new Vp8LoopFilter(luma);
        Vp8LoopFilter[] chromaFilters = {new Vp8LoopFilter(chroma[0]), new Vp8LoopFilter(chroma[1])};
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] == 0) {
                continue;
            }
            int column = i % columns;
            int row = i / columns;
            smooth(lumaFilter, luma, 16, column, row, levels[i], innerEdges[i]);
            for (int plane = 0; plane < 2 && !simpleFilter; plane++) {
                smooth(chromaFilters[plane], chroma[plane], 8, column, row, levels[i], innerEdges[i]);
            }
        }
    }

    /** Smooths the left edge of a macroblock and the vertical edges within, then the horizontal edges likewise. */
    private void smooth(Vp8LoopFilter filter, Vp8Plane plane, int side, int column, int row, int level, boolean inner) {
        filter.setStrength(level, sharpness);
        int at = plane.index(side * column, side * row);
        for (int direction = 0; direction < 2; direction++) {
            int across = direction == 0 ? 1 : plane.stride;
            int along = direction == 0 ? plane.stride : 1;
            boolean outer = direction == 0 ? column > 0 : row > 0;
            for (int edge = outer ? 0 : 4; edge < (inner ? side : 1); edge += 4) {
                int from = at + edge * across;
                if (simpleFilter) {
                    filter.smoothSimply(from, along, across, side, edge == 0);
                } else if (edge == 0) {
                    filter.smoothOuter(from, along, across, side);
                } else {
                    filter.smoothInner(from, along, across, side);
                }
            }
        }
    }

    /** Converts a row of the decoded frame from YCbCr to opaque colours, with libwebp's factors. */
    void copyRow(int y, int[] argb, int to) {
        int lumaAt = luma.index(0, y);
        int chromaAt = chroma[0].index(0, y / 2);
        for (int x = 0; x < width; x++) {
            int scaled = (luma.pixels[lumaAt + x] & 0xFF) * 19077 >> 8;
            int u = chroma[0].pixels[chromaAt + x / 2] & 0xFF;
            int v = chroma[1].pixels[chromaAt + x / 2] & 0xFF;
            int red = scaled + (v * 26149 >> 8) - 14234 >> 6;
            int green = scaled - (u * 6419 >> 8) - (v * 13320 >> 8) + 8708 >> 6;
            int blue = scaled + (u * 33050 >> 8) - 17685 >> 6;
            argb[to + x] = 0xFF000000 | Vp8Plane.clamp(red) << 16 | Vp8Plane.clamp(green) << 8 | Vp8Plane.clamp(blue);
        }
    }
}
