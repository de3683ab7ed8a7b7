package ink.neural.drawing.webp;

import java.util.Arrays;

/** The header of a frame (RFC 6386, sections 9.2 to 9.11 and 19.2), as far as a single frame needs it. */
final class Vp8Header {
    private static final int SEGMENTS = 4;
    private static final int MAX_LEVEL = 63;
    private static final int MAX_QUANTISER = 127;
    private static final int MAX_CHROMA_DC_QUANTISER = 117;

    /** The factors of the first and the other coefficients of luma, Y2 and chroma blocks. */
    record Quantisers(int lumaDc, int lumaAc, int y2Dc, int y2Ac, int chromaDc, int chromaAc) {}

    private final boolean segmented;
    private boolean segmentMapped;
    private boolean absolute;
    private final int[] segmentQuantisers = new int[SEGMENTS];
    private final int[] segmentLevels = new int[SEGMENTS];
    private final boolean levelsAdjusted;
    private int intraAdjustment;
    private int subblocksAdjustment;
    private final Quantisers[] quantisers = new Quantisers[SEGMENTS];

    /** The probabilities of the bits that name the segment of a macroblock. */
    final int[] segmentProbabilities = {255, 255, 255};

    final boolean simpleFilter;
    final int filterLevel;
    final int sharpness;
    final int partitionCount;
    /** The probabilities of coefficients: 4 types, 8 bands, 3 contexts, 11 branches. */
    final int[] coefficientProbabilities = Vp8Tables.COEFFICIENTS.clone();

    /** Whether macroblocks may be marked as having no coefficients, and the probability that one has some. */
    final boolean skipping;

    final int skipProbability;

    /** Reads the header from the start of the first partition. */
    Vp8Header(Vp8BoolDecoder in) {
        in.number(2); // the colour space and the need for clamping
        segmented = in.flag();
        if (segmented) {
            readSegments(in);
        }
        simpleFilter = in.flag();
        filterLevel = in.number(6);
        sharpness = in.number(3);
        levelsAdjusted = in.flag();
        if (levelsAdjusted && in.flag()) {
            readLevelAdjustments(in);
        }
        partitionCount = 1 << in.number(2);
        readQuantisers(in);
        in.flag(); // whether the probabilities are kept for the next frame
        readProbabilities(in);
        skipping = in.flag();
        skipProbability = skipping ? in.number(8) : 0;
    }

    private void readSegments(Vp8BoolDecoder in) {
        segmentMapped = in.flag();
        if (in.flag()) {
            absolute = in.flag();
            Arrays.setAll(segmentQuantisers, i -> in.optionalSigned(7));
            Arrays.setAll(segmentLevels, i -> in.optionalSigned(6));
        }
        if (segmentMapped) {
            Arrays.setAll(segmentProbabilities, i -> in.flag() ? in.number(8) : 255);
        }
    }

    /** Reads what is added to the filter level by reference frame and by mode. A key frame uses the first of each. */
    private void readLevelAdjustments(Vp8BoolDecoder in) {
        int[] adjustments = new int[8];
        Arrays.setAll(adjustments, i -> in.optionalSigned(6));
        intraAdjustment = adjustments[0];
        subblocksAdjustment = adjustments[4];
    }

    private void readQuantisers(Vp8BoolDecoder in) {
        int base = in.number(7);
        int[] changes = new int[5];
        Arrays.setAll(changes, i -> in.optionalSigned(4));
        for (int i = 0; i < SEGMENTS; i++) {
            int index = !segmented ? base : absolute ? segmentQuantisers[i] : base + segmentQuantisers[i];
            quantisers[i] = new Quantisers(
                    dc(index + changes[0], MAX_QUANTISER),
                    ac(index),
                    2 * dc(index + changes[1], MAX_QUANTISER),
                    Math.max(8, ac(index + changes[2]) * 155 / 100),
                    dc(index + changes[3], MAX_CHROMA_DC_QUANTISER),
                    ac(index + changes[4]));
        }
    }

    private static int dc(int index, int most) {
        return Vp8Tables.DC_QUANTISERS[Math.max(0, Math.min(most, index))];
    }

    private static int ac(int index) {
        return Vp8Tables.AC_QUANTISERS[Math.max(0, Math.min(MAX_QUANTISER, index))];
    }

    private void readProbabilities(Vp8BoolDecoder in) {
        for (int i = 0; i < coefficientProbabilities.length; i++) {
            if (in.bit(Vp8Tables.COEFFICIENT_UPDATES[i]) == 1) {
                coefficientProbabilities[i] = in.number(8);
            }
        }
    }

    /** Whether the segment of each macroblock is stored. Otherwise all belong to the first. */
    boolean hasSegmentMap() {
        return segmentMapped;
    }

    Quantisers quantisers(int segment) {
        return quantisers[segment];
    }

    /** The level of the loop filter for a macroblock, from 0 to 63. */
    int filterLevel(int segment, boolean hasSubblockModes) {
        int level = !segmented ? filterLevel : absolute ? segmentLevels[segment] : filterLevel + segmentLevels[segment];
        if (levelsAdjusted) {
            level += intraAdjustment + (hasSubblockModes ? subblocksAdjustment : 0);
        }
        return Math.max(0, Math.min(MAX_LEVEL, level));
    }
}
