package ink.neural.robustness;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A number for each pixel of a picture: how much of it is covered, how much light falls on it, how rough it is.
 *
 * @param width columns
 * @param height rows
 * @param values row by row from the top left
 */
record Field(int width, int height, float[] values) {
    /** Computes a number for each pixel from its place. */
    interface At {
        double value(int x, int y);
    }

    /** Turns one number into another. */
    interface Change {
        double of(float value);
    }

    static Field of(int width, int height, At at) {
        float[] values = new float[width * height];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                values[i] = (float) at.value(x, y);
            }
        }
        return new Field(width, height, values);
    }

    /** The brightness of a greyscale image, from 0 to 1. */
    static Field of(BufferedImage grey) {
        int[] samples = grey.getRaster().getSamples(0, 0, grey.getWidth(), grey.getHeight(), 0, (int[]) null);
        float[] values = new float[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i] / 255f;
        }
        return new Field(grey.getWidth(), grey.getHeight(), values);
    }

    /** The coverage of whatever is painted in white. */
    static Field painted(int width, int height, Consumer<Graphics2D> painting) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        painting.accept(graphics);
        graphics.dispose();
        return of(image);
    }

    /**
     * Smooth random hills and valleys, from -1 to 1.
     *
     * @param cellWidth distance between neighbouring hills from left to right, in pixels
     * @param cellHeight the same from top to bottom
     */
    static Field clouds(int width, int height, double cellWidth, double cellHeight, SplittableRandom random) {
        int columns = (int) (width / cellWidth) + 3;
        int rows = (int) (height / cellHeight) + 3;
        float[] grid = new float[columns * rows];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (float) random.nextDouble(-1, 1);
        }
        int[] column = new int[width];
        float[] right = new float[width];
        for (int x = 0; x < width; x++) {
            column[x] = (int) (x / cellWidth);
            right[x] = (float) smooth(x / cellWidth - column[x]);
        }
        float[] values = new float[width * height];
        float[] heights = new float[columns];
        for (int y = 0, i = 0; y < height; y++) {
            int row = (int) (y / cellHeight);
            float down = (float) smooth(y / cellHeight - row);
            for (int c = 0; c < columns; c++) {
                float above = grid[row * columns + c];
                heights[c] = above + down * (grid[(row + 1) * columns + c] - above);
            }
            for (int x = 0; x < width; x++, i++) {
                float here = heights[column[x]];
                values[i] = here + right[x] * (heights[column[x] + 1] - here);
            }
        }
        return new Field(width, height, values);
    }

    /** A soft step from 0 to 1. */
    static double smooth(double t) {
        double within = Math.max(0, Math.min(1, t));
        return within * within * (3 - 2 * within);
    }

    Field map(Change change) {
        float[] changed = new float[values.length];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = (float) change.of(values[i]);
        }
        return new Field(width, height, changed);
    }

    Field times(Field other) {
        float[] product = new float[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = values[i] * other.values[i];
        }
        return new Field(width, height, product);
    }
}
