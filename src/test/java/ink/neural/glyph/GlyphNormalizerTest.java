package ink.neural.glyph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.InkExtractor;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlyphNormalizerTest {
    private static final GlyphSpec DEFAULT = new GlyphSpec(28, 24, Fit.ASPECT, Orientation.UPRIGHT);
    private static final GlyphSpec ORIGINAL = new GlyphSpec(28, 20, Fit.STRETCH, Orientation.MIRRORED);
    private static final Color CLEAR = new Color(0, 0, 0, 0);

    /** The bounding box of a glyph's ink, from (left, top) inclusive to (right, bottom) exclusive. */
    private record Bounds(int left, int top, int right, int bottom) {
        static Bounds of(Glyph glyph) {
            Bounds bounds = new Bounds(glyph.size(), glyph.size(), 0, 0);
            for (int i = 0; i < glyph.pixels().length; i++) {
                if (glyph.pixels()[i] > 0.2) {
                    int x = i % glyph.size();
                    int y = i / glyph.size();
                    bounds = new Bounds(
                            Math.min(bounds.left, x),
                            Math.min(bounds.top, y),
                            Math.max(bounds.right, x + 1),
                            Math.max(bounds.bottom, y + 1));
                }
            }
            return bounds;
        }
    }

    private static Glyph normalize(Sketch sketch) {
        return new GlyphNormalizer(DEFAULT).normalize(InkExtractor.extract(sketch.drawing()));
    }

    private static Glyph normalize(Drawing drawing) {
        return new GlyphNormalizer(DEFAULT).normalize(InkExtractor.extract(drawing));
    }

    /** The mean ink in the rectangle from (left, top) inclusive to (right, bottom) exclusive. */
    private static double ink(Glyph glyph, int left, int top, int right, int bottom) {
        double sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += glyph.pixels()[y * glyph.size() + x];
            }
        }
        return sum / (right - left) / (bottom - top);
    }

    private static float max(Glyph glyph) {
        float max = 0;
        for (float value : glyph.pixels()) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static double difference(Glyph one, Glyph other) {
        double sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            sum += Math.abs(one.pixels()[i] - other.pixels()[i]);
        }
        return sum / one.pixels().length;
    }

    static List<Golden> goldens() {
        return Golden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void goldenDrawingsGiveTheGlyphsOfTheTraining(Golden golden) {
        Glyph glyph = normalize(new DrawingDecoder(1000, 1_000_000).decode(golden.png()));
        assertArrayEquals(golden.tensor(), glyph.pixels(), 1e-3f);
    }

    @Test
    void letterIsUprightAndFillsTheBox() {
        Glyph glyph = normalize(Sketch.paper().f(60, 60, 1));
        Bounds bounds = Bounds.of(glyph);
        assertEquals(2, bounds.top());
        assertEquals(26, bounds.bottom());
        assertEquals(24 * 106 / 166.0, bounds.right() - bounds.left(), 1);
        assertEquals(28, bounds.left() + bounds.right(), 1);
        assertTrue(ink(glyph, 6, 2, 10, 26) > 0.5, "the stem is on the left");
        assertTrue(ink(glyph, 12, 2, 20, 5) > 0.5, "the bar is at the top");
        assertTrue(ink(glyph, 13, 18, 28, 28) < 0.01, "nothing is at the lower right");
    }

    @Test
    void hookOfAJStaysOnTheLeft() {
        Glyph glyph = normalize(Sketch.paper().stroke(180, 60, 180, 190, 160, 220, 120, 220, 100, 190));
        assertTrue(ink(glyph, 6, 18, 12, 26) > 0.2, "the hook is at the lower left");
        assertTrue(ink(glyph, 6, 2, 12, 14) < 0.01, "nothing is at the upper left");
    }

    @Test
    void barOfASevenStaysAtTheTop() {
        Glyph glyph = normalize(Sketch.paper().stroke(80, 60, 200, 60, 130, 230));
        assertTrue(ink(glyph, 6, 2, 20, 5) > 0.5, "the bar is at the top");
        assertTrue(ink(glyph, 17, 12, 28, 28) < 0.05, "nothing is at the lower right");
    }

    @Test
    void thinStrokeStaysThin() {
        Glyph glyph =
                normalize(Sketch.paper(280, 280, Color.WHITE, Color.BLACK, 4).stroke(140, 40, 140, 240));
        Bounds bounds = Bounds.of(glyph);
        assertEquals(new Bounds(bounds.left(), 2, bounds.left() + 1, 26), bounds);
        assertEquals(14, bounds.left(), 1);
    }

    @Test
    void hairlineIsOnePixelWide() {
        Drawing hairline = Sketch.paper(300, 3000, Color.WHITE, Color.BLACK, 2)
                .stroke(150, 50, 150, 2950)
                .drawing();
        Glyph glyph = normalize(hairline);
        assertEquals(24, Bounds.of(glyph).bottom() - Bounds.of(glyph).top());
        assertEquals(1, max(glyph));
    }

    @Test
    void dotOfAnIIsKept() {
        Glyph glyph = normalize(Sketch.paper().stroke(140, 120, 140, 230).stroke(140, 60, 140, 60));
        assertTrue(ink(glyph, 13, 2, 15, 4) > 0.5, "the dot is at the top");
        assertTrue(ink(glyph, 0, 6, 28, 8) < 0.05, "there is a gap below it");
    }

    @Test
    void singleDotFillsTheBox() {
        assertEquals(
                new Bounds(2, 2, 26, 26), Bounds.of(normalize(Sketch.paper().stroke(50, 60, 50, 60))));
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "170, 12", "12, 110", "170, 110", "101, 77"})
    void positionDoesNotMatter(int x, int y) {
        assertArrayEquals(
                normalize(Sketch.paper().f(60, 60, 1)).pixels(),
                normalize(Sketch.paper().f(x, y, 1)).pixels(),
                1e-5f);
    }

    @Test
    void tinyDrawingGivesTheSameGlyph() {
        Glyph tiny =
                normalize(Sketch.paper(280, 280, Color.WHITE, Color.BLACK, 1.6f).f(40, 40, 0.1));
        assertTrue(difference(normalize(Sketch.paper().f(60, 60, 1)), tiny) < 0.05);
    }

    @Test
    void hugeDrawingGivesTheSameGlyph() {
        Glyph huge = normalize(
                Sketch.paper(2800, 2000, Color.WHITE, Color.BLACK, 160).f(900, 250, 10));
        assertTrue(difference(normalize(Sketch.paper().f(60, 60, 1)), huge) < 0.01);
    }

    @Test
    void lightInkOnDarkPaperIsInverted() {
        Glyph light =
                normalize(Sketch.paper(280, 280, Color.BLACK, Color.WHITE, 16).f(60, 60, 1));
        assertArrayEquals(normalize(Sketch.paper().f(60, 60, 1)).pixels(), light.pixels(), 0.01f);
    }

    @Test
    void transparentPaperIsWhite() {
        Glyph clear = normalize(Sketch.paper(280, 280, CLEAR, Color.BLACK, 16).f(60, 60, 1));
        assertArrayEquals(normalize(Sketch.paper().f(60, 60, 1)).pixels(), clear.pixels(), 0.01f);
    }

    @Test
    void paperIsFoundAtTheBorderEvenIfMostOfTheDrawingIsInk() {
        Glyph thick =
                normalize(Sketch.paper(280, 280, Color.WHITE, Color.BLACK, 120).f(80, 80, 0.6));
        assertTrue(ink(thick, 4, 4, 14, 24) > 0.9, "ink is ink");
        assertTrue(ink(thick, 20, 20, 26, 26) < 0.1, "paper is paper");
    }

    @Test
    void inkMayReachTheBorder() {
        Glyph glyph = normalize(Sketch.paper().stroke(0, 140, 280, 140).stroke(140, 0, 140, 280));
        assertTrue(ink(glyph, 2, 13, 26, 15) > 0.7);
        assertTrue(ink(glyph, 3, 3, 10, 10) < 0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFF0000, 0x00FF00, 0x0000FF, 0xE0C000, 0x808080})
    void inkMayHaveAnyColour(int rgb) {
        Glyph coloured = normalize(
                Sketch.paper(280, 280, Color.WHITE, new Color(rgb), 16).f(60, 60, 1));
        assertEquals(1, max(coloured));
        assertArrayEquals(normalize(Sketch.paper().f(60, 60, 1)).pixels(), coloured.pixels(), 0.03f);
    }

    @Test
    void inkAndPaperMayBothBeColoured() {
        Glyph coloured = normalize(Sketch.paper(280, 280, new Color(0x203050), new Color(0xFFE080), 16)
                .f(60, 60, 1));
        assertArrayEquals(normalize(Sketch.paper().f(60, 60, 1)).pixels(), coloured.pixels(), 0.03f);
    }

    @Test
    void jaggedEdgesHardlyMatter() {
        Glyph jagged = normalize(Sketch.paper().jagged().f(60, 60, 1));
        assertTrue(difference(normalize(Sketch.paper().f(60, 60, 1)), jagged) < 0.02);
    }

    @ParameterizedTest
    @ValueSource(floats = {2, 8, 16, 30, 50})
    void anyBrushFillsTheBox(float brush) {
        Bounds bounds = Bounds.of(normalize(
                Sketch.paper(280, 280, Color.WHITE, Color.BLACK, brush).f(60, 60, 1)));
        assertEquals(2, bounds.top(), 1);
        assertEquals(26, bounds.bottom(), 1);
    }

    @Test
    void glyphIsStretchedAndMirroredForTheOriginalModel() {
        Glyph glyph = new GlyphNormalizer(ORIGINAL)
                .normalize(InkExtractor.extract(Sketch.paper().f(60, 60, 1).drawing()));
        assertEquals(new Bounds(4, 4, 24, 24), Bounds.of(glyph));
        assertTrue(ink(glyph, 22, 4, 24, 24) > 0.6, "the stem is on the right");
        assertTrue(ink(glyph, 4, 16, 16, 24) < 0.01, "nothing is at the lower left");
    }

    @Test
    void glyphIsTransposedForATransposedModel() {
        GlyphSpec transposed = new GlyphSpec(28, 24, Fit.ASPECT, Orientation.TRANSPOSED);
        Glyph glyph = new GlyphNormalizer(transposed)
                .normalize(InkExtractor.extract(Sketch.paper().f(60, 60, 1).drawing()));
        assertTrue(ink(glyph, 2, 6, 26, 10) > 0.5, "the stem is at the top");
        assertTrue(ink(glyph, 2, 12, 5, 20) > 0.5, "the bar is on the left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPRIGHT", "MIRRORED", "TRANSPOSED"})
    void glyphOfAnyOrientationCanBeTurnedUpright(Orientation orientation) {
        GlyphSpec spec = new GlyphSpec(28, 24, Fit.ASPECT, orientation);
        Drawing drawing = Sketch.paper().f(60, 60, 1).drawing();
        assertArrayEquals(
                normalize(drawing).pixels(),
                new GlyphNormalizer(spec)
                        .normalize(InkExtractor.extract(drawing))
                        .upright()
                        .pixels());
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFFFFFF, 0xFF000000, 0x00000000, 0xFF7F7F7F, 0xFF336699})
    void emptyPaperIsRefused(int argb) {
        byte[] pixels = new byte[280 * 280];
        Arrays.fill(pixels, Drawing.grey(argb));
        Drawing empty = new Drawing(280, 280, pixels);
        assertThrows(EmptyDrawingException.class, () -> normalize(empty));
    }

    @Test
    void faintNoiseIsRefused() {
        Sketch faint = Sketch.paper(280, 280, Color.WHITE, new Color(245, 245, 245), 16)
                .f(60, 60, 1);
        assertThrows(EmptyDrawingException.class, () -> normalize(faint));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5000", "5000, 1", "2, 2"})
    void emptyDrawingOfAnyShapeIsRefused(int width, int height) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) 255);
        assertThrows(EmptyDrawingException.class, () -> normalize(new Drawing(width, height, pixels)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "1000, 1", "3, 3"})
    void dotIsFoundInADrawingOfAnyShape(int width, int height) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) 255);
        pixels[pixels.length / 2] = 0;
        assertEquals(new Bounds(2, 2, 26, 26), Bounds.of(normalize(new Drawing(width, height, pixels))));
    }
}
