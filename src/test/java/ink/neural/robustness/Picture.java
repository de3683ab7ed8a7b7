package ink.neural.robustness;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A picture being painted: red, green and blue of each pixel from 0 to 255 in sRGB, not yet rounded. */
final class Picture {
    private static final int GAUSSIANS = 1 << 16;
    private static final float[] GAUSSIAN = gaussians();

    final int width;
    final int height;
    private final float[][] channels;

    private Picture(int width, int height) {
        this.width = width;
        this.height = height;
        this.channels = new float[3][width * height];
    }

    private static float[] gaussians() {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[GAUSSIANS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Empty paper of one colour, {@code 0xRRGGBB}. */
    static Picture paper(int width, int height, int colour) {
        Picture picture = new Picture(width, height);
        for (int c = 0; c < 3; c++) {
            Arrays.fill(picture.channels[c], channel(colour, c));
        }
        return picture;
    }

    /** A black drawing on its white canvas. */
    static Picture clean(PenDrawing drawing) {
        return paper(drawing.width(), drawing.height(), Colours.WHITE).paint(drawing.coverage(), Colours.BLACK);
    }

    private static int channel(int colour, int c) {
        return colour >> 16 - 8 * c & 0xFF;
    }

    /** Paints over the pixels that are covered. */
    Picture paint(Field coverage, int colour) {
        float[] covered = coverage.values();
        for (int c = 0; c < 3; c++) {
            float[] values = channels[c];
            int paint = channel(colour, c);
            for (int i = 0; i < values.length; i++) {
                values[i] += covered[i] * (paint - values[i]);
            }
        }
        return this;
    }

    Picture set(int x, int y, int colour) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            for (int c = 0; c < 3; c++) {
                channels[c][y * width + x] = channel(colour, c);
            }
        }
        return this;
    }

    /** Replaces the pixels that are covered by those of another picture. */
    Picture paint(Field coverage, Picture other) {
        float[] covered = coverage.values();
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < covered.length; i++) {
                channels[c][i] += covered[i] * (other.channels[c][i] - channels[c][i]);
            }
        }
        return this;
    }

    /** Brightens and darkens by a number of levels. */
    Picture add(Field field, double levels) {
        for (float[] values : channels) {
            for (int i = 0; i < values.length; i++) {
                values[i] += field.values()[i] * (float) levels;
            }
        }
        return this;
    }

    /**
     * Multiplies the light that falls on each place. sRGB is close to the square root of the light.
     *
     * @param light 1 leaves a pixel as it is
     */
    Picture light(Field light) {
        Field root = light.map(Math::sqrt);
        for (float[] values : channels) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= root.values()[i];
            }
        }
        return this;
    }

    /** Multiplies red, green and blue, as a coloured light or a camera's white balance does. */
    Picture tint(double red, double green, double blue) {
        double[] factors = {red, green, blue};
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < width * height; i++) {
                channels[c][i] *= (float) factors[c];
            }
        }
        return this;
    }

    /**
     * Adds the noise of a sensor, for all pixels alike: the square root makes the noise of photons even. Two thirds of it is
     * common to the three colours.
     *
     * @param sigma standard deviation in levels
     */
    Picture noise(double sigma, SplittableRandom random) {
        float common = (float) (sigma * 0.82);
        float own = (float) (sigma * 0.57);
        for (int i = 0; i < width * height; i++) {
            long bits = random.nextLong();
            float grey = common * GAUSSIAN[(int) (bits & GAUSSIANS - 1)];
            for (int c = 0; c < 3; c++) {
                bits >>>= 16;
                channels[c][i] += grey + own * GAUSSIAN[(int) (bits & GAUSSIANS - 1)];
            }
        }
        return this;
    }

    /** Blurs with a Gaussian. */
    Picture blur(double sigma) {
        int reach = (int) Math.ceil(2.5 * sigma);
        float[] kernel = new float[2 * reach + 1];
        float sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) Math.exp(-0.5 * Math.pow((i - reach) / sigma, 2));
            sum += kernel[i];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        for (int c = 0; c < 3; c++) {
            channels[c] = blurDown(blurAcross(channels[c], kernel), kernel);
        }
        return this;
    }

    private float[] blurAcross(float[] values, float[] kernel) {
        int reach = kernel.length / 2;
        float[] result = new float[values.length];
        float[] row = new float[width + 2 * reach];
        for (int start = 0; start < values.length; start += width) {
            Arrays.fill(row, 0, reach, values[start]);
            System.arraycopy(values, start, row, reach, width);
            Arrays.fill(row, reach + width, row.length, values[start + width - 1]);
            for (int k = 0; k < kernel.length; k++) {
                add(kernel[k], row, k, result, start);
            }
        }
        return result;
    }

    private float[] blurDown(float[] values, float[] kernel) {
        int reach = kernel.length / 2;
        float[] result = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int k = 0; k < kernel.length; k++) {
                int from = Math.max(0, Math.min(height - 1, y + k - reach));
                add(kernel[k], values, from * width, result, y * width);
            }
        }
        return result;
    }

    /** Adds a multiple of one row to another. */
    private void add(float factor, float[] from, int fromStart, float[] to, int toStart) {
        for (int x = 0; x < width; x++) {
            to[toStart + x] += factor * from[fromStart + x];
        }
    }

    BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0, at = 0; i < width * height; i++, at += 3) {
            samples[at] = level(channels[2][i]);
            samples[at + 1] = level(channels[1][i]);
            samples[at + 2] = level(channels[0][i]);
        }
        return image;
    }

    private static byte level(float value) {
        return (byte) Math.max(0, Math.min(255, value + 0.5f));
    }

    byte[] png() {
        return ImageFiles.png(image());
    }

    byte[] jpeg() {
        return ImageFiles.jpeg(image(), 0.8);
    }
}
