package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.Writing;
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
import java.util.Map;
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

    /** A field of five open boxes with digits, turned. */
    private static BufferedImage open(String kind, double degrees, float thickness) throws Exception {
        return open(kind, degrees, thickness, true);
    }

    private static BufferedImage open(String kind, double degrees, float thickness, boolean filled) throws Exception {
        int boxes = 5;
        BufferedImage image = paper(boxes * SIDE + 120, 240);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.rotate(Math.toRadians(degrees), image.getWidth() / 2.0, 120);
        pen.setStroke(new BasicStroke(thickness));
        pen.setColor(Color.DARK_GRAY);
        int right = 60 + boxes * SIDE;
        int bottom = 90 + SIDE;
        if (kind.equals("frame")) {
            pen.draw(new Rectangle2D.Double(60, 90, boxes * SIDE, SIDE));
        }
        if (List.of("dividers", "comb").contains(kind)) {
            pen.drawLine(60, bottom, right, bottom);
        }
        if (kind.equals("hanging")) {
            pen.drawLine(60, 90, right, 90);
        }
        int height = Map.of("dividers", SIDE, "comb", 24, "frame", 20, "ticks", 16, "dashes", 0, "hanging", 20)
                .get(kind);
        int foot = kind.equals("hanging") ? 90 + height : bottom;
        for (int i = 0; i <= boxes; i++) {
            int x = 60 + i * SIDE;
            if (height > 0 && (!kind.equals("frame") || i % boxes > 0)) {
                pen.drawLine(x, foot - height, x, foot);
            }
            if (filled && i < boxes) {
                draw(pen, Golden.named("digit-" + (i + 2)), x, kind.equals("dashes") ? 84 : 90);
            }
            if (i < boxes && kind.equals("dashes")) {
                pen.drawLine(x + 6, bottom, x + SIDE - 6, bottom);
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
        "3, 0, 0, 2",
        "3, 12, 0, 2",
        "9, 0, 2, 2",
        "9, 6, 1, 2",
        "9, 14, -2, 2",
        "9, 20, 3, 3",
        "9, 14, -3, 1.5",
        "6, 0, 0, 6",
        "6, 12, 1, 6",
        "12, 0, 1, 5",
        "12, 10, -1, 5",
        "20, 4, 0.5, 2",
        "20, 20, -0.7, 2",
        "36, 0, 0.5, 2",
        "36, 12, 0, 2",
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

    @ParameterizedTest
    @CsvSource({
        "dividers, 0, 2",
        "dividers, -2, 2",
        "dividers, 0, 4",
        "comb, 0, 2",
        "comb, 1.5, 2",
        "frame, 0, 2",
        "frame, -1.5, 3",
        "ticks, 0, 2",
        "ticks, 1.5, 2",
        "dashes, 0, 2",
        "dashes, -1, 3",
        "hanging, 0, 2",
        "hanging, 1.5, 3",
    })
    void openBoxesAreFound(String kind, double degrees, float thickness) throws Exception {
        assertEquals(List.of(5), sizes(open(kind, degrees, thickness)));
    }

    @ParameterizedTest
    @CsvSource({
        "dividers, 0, 2",
        "dividers, -2, 4",
        "comb, 0, 2",
        "comb, 1.5, 3",
        "frame, 0, 2",
        "frame, -1.5, 3",
        "ticks, 0, 2",
        "ticks, 1.5, 3",
        "dashes, 0, 2",
        "dashes, -1, 3",
        "hanging, 0, 2",
        "hanging, 1, 4",
    })
    void emptyOpenBoxesAreNoText(String kind, double degrees, float thickness) throws Exception {
        Drawing photo = DECODER.decode(Sketch.encode(open(kind, degrees, thickness, false), "png"));
        assertThrows(EmptyDrawingException.class, () -> InkExtractor.extractText(photo));
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 2", "4, 8, 2", "8, 0, 6", "7, 9, 6"})
    void emptyClosedBoxesOnACleanCanvasAreNoText(int boxes, int gap, float thickness) {
        BufferedImage image = new BufferedImage(boxes * (SIDE + gap) + 120, 240, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setBackground(Color.WHITE);
        pen.clearRect(0, 0, image.getWidth(), image.getHeight());
        pen.setColor(Color.DARK_GRAY);
        pen.setStroke(new BasicStroke(thickness));
        for (int i = 0; i < boxes; i++) {
            pen.drawRect(60 + i * (SIDE + gap), 90, SIDE, SIDE);
        }
        Drawing canvas = DECODER.decode(Sketch.encode(image, "png"));
        assertThrows(EmptyDrawingException.class, () -> InkExtractor.extractText(canvas));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1111", "HHHHH", "lilli", "HILL", "lililili", "LLLL", "1 1 1 1", "EEEE"})
    void equalStrokesOfLettersAreNoDividers(String text) {
        byte[] png = Writing.of(text).png();
        assertEquals(List.of(), InkExtractor.extractText(DECODER.decode(png)).boxRows());
    }

    @ParameterizedTest
    @CsvSource({"20, #d0d0d0, 0", "40, #c8c8c8, 0", "40, #909090, 0", "30, #b0b0b0, 1.2", "60, #909090, -0.8"})
    void squaredPaperHasNoBoxes(int pitch, String colour, double degrees) throws Exception {
        BufferedImage image = paper(900, 360);
        Graphics2D pen = image.createGraphics();
        pen.rotate(Math.toRadians(degrees), 450, 180);
        pen.setColor(Color.decode(colour));
        for (int at = -120; at < 1020; at += pitch) {
            pen.drawLine(at, -120, at, 480);
            pen.drawLine(-120, at, 1020, at);
        }
        for (int i = 0; i < 12; i++) {
            draw(image.createGraphics(), Golden.all().get(i), 60 + i * SIDE, 90);
        }
        assertEquals(List.of(), sizes(image));
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
