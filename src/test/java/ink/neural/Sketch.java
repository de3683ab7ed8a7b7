package ink.neural;

import ink.neural.drawing.Drawing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Draws characters for tests as a person does on the page, by default with a round black brush on white paper. */
public final class Sketch {
    private final BufferedImage image;
    private final Graphics2D pen;

    private Sketch(int width, int height, Color paper, Color ink, float brush) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        pen = image.createGraphics();
        pen.setBackground(paper);
        pen.clearRect(0, 0, width, height);
        pen.setColor(ink);
        pen.setStroke(new BasicStroke(brush, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    public static Sketch paper() {
        return paper(280, 280, Color.WHITE, Color.BLACK, 16);
    }

    public static Sketch paper(int width, int height, Color paper, Color ink, float brush) {
        return new Sketch(width, height, paper, ink, brush);
    }

    /** Draws without antialiasing from here on. */
    public Sketch jagged() {
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        return this;
    }

    /** Draws one stroke through the points x, y, x, y, ... */
    public Sketch stroke(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 0; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        pen.draw(path);
        return this;
    }

    /** Draws an F with its upper left corner at (x, y), 90 wide and 150 high at scale 1. */
    public Sketch f(double x, double y, double scale) {
        return stroke(x + 90 * scale, y, x, y, x, y + 150 * scale)
                .stroke(x, y + 70 * scale, x + 60 * scale, y + 70 * scale);
    }

    public Drawing drawing() {
        return drawing(image);
    }

    /** The grey values of a picture, computed from its RGB values. */
    public static Drawing drawing(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] greys = new byte[width * height];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = Drawing.grey(image.getRGB(i % width, i / width));
        }
        return new Drawing(width, height, greys);
    }

    public BufferedImage image() {
        return image;
    }

    public byte[] png() {
        return encode(image, "png");
    }

    /** The sketch as an image of another type, such as {@link BufferedImage#TYPE_BYTE_BINARY}. */
    public BufferedImage as(int type) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), type);
        copy.createGraphics().drawImage(image, 0, 0, null);
        return copy;
    }

    public static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("ImageIO cannot write this image as " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
