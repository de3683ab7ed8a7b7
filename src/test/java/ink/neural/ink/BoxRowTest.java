package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of boxes with golden drawings, some of them empty. */
class BoxRowTest {
    private static final DrawingDecoder DECODER = new DrawingDecoder(16384, 1 << 24);
    private static final int SIDE = 60;

    /** Paper with a photo's gradient of light. */
    private static BufferedImage paper(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(250, 248, 240), width, height, new Color(180, 176, 168)));
        pen.fillRect(0, 0, width, height);
        return image;
    }

    /** A row of boxes, turned. Every fourth box is empty. */
    private static BufferedImage row(int boxes, int gap, double degrees, float thickness, Color frame)
            throws Exception {
        int width = boxes * (SIDE + gap) + 120;
        BufferedImage image = paper(width, 240);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.rotate(Math.toRadians(degrees), width / 2.0, 120);
        pen.setStroke(new BasicStroke(thickness));
        for (int i = 0; i < boxes; i++) {
            double left = 60 + i * (SIDE + gap);
            pen.setColor(frame);
            pen.draw(new Rectangle2D.Double(left, 90, SIDE, SIDE));
            if (i % 4 != 3) {
                draw(pen, Golden.all().get(i % Golden.all().size()), left, 90);
            }
        }
        return image;
    }

    /** Multiplies a drawing, which is black on white, into the picture. */
    private static void draw(Graphics2D pen, Golden golden, double left, double top) throws Exception {
        BufferedImage drawing = ImageIO.read(new ByteArrayInputStream(golden.png()));
        BufferedImage ink = new BufferedImage(drawing.getWidth(), drawing.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < ink.getHeight(); y++) {
            for (int x = 0; x < ink.getWidth(); x++) {
                ink.setRGB(x, y, (255 - (drawing.getRGB(x, y) & 255)) << 24 | 0x202040);
            }
        }
        double scale = (SIDE - 8.0) / Math.max(ink.getWidth(), ink.getHeight());
        AffineTransform place = AffineTransform.getTranslateInstance(left + 4, top + 4);
        place.scale(scale, scale);
        pen.drawImage(ink, place, null);
    }

    private static List<Integer> sizes(BufferedImage image) {
        Drawing drawing = DECODER.decode(Sketch.encode(image, "png"));
        return InkExtractor.extractText(drawing).boxRows().stream()
                .map(row -> row.boxes().size())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 0, 2", "3, 12, 0, 2", "9, 0, 2, 2", "9, 6, 1, 2", "9, 14, -2, 2", "9, 20, 3, 3", "9, 14, -3, 1.5",
        "12, 0, 1, 5", "12, 10, -1, 5", "20, 4, 0.5, 2", "20, 20, -0.7, 2", "36, 0, 0.5, 2", "36, 12, 0, 2",
                "40, 0, 0, 2",
        "40, 10, 0.6, 2",
    })
    void everyBoxIsFound(int boxes, int gap, double degrees, float thickness) throws Exception {
        assertEquals(List.of(boxes), sizes(row(boxes, gap, degrees, thickness, Color.DARK_GRAY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#c03030", "#3060c0", "#208040"})
    void framesMayHaveAColour(String colour) throws Exception {
        assertEquals(List.of(9), sizes(row(9, 12, 1.5, 2, Color.decode(colour))));
    }

    @Test
    void plainWritingHasNoBoxes() throws Exception {
        BufferedImage image = paper(1200, 240);
        for (int i = 0; i < 18; i++) {
            draw(image.createGraphics(), Golden.all().get(i % Golden.all().size()), 60 + i * SIDE, 90);
        }
        assertEquals(List.of(), sizes(image));
    }
}
