package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.InvalidWebpException.damaged;

import ink.neural.drawing.pixel.Argb;

/**
 * Decodes the lossy pixels of a WebP file: a key frame of VP8 (RFC 6386). It consists of macroblocks of 16 x 16 pixels,
 * and these of 16 blocks of 4 x 4 samples in luma and 4 in each chroma plane, which have half of the resolution.
 */
final class Vp8Decoder {
    /** What precedes the first partition: the frame tag, the start code and the dimensions (9.1). */
    static final int HEADER_LENGTH = 10;

    private final int width;
    private final int columns;
    private final int rows;
    private final Vp8Header header;
    private final Vp8BoolDecoder[] partitions;
    private final Vp8Modes modes;
    private final Vp8Coefficients coefficients;
    private final Vp8Plane luma;
    private final Vp8Subblocks subblocks;
    private final Vp8Plane[] chroma;
    /** For each macroblock, the level of the loop filter. */
    private final byte[] levels;
    /** For each macroblock, whether the edges within are smoothed. */
    private final boolean[] innerEdges;

    /**
     * Prepares to decode a frame.
     *
     * @param file holds the frame
     * @param start offset of the frame, whose first {@link #HEADER_LENGTH} bytes have been checked
     * @param end offset of its end
     */
    Vp8Decoder(byte[] file, int start, int end, int width, int height) {
        this.width = width;
        columns = (width + 15) / 16;
        rows = (height + 15) / 16;
        int firstLength = read24(file, start) >> 5;
        int first = start + HEADER_LENGTH;
        if (firstLength > end - first) {
            throw damaged();
        }
        Vp8BoolDecoder in = new Vp8BoolDecoder(file, first, first + firstLength);
        header = new Vp8Header(in);
        partitions = findPartitions(file, first + firstLength, end, header.partitionCount);
        modes = new Vp8Modes(in, header, columns);
        coefficients = new Vp8Coefficients(header.coefficientProbabilities, columns);
        luma = new Vp8Plane(16 * columns, 16 * rows);
        subblocks = new Vp8Subblocks(luma);
        chroma = new Vp8Plane[] {new Vp8Plane(8 * columns, 8 * rows), new Vp8Plane(8 * columns, 8 * rows)};
        levels = new byte[columns * rows];
        innerEdges = new boolean[columns * rows];
    }

    private static int read24(byte[] file, int at) {
        return file[at] & 0xFF | (file[at + 1] & 0xFF) << 8 | (file[at + 2] & 0xFF) << 16;
    }

    /** Finds the partitions with the coefficients (9.5). First, three bytes each give the lengths of all but the last. */
    private static Vp8BoolDecoder[] findPartitions(byte[] file, int at, int end, int count) {
        Vp8BoolDecoder[] partitions = new Vp8BoolDecoder[count];
        int start = at + 3 * (count - 1);
        for (int i = 0; i < count; i++, at += 3) {
            if (start > end) {
                throw damaged();
            }
            int stop = i < count - 1 ? start + read24(file, at) : end;
            partitions[i] = new Vp8BoolDecoder(file, start, Math.min(stop, end));
            start = stop;
        }
        return partitions;
    }

    /** Decodes the frame. */
    void decode() {
        for (int row = 0; row < rows; row++) {
            modes.startRow();
            coefficients.startRow();
            for (int column = 0; column < columns; column++) {
                decodeMacroblock(column, row);
            }
        }
        if (header.filterLevel > 0) {
            smooth();
        }
    }

    private void decodeMacroblock(int column, int row) {
        Vp8Modes.Macroblock macroblock = modes.read(column);
        boolean filled = readCoefficients(macroblock, column, row);
        reconstructLuma(macroblock, column, row);
        reconstructChroma(chroma[0], Vp8Coefficients.FIRST_U, macroblock.chroma(), column, row);
        reconstructChroma(chroma[1], Vp8Coefficients.FIRST_V, macroblock.chroma(), column, row);
        int index = row * columns + column;
        levels[index] = (byte) header.filterLevel(macroblock.segment(), macroblock.hasSubblockModes());
        innerEdges[index] = filled || macroblock.hasSubblockModes();
    }

    private boolean readCoefficients(Vp8Modes.Macroblock macroblock, int column, int row) {
        boolean hasY2 = !macroblock.hasSubblockModes();
        if (macroblock.skipped()) {
            coefficients.skip(column, hasY2);
            return false;
        }
        Vp8BoolDecoder partition = partitions[row % partitions.length];
        return coefficients.read(partition, column, hasY2, header.quantisers(macroblock.segment()));
    }

    private void reconstructLuma(Vp8Modes.Macroblock macroblock, int column, int row) {
        int first = luma.index(16 * column, 16 * row);
        if (!macroblock.hasSubblockModes()) {
            luma.predict(macroblock.luma(), first, 16, column > 0, row > 0);
        }
        for (int block = 0; block < 16; block++) {
            int at = first + block / 4 * 4 * luma.stride + block % 4 * 4;
            if (macroblock.hasSubblockModes()) {
                boolean last = block % 4 == 3;
                subblocks.predict(macroblock.subblocks()[block], first, at, last, last && column == columns - 1);
            }
            Vp8Transform.addTo(luma, at, coefficients.values, 16 * block);
        }
    }

    private void reconstructChroma(Vp8Plane plane, int firstBlock, int mode, int column, int row) {
        int first = plane.index(8 * column, 8 * row);
        plane.predict(mode, first, 8, column > 0, row > 0);
        for (int block = 0; block < 4; block++) {
            int at = first + block / 2 * 4 * plane.stride + block % 2 * 4;
            Vp8Transform.addTo(plane, at, coefficients.values, 16 * (firstBlock + block));
        }
    }

    private void smooth() {
        Vp8LoopFilter[] filters = {
            new Vp8LoopFilter(luma, 16), new Vp8LoopFilter(chroma[0], 8), new Vp8LoopFilter(chroma[1], 8)
        };
        int planes = header.simpleFilter ? 1 : filters.length;
        for (int i = 0; i < levels.length; i++) {
            for (int plane = 0; plane < planes && levels[i] > 0; plane++) {
                filters[plane].setStrength(levels[i], header.sharpness);
                filters[plane].smooth(i % columns, i / columns, innerEdges[i], header.simpleFilter);
            }
        }
    }

    /** Converts a row of the decoded frame from YCbCr to opaque colours, with libwebp's factors. */
    void copyRow(int y, int[] argb, int to) {
        int lumaAt = luma.index(0, y);
        int chromaAt = chroma[0].index(0, y / 2);
        for (int x = 0; x < width; x++) {
            int scaled = luma.get(lumaAt + x) * 19077 >> 8;
            int u = chroma[0].get(chromaAt + x / 2);
            int v = chroma[1].get(chromaAt + x / 2);
            int red = scaled + (v * 26149 >> 8) - 14234 >> 6;
            int green = scaled - (u * 6419 >> 8) - (v * 13320 >> 8) + 8708 >> 6;
            int blue = scaled + (u * 33050 >> 8) - 17685 >> 6;
            argb[to + x] = Argb.rgb(Argb.clamp(red), Argb.clamp(green), Argb.clamp(blue));
        }
    }
}
