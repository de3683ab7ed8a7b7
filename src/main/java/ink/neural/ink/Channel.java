package ink.neural.ink;

import ink.neural.ink.Ink.Box;

/**
 * One channel of a picture.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param values {@code width * height} unsigned bytes, row by row from the top left
 */
record Channel(int width, int height, byte[] values) {
    int value(int x, int y) {
        return values[y * width + x] & 0xFF;
    }

    Box bounds() {
        return new Box(0, 0, width, height);
    }

    /** Copies a part of the channel. */
    Channel crop(Box box) {
        if (box.equals(bounds())) {
            return this;
        }
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
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                transposed[x * height + y] = values[y * width + x];
            }
        }
        return new Channel(height, width, transposed);
    }

    int[] histogram() {
        int[] counts = new int[256];
        for (byte value : values) {
            counts[value & 0xFF]++;
        }
        return counts;
    }
}
