package ink.neural.drawing;

import static ink.neural.drawing.InvalidImageException.damaged;

import java.util.Arrays;

/** Decodes every kind of PNG, byte by byte (PNG specification, third edition, sections 7 to 9). */
final class PngDecoder {
    /** The passes of an interlaced image: first column, first row, columns and rows from each pixel to the next. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private final PngImage image;
    private final int depth;
    private final int samples;
    /** The distance of each byte from the one that predicts it. */
    private final int pixelBytes;
    /** The colours of a palette, or null. */
    private final int[] palette;
    /** The samples of the colour that is transparent, or null. */
    private final int[] transparent;

    private final BoxFilter pixels;

    private PngDecoder(PngImage image) {
        this.image = image;
        depth = image.depth();
        samples = image.samplesPerPixel();
        pixelBytes = Math.max(1, samples * depth / 8);
        palette = image.colourType() == PngImage.PALETTE ? image.colours() : null;
        transparent = palette == null && samples % 2 == 1 ? transparentColour(image) : null;
        pixels = image.interlaced()
                ? BoxFilter.ofPixels(image.width(), image.height())
                : BoxFilter.ofRows(image.width(), image.height());
    }

    private static int[] transparentColour(PngImage image) {
        int samples = image.samplesPerPixel();
        if (image.transparency() == null || image.transparency().remaining() < 2 * samples) {
            return null;
        }
        int[] colour = new int[samples];
        Arrays.setAll(colour, i -> image.transparency().getShort(2 * i) & (1 << image.depth()) - 1);
        return colour;
    }

    /**
     * Decodes an image.
     *
     * @throws InvalidImageException if the pixel data is damaged or too short
     */
    static Drawing decode(PngImage image) {
        PngDecoder decoder = new PngDecoder(image);
        try (IdatInflater data = new IdatInflater(image)) {
            for (int[] pass : image.interlaced() ? ADAM7 : ONE_PASS) {
                decoder.decodePass(data, pass[0], pass[1], pass[2], pass[3]);
            }
        }
        return decoder.pixels.drawing();
    }

    private void decodePass(IdatInflater data, int firstColumn, int firstRow, int columnStep, int rowStep) {
        int width = (image.width() - firstColumn + columnStep - 1) / columnStep;
        if (width <= 0) {
            return;
        }
        int[] argb = new int[width];
        int length = 1 + (width * samples * depth + 7) / 8;
        byte[] row = new byte[length];
        byte[] above = new byte[length];
        for (int y = firstRow; y < image.height(); y += rowStep) {
            data.read(row, length);
            unfilter(row, above);
            for (int x = 0; x < width; x++) {
                argb[x] = argb(row, x);
            }
            pixels.add(firstColumn, y, columnStep, argb, width);
            byte[] free = above;
            above = row;
            row = free;
        }
    }

    /** Adds its prediction to each byte of a row. The first byte tells how it is predicted. */
    private void unfilter(byte[] row, byte[] above) {
        int filter = row[0];
        if (filter < 0 || filter > 4) {
            throw damaged();
        }
        for (int i = 1; i < row.length && filter != 0; i++) {
            boolean first = i <= pixelBytes;
            int left = first ? 0 : row[i - pixelBytes] & 0xFF;
            int up = above[i] & 0xFF;
            int corner = first ? 0 : above[i - pixelBytes] & 0xFF;
            row[i] += (byte)
                    switch (filter) {
                        case 1 -> left;
                        case 2 -> up;
                        case 3 -> (left + up) / 2;
                        default -> paeth(left, up, corner);
                    };
        }
    }

    private static int paeth(int left, int up, int corner) {
        int leftDistance = Math.abs(up - corner);
        int upDistance = Math.abs(left - corner);
        int cornerDistance = Math.abs(left + up - 2 * corner);
        if (leftDistance <= upDistance && leftDistance <= cornerDistance) {
            return left;
        }
        return upDistance <= cornerDistance ? up : corner;
    }

    private int argb(byte[] row, int x) {
        if (palette != null) {
            return palette[sample(row, x)];
        }
        int at = x * samples;
        if (transparent != null && isTransparent(row, at)) {
            return 0;
        }
        int red = eightBits(row, at);
        int green = samples < 3 ? red : eightBits(row, at + 1);
        int blue = samples < 3 ? red : eightBits(row, at + 2);
        int alpha = samples % 2 == 1 ? 255 : eightBits(row, at + samples - 1);
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    private boolean isTransparent(byte[] row, int at) {
        for (int i = 0; i < samples; i++) {
            if (sample(row, at + i) != transparent[i]) {
                return false;
            }
        }
        return true;
    }

    /** A sample, scaled to the range from 0 to 255. */
    private int eightBits(byte[] row, int index) {
        return depth == 16 ? row[1 + 2 * index] & 0xFF : BitSamples.scaled(row, 1, index, depth);
    }

    private int sample(byte[] row, int index) {
        if (depth < 16) {
            return BitSamples.get(row, 1, index, depth);
        }
        int at = 1 + 2 * index;
        return (row[at] & 0xFF) << 8 | row[at + 1] & 0xFF;
    }
}
