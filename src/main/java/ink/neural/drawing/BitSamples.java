package ink.neural.drawing;

/** Samples of 1, 2, 4 or 8 bits that lie in bytes from the highest bit on, as PNG, BMP and TIFF store them. */
final class BitSamples {
    private BitSamples() {}

    /**
     * A sample of a row.
     *
     * @param data holds the row
     * @param row where the row begins
     * @param index the number of the sample in the row
     * @param depth bits per sample
     */
    static int get(byte[] data, int row, int index, int depth) {
        int bit = index * depth;
        return data[row + bit / 8] >> 8 - depth - bit % 8 & (1 << depth) - 1;
    }

    /** A sample of a row, scaled to the range from 0 to 255. */
    static int scaled(byte[] data, int row, int index, int depth) {
        return get(data, row, index, depth) * 255 / ((1 << depth) - 1);
    }
}
