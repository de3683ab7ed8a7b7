package ink.neural.ink;

import ink.neural.drawing.Drawing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** A picture that a test composes of paper, print, ink, light and dirt. */
final class Scene {
    /** A number for each pixel. */
    interface Field {
        double at(int x, int y);
    }

    private final int width;
    private final int height;
    private final int[] colours;
    private final Random random = new Random(7);

    private Scene(int width, int height, int[] colours) {
        this.width = width;
        this.height = height;
        this.colours = colours;
    }

    /**
     * Bare paper.
     *
     * @param argb its colour, 0 if it is transparent
     */
    static Scene paper(int width, int height, int argb) {
        int[] colours = new int[width * height];
        Arrays.fill(colours, argb);
        return new Scene(width, height, colours);
    }

    /** An opaque colour. */
    static int rgb(int rgb) {
        return 0xFF000000 | rgb;
    }

    static int grey(int level) {
        return rgb(level * 0x010101);
    }

    /** Paints a colour wherever a drawing is black. */
    Scene ink(Drawing blackOnWhite, int argb) {
        for (int i = 0; i < colours.length; i++) {
            cover(i, (255 - (blackOnWhite.greys()[i] & 0xFF)) / 255.0, argb);
        }
        return this;
    }

    /** Paints shapes in a colour. */
    Scene print(int argb, Consumer<Graphics2D> shapes) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        shapes.accept(graphics);
        for (int i = 0; i < colours.length; i++) {
            cover(i, image.getRaster().getSample(i % width, i / width, 0) / 255.0, argb);
        }
        return this;
    }

    private void cover(int pixel, double coverage, int argb) {
        if (coverage == 0) {
            return;
        }
        double under = (colours[pixel] >>> 24) / 255.0 * (1 - coverage);
        double alpha = coverage + under;
        int covered = (int) Math.round(255 * alpha) << 24;
        for (int shift = 0; shift < 24; shift += 8) {
            double mixed = (coverage * (argb >> shift & 0xFF) + under * (colours[pixel] >> shift & 0xFF)) / alpha;
            covered |= (int) Math.round(mixed) << shift;
        }
        colours[pixel] = covered;
    }

    /** Lets light fall on the picture, as fractions of full light. The levels of a photo grow about with its square root. */
    Scene light(Field light) {
        return change((level, x, y) -> level * Math.sqrt(light.at(x, y)));
    }

    /** Adds noise to each channel, given its standard deviation. */
    Scene noise(double sigma) {
        return change((level, x, y) -> level + sigma * random.nextGaussian());
    }

    private interface Change {
        double of(int level, int x, int y);
    }

    private Scene change(Change change) {
        for (int i = 0; i < colours.length; i++) {
            int changed = colours[i] & 0xFF000000;
            for (int shift = 0; shift < 24; shift += 8) {
                double level = change.of(colours[i] >> shift & 0xFF, i % width, i / width);
                changed |= (int) Math.round(Math.max(0, Math.min(255, level))) << shift;
            }
            colours[i] = changed;
        }
        return this;
    }

    /** Paints single pixels, a share of all, in greys of 0 to {@code lightest}. */
    Scene dust(double share, int lightest) {
        for (int i = 0; i < share * colours.length; i++) {
            colours[random.nextInt(colours.length)] = grey(random.nextInt(lightest + 1));
        }
        return this;
    }

    Scene rectangle(int left, int top, int columns, int rows, int argb) {
        for (int y = top; y < top + rows; y++) {
            Arrays.fill(colours, y * width + left, y * width + left + columns, argb);
        }
        return this;
    }

    /** Paints the outermost pixels. */
    Scene frame(int thickness, int argb) {
        return rectangle(0, 0, width, thickness, argb)
                .rectangle(0, height - thickness, width, thickness, argb)
                .rectangle(0, 0, thickness, height, argb)
                .rectangle(width - thickness, 0, thickness, height, argb);
    }

    /** The picture as a decoder returns it. */
    Drawing drawing() {
        byte[] greys = new byte[colours.length];
        boolean opaqueGreys = true;
        for (int i = 0; i < greys.length; i++) {
            greys[i] = Drawing.grey(colours[i]);
            opaqueGreys &= colours[i] == grey(colours[i] & 0xFF);
        }
        return new Drawing(width, height, greys, opaqueGreys ? null : colours);
    }
}
