package ink.neural.drawing.webp;

import static ink.neural.drawing.webp.InvalidWebpException.truncated;

import ink.neural.drawing.pixel.Argb;
import java.util.Arrays;

/** Decodes the alphas of a lossy image (RFC 9649, section 2.7.1.2). */
final class AlphaChunk {
    private static final int UNCOMPRESSED = 0;

    private static final int NO_PREDICTION = 0;
    private static final int LEFT = 1;
    private static final int ABOVE = 2;

    private AlphaChunk() {}

    /**
     * Decodes the alphas.
     *
     * @param file holds the chunk
     * @param start offset of its data
     * @param end offset of its end
     * @return {@code width * height} unsigned bytes
     * @throws InvalidWebpException if they are damaged
     */
    static byte[] decode(byte[] file, int start, int end, int width, int height) {
        if (start == end) {
            throw truncated();
        }
        int flags = file[start];
        byte[] alphas = (flags & 3) == UNCOMPRESSED
                ? copy(file, start + 1, end, width * height)
                : greens(Vp8lDecoder.decode(file, start + 1, end, width, height));
        addPredictions(alphas, width, flags >> 2 & 3);
        return alphas;
    }

    private static byte[] copy(byte[] file, int start, int end, int length) {
        if (end - start < length) {
            throw truncated();
        }
        return Arrays.copyOfRange(file, start, start + length);
    }

    /** Compressed alphas are stored as the greens of a lossless image. */
    private static byte[] greens(int[] argb) {
        byte[] greens = new byte[argb.length];
        for (int i = 0; i < greens.length; i++) {
            greens[i] = (byte) (argb[i] >> 8);
        }
        return greens;
    }

    private static void addPredictions(byte[] alphas, int width, int filter) {
        if (filter == NO_PREDICTION) {
            return;
        }
        for (int i = 1; i < alphas.length; i++) {
            alphas[i] += (byte) prediction(alphas, i, width, filter);
        }
    }

    /** The prediction of an alpha. In the first row it is the alpha on the left, in the first column the one above. */
    private static int prediction(byte[] alphas, int i, int width, int filter) {
        boolean firstRow = i < width;
        boolean firstColumn = i % width == 0;
        if (firstRow || filter == LEFT && !firstColumn) {
            return alphas[i - 1];
        }
        if (firstColumn || filter == ABOVE) {
            return alphas[i - width];
        }
        int left = alphas[i - 1] & 0xFF;
        int above = alphas[i - width] & 0xFF;
        int corner = alphas[i - width - 1] & 0xFF;
        return Argb.clamp(left + above - corner);
    }
}
