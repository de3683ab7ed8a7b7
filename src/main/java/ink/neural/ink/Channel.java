package ink.neural.ink;

/**
 * One channel of a picture.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param values {@code width * height} unsigned bytes, row by row from the top left
 */
record Channel(int width, int height, byte[] values) {
    /** Side of the tiles that are transposed at once, so that they stay in the processor's cache. */
    private static final int TILE = 32;

    int value(int x, int y) {
        return values[y * width + x] & 0xFF;
    }

    Box bounds() {
        return new Box(0, 0, width, height);
    }

    boolean touchesEdge(Box box) {
        return box.left() == 0 || box.top() == 0 || box.right() == width || box.bottom() == height;
    }

    Histogram histogram() {
        return Histogram.of(values);
    }

    /** The column after a run of values of at least a threshold, which starts at the given pixel. */
    int runEnd(int x, int y, int threshold) {
        int end = x + 1;
        while (end < width && value(end, y) >= threshold) {
            end++;
        }
        return end;
    }

    /** The highest value of a row from one column to another. */
    int strongest(int row, int from, int to) {
        int strongest = 0;
        for (int x = from; x < to; x++) {
            strongest = Math.max(strongest, value(x, row));
        }
        return strongest;
    }

    /** A copy of a part of the channel. */
    Channel crop(Box box) {
        byte[] cropped = new byte[box.width() * box.height()];
        for (int y = 0; y < box.height(); y++) {
            System.arraycopy(values, (box.top() + y) * width + box.left(), cropped, y * box.width(), box.width());
        }
        return new Channel(box.width(), box.height(), cropped);
    }

    Channel inverted() {
        byte[] inverted = new byte[values.length];
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~values[i];
        }
        return new Channel(width, height, inverted);
    }

    /** Swaps rows and columns. */
    Channel transposed() {
        byte[] transposed = new byte[values.length];
        for (int top = 0; top < height; top += TILE) {
            for (int left = 0; left < width; left += TILE) {
                for (int y = top; y < Math.min(height, top + TILE); y++) {
                    for (int x = left; x < Math.min(width, left + TILE); x++) {
                        transposed[x * height + y] = values[y * width + x];
                    }
                }
            }
        }
        return new Channel(height, width, transposed);
    }
}
