package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizedPartsTest {
    private static final LineSpec LINES = new LineSpec(40, 32, 4, 5);

    private static Ink ink(byte[] png) {
        return InkExtractor.extractText(new DrawingDecoder(10_000, 10_000_000).decode(png))
                .ink();
    }

    /** Two joined words whose left ends and tops are given. */
    private static Ink words(int left, int top, int height, int otherLeft, int otherTop, int otherHeight) {
        Sketch sketch = Sketch.paper(700, 300, Color.WHITE, Color.BLACK, 4);
        zigzag(sketch, left, top, height);
        zigzag(sketch, otherLeft, otherTop, otherHeight);
        return ink(sketch.png());
    }

    private static void zigzag(Sketch sketch, int left, int top, int height) {
        double[] points = new double[16];
        for (int i = 0; i < 8; i++) {
            points[2 * i] = left + i * height / 4.0;
            points[2 * i + 1] = top + (i % 2) * height;
        }
        sketch.stroke(points);
    }

    @ParameterizedTest
    @CsvSource({"40, 50, 120, 300, 120, 50", "40, 120, 50, 180, 50, 120", "40, 50, 120, 300, 50, 40"})
    void aSmallWordBesideALargeOneIsAPart(int left, int top, int height, int otherLeft, int otherTop, int otherHeight) {
        assertEquals(
                2,
                SizedParts.of(words(left, top, height, otherLeft, otherTop, otherHeight))
                        .size());
    }

    @Test
    void wordsOfNearlyTheSameSizeAreOnePart() {
        assertEquals(1, SizedParts.of(words(40, 50, 120, 300, 80, 90)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP ME", "red kite", "Page 12", "I am", "Oscar"})
    void ordinaryTextIsOnePart(String text) {
        assertEquals(1, SizedParts.of(ink(Writing.of(text).png())).size());
    }

    @Test
    void aSmallWordIsEnlargedInTheImageOfItsLine() {
        Ink ink = words(40, 50, 120, 300, 130, 40);
        LineImage image = LineImage.of(new TextLine(ink, 0, 0), LINES, 4000);
        List<LineImage.Part> parts = image.parts();
        assertEquals(2, parts.size());
        assertTrue(parts.get(1).columnsPerPixel() > 2 * parts.get(0).columnsPerPixel());
        for (LineImage.Part part : parts) {
            Box box = part.box();
            assertEquals(box.left(), image.pictureColumn(part.left()), 0.01);
            assertEquals(box.left() + box.width() / 2.0, image.pictureColumn(part.left() + part.width() / 2.0), 0.01);
        }
    }
}
