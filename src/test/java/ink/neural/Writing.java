package ink.neural;

import ink.neural.drawing.PngFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Text for tests: the golden drawings of single characters, side by side on a baseline or in the boxes of a form. */
public final class Writing {
    private static final int X_HEIGHT = 40;
    private static final int CAPITAL = 64;
    private static final int DESCENDER = 22;
    private static final int MARGIN = 30;
    private static final int PITCH = 150;
    /** The left side of the first box. */
    public static final int FIRST_BOX = MARGIN;
    /** The side of a box. */
    public static final int BOX = 90;

    private static final int PNG_SIGNATURE = 8;
    private static final int END_OF_HEADER = PNG_SIGNATURE + 25;

    private final BufferedImage image;
    private final Graphics2D pen;

    private Writing(int width, int height) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        pen = image.createGraphics();
        pen.setBackground(Color.WHITE);
        pen.clearRect(0, 0, width, height);
        pen.setColor(Color.DARK_GRAY);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    }

    /** Lines of letters, digits and spaces. */
    public static Writing of(String... lines) {
        int width = 0;
        for (String line : lines) {
            width = Math.max(width, 2 * MARGIN + line.length() * (CAPITAL + MARGIN));
        }
        Writing writing = new Writing(width, 2 * MARGIN + PITCH * lines.length);
        for (int i = 0; i < lines.length; i++) {
            writing.line(lines[i], MARGIN + CAPITAL + i * PITCH);
        }
        return writing;
    }

    private void line(String text, int baseline) {
        int x = MARGIN;
        for (char c : text.toCharArray()) {
            if (c == ' ') {
                x += X_HEIGHT;
                continue;
            }
            BufferedImage glyph = glyph(c);
            boolean descends = "gjpqy".indexOf(c) >= 0;
            boolean low = "aceimnorsuvwxz".indexOf(c) >= 0 && c != 'i';
            int bottom = baseline + (descends ? DESCENDER : 0);
            int height = bottom - baseline + (low || descends ? X_HEIGHT : CAPITAL);
            int width = Math.max(1, glyph.getWidth() * height / glyph.getHeight());
            pen.drawImage(glyph, x, bottom - height, width, height, null);
            x += width + X_HEIGHT / 4;
        }
    }

    /** Rows of boxes with a character each. A space is an empty box. */
    public static Writing form(String... rows) {
        Writing form = new Writing(2 * MARGIN + rows[0].length() * BOX, 2 * MARGIN + rows.length * PITCH);
        for (int i = 0; i < rows.length; i++) {
            form.boxes(rows[i], MARGIN + i * PITCH);
        }
        return form;
    }

    private void boxes(String text, int top) {
        for (int i = 0; i < text.length(); i++) {
            int x = MARGIN + i * BOX;
            pen.drawRect(x, top, BOX, BOX);
            pen.drawRect(x + 1, top + 1, BOX - 2, BOX - 2);
            if (text.charAt(i) != ' ') {
                BufferedImage glyph = glyph(text.charAt(i));
                double scale = 56.0 / Math.max(glyph.getWidth(), glyph.getHeight());
                int width = Math.max(1, (int) (scale * glyph.getWidth()));
                int height = Math.max(1, (int) (scale * glyph.getHeight()));
                pen.drawImage(glyph, x + (BOX - width) / 2, top + (BOX - height) / 2, width, height, null);
            }
        }
    }

    /** The ink of a golden drawing, tightly cropped. */
    private static BufferedImage glyph(char c) {
        String kind = Character.isDigit(c) ? "digit-" : Character.isUpperCase(c) ? "upper-" : "lower-";
        try {
            BufferedImage drawing = ImageIO.read(new ByteArrayInputStream(
                    Golden.named(kind + Character.toLowerCase(c)).png()));
            int left = drawing.getWidth();
            int top = drawing.getHeight();
            int right = 0;
            int bottom = 0;
            for (int y = 0; y < drawing.getHeight(); y++) {
                for (int x = 0; x < drawing.getWidth(); x++) {
                    if ((drawing.getRGB(x, y) & 0xFF) < 128) {
                        left = Math.min(left, x);
                        right = Math.max(right, x + 1);
                        top = Math.min(top, y);
                        bottom = y + 1;
                    }
                }
            }
            return drawing.getSubimage(left, top, right - left, bottom - top);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The picture upside down as a PNG file, with the EXIF orientation that says so. */
    public byte[] pngUpsideDown() {
        BufferedImage turned = new BufferedImage(image.getWidth(), image.getHeight(), image.getType());
        turned.createGraphics()
                .drawImage(image, image.getWidth(), image.getHeight(), -image.getWidth(), -image.getHeight(), null);
        byte[] png = Sketch.encode(turned, "png");
        byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 0};
        byte[] chunk = new PngFile().chunk("eXIf", exif).end();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(png, 0, END_OF_HEADER);
        file.write(chunk, PNG_SIGNATURE, 12 + exif.length);
        file.write(png, END_OF_HEADER, png.length - END_OF_HEADER);
        return file.toByteArray();
    }

    /** The picture as a PNG file. */
    public byte[] png() {
        return Sketch.encode(image, "png");
    }
}
