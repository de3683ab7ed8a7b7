package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.Box;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineSegmenterTest {
    private static Ink ink(byte[] png) {
        return InkExtractor.extractText(new DrawingDecoder(10_000, 10_000_000).decode(png))
                .ink();
    }

    private static List<TextLine> lines(Sketch sketch) {
        return LineSegmenter.segment(ink(sketch.png()));
    }

    private static Sketch sheet() {
        return Sketch.paper(600, 400, Color.WHITE, Color.BLACK, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "i", "fig", "Page 12", "x"})
    void aLineIsNeverDivided(String text) {
        List<TextLine> lines = LineSegmenter.segment(ink(Writing.of(text).png()));
        assertEquals(1, lines.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 12})
    void linesAreFoundFromTopToBottom(int count) {
        String[] texts = IntStream.range(0, count)
                .mapToObj(i -> i % 2 == 0 ? "Hay" : "been")
                .toArray(String[]::new);
        List<TextLine> lines = LineSegmenter.segment(ink(Writing.of(texts).png()));
        assertEquals(count, lines.size());
        for (int i = 1; i < count; i++) {
            assertTrue(lines.get(i - 1).box().top() + 100 < lines.get(i).box().top());
        }
    }

    @Test
    void moreLinesThanAllowedAreTooMuch() {
        String[] texts = new String[13];
        java.util.Arrays.fill(texts, "no");
        Ink ink = ink(Writing.of(texts).png());
        assertThrows(TooMuchTextException.class, () -> LineSegmenter.segment(ink));
    }

    @Test
    void equalsSignAndColonAreOneLine() {
        assertEquals(
                1,
                lines(sheet().stroke(100, 100, 200, 96).stroke(100, 140, 200, 150))
                        .size());
        assertEquals(
                1,
                lines(sheet().stroke(100, 100, 101, 100).stroke(100, 180, 101, 180))
                        .size());
    }

    @Test
    void barOfATeeBelongsToItsStem() {
        Sketch tee = sheet().stroke(80, 60, 170, 50)
                .stroke(125, 70, 125, 150)
                .stroke(190, 110, 190, 150, 230, 150, 230, 110);
        assertEquals(1, lines(tee).size());
    }

    @Test
    void slantedLineIsOneLine() {
        Sketch slanted = sheet();
        for (int i = 0; i < 10; i++) {
            int y = 60 + 5 * i;
            slanted.stroke(40 + 50 * i, y, 40 + 50 * i, y + 50, 70 + 50 * i, y + 50, 70 + 50 * i, y + 10);
        }
        assertEquals(1, lines(slanted).size());
    }

    /** A word of joined letters, as high as {@code height}. Its first letter has an ascender, and its last a descender. */
    private static Sketch joined(Sketch sketch, int left, int top, int height) {
        double unit = height / 6.0;
        double[] points = new double[28];
        for (int i = 0; i < 14; i++) {
            points[2 * i] = left + i * unit;
            points[2 * i + 1] = top + unit * (i == 0 ? 0 : i == 13 ? 6 : i % 2 == 0 ? 2 : 4);
        }
        return sketch.stroke(points);
    }

    @ParameterizedTest
    @CsvSource({"100, 40, 60", "40, 100, 80", "100, 100, 300", "60, 90, 200", "100, 35, 120"})
    void joinedWordsOneBelowTheOtherAreTwoLines(int upper, int lower, int left) {
        Sketch words = joined(joined(sheet(), 40, 40, upper), left, 55 + upper, lower);
        List<TextLine> lines = lines(words);
        assertEquals(2, lines.size());
        assertEquals(upper, lines.get(0).box().height(), 8);
        assertEquals(lower, lines.get(1).box().height(), 8);
    }

    @Test
    void shortLinesWithUnevenLeftEdgesAreLines() {
        Sketch steps = joined(joined(joined(sheet(), 300, 30, 70), 40, 125, 70), 330, 220, 70);
        assertEquals(3, lines(steps).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 25, 50})
    void aSmallWordBesideALargeOneIsOnTheSameLine(int down) {
        assertEquals(
                1,
                lines(joined(joined(sheet(), 40, 100, 100), 330, 100 + down, 50))
                        .size());
    }

    @Test
    void touchingLinesAreCutBetweenThem() {
        Sketch touching = sheet();
        for (int i = 0; i < 5; i++) {
            touching.stroke(60 + 60 * i, 60, 60 + 60 * i, 110, 95 + 60 * i, 110, 95 + 60 * i, 65);
            touching.stroke(60 + 60 * i, 200, 60 + 60 * i, 250, 95 + 60 * i, 250, 95 + 60 * i, 205);
        }
        touching.stroke(360, 60, 360, 250);
        List<TextLine> lines = lines(touching);
        assertEquals(2, lines.size());
        Box upper = lines.get(0).box();
        Box lower = lines.get(1).box();
        assertEquals(upper.bottom(), lower.top(), 2, "the long stroke is divided");
        assertTrue(upper.right() > 350 && lower.right() > 350, "each line has its part");
    }

    @Test
    void noiseIsTooMuch() {
        Sketch noise = Sketch.paper(1000, 1000, Color.WHITE, Color.BLACK, 3);
        for (int i = 0; i < 4000; i++) {
            noise.stroke(10 + i % 64 * 15, 10 + i / 64 * 15, 12 + i % 64 * 15, 10 + i / 64 * 15);
        }
        Ink ink = ink(noise.png());
        assertThrows(TooMuchTextException.class, () -> LineSegmenter.segment(ink));
    }
}
