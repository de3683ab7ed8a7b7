package ink.neural.ink;

import static ink.neural.ink.Inks.assertSameInk;
import static ink.neural.ink.Scene.grey;
import static ink.neural.ink.Scene.rgb;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.drawing.Drawing;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InkExtractorTest {
    /** Specks of noise beside the ink may be so far away, in pixels. */
    private static final int NEAR = 16;

    private static Stream<Arguments> flawedDrawings() {
        return Stream.of(Flaw.values())
                .filter(flaw -> flaw != Flaw.PENCIL_IN_SHADOW && flaw != Flaw.SQUARED_IN_GREY)
                .flatMap(flaw -> Stream.of("digit-5", "upper-r").map(name -> arguments(flaw, name)));
    }

    /** Where all strokes are as straight as rules, some rules cannot be told from them. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SHORT_WRITING_LINE", "SQUARED_OVER_THE_INK"})
    void flawedPictureHasTheInkOfTheCleanOne(Flaw flaw) {
        assertSameInk(Inks.f(), InkExtractor.extract(flaw.picture(Inks.f())));
    }

    @ParameterizedTest
    @MethodSource("flawedDrawings")
    void flawedPenDrawingHasTheInkOfTheCleanOne(Flaw flaw, String name) {
        Drawing clean = Inks.centred(Inks.golden(name));
        assertSameInk(clean, InkExtractor.extract(flaw.picture(clean)));
    }

    private static List<Golden> goldenDrawings() {
        return Golden.all();
    }

    @ParameterizedTest
    @MethodSource("goldenDrawings")
    void cleanCanvasHasTheSameInkAsAnyOtherPicture(Golden golden) {
        Drawing drawing = Inks.golden(golden);
        assertSameInk(Inks.clean(drawing), InkExtractor.extract(drawing), 1, 0.98);
        assertSameInk(Inks.clean(drawing), Inks.extractSlowly(drawing), 2, 0.9);
    }

    @Test
    void mostPenDrawingsAreCleanCanvases() {
        long clean = Golden.all().stream()
                .filter(golden -> CleanCanvas.extract(Inks.golden(golden)).isPresent())
                .count();
        assertTrue(clean >= 55, clean + " of 62");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void flawedPictureIsNoCleanCanvas(Flaw flaw) {
        Drawing picture = flaw.picture(Inks.f());
        CleanCanvas.extract(picture).ifPresent(ink -> assertSameInk(Inks.f(), ink));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 8, -15, 30})
    void sheetOnTableIsCutOut(double degrees) {
        Drawing clean = Inks.enlarged(Inks.f(), 420, 420);
        Shape sheet = AffineTransform.getRotateInstance(Math.toRadians(degrees), 210, 210)
                .createTransformedShape(new Rectangle(100, 80, 220, 260));
        for (int table : new int[] {grey(60), rgb(0x6B4A2B)}) {
            Scene scene = Scene.paper(420, 420, table)
                    .print(rgb(0xEDEAE4), pen -> pen.fill(sheet))
                    .ink(clean, rgb(0x20242C))
                    .noise(2.5);
            assertSameInk(clean, InkExtractor.extract(scene.drawing()));
        }
    }

    @ParameterizedTest
    @MethodSource("goldenDrawings")
    void tightCropHasTheInkOfTheDrawing(Golden golden) {
        for (int margin : new int[] {0, 2}) {
            Drawing crop = Inks.cropped(Inks.golden(golden), margin);
            assertSameInk(Inks.clean(crop), Inks.extractSlowly(crop), 3, 0.85);
        }
    }

    private static Stream<Arguments> markerCrops() {
        return Stream.of(true, false).flatMap(dark -> Stream.of(0, 1, 4)
                .flatMap(margin -> Stream.of(20f, 28f, 36f).map(brush -> arguments(dark, margin, brush))));
    }

    /** The pen is 12, 16 and 19 % as wide as the character is high. */
    @ParameterizedTest(name = "dark: {0}, margin: {1}, brush: {2}")
    @MethodSource("markerCrops")
    void tightCropOfThickMarkerIsNotInverted(boolean dark, int margin, float brush) {
        Drawing clean = Inks.cropped(Inks.canvas(280, 280, brush).f(95, 65, 1).drawing(), margin);
        Scene scene =
                Scene.paper(clean.width(), clean.height(), grey(dark ? 255 : 0)).ink(clean, grey(dark ? 0 : 255));
        assertSameInk(clean, InkExtractor.extract(scene.drawing()));
    }

    @Test
    void pictureFullOfInkHasNoPaperToCompareWith() {
        Drawing bar = Scene.paper(3, 19, grey(0)).drawing();
        assertThrows(EmptyDrawingException.class, () -> InkExtractor.extract(bar));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void barThatNearlyFillsThePictureIsInk(boolean dark) {
        Drawing clean =
                Scene.paper(5, 21, grey(255)).rectangle(1, 1, 3, 19, grey(0)).drawing();
        Drawing picture = Scene.paper(5, 21, grey(dark ? 255 : 0))
                .ink(clean, grey(dark ? 0 : 255))
                .drawing();
        assertSameInk(Inks.clean(clean), InkExtractor.extract(picture), 1, 0.8);
    }

    private static final Map<String, Scene> EMPTY = new LinkedHashMap<>();

    static {
        EMPTY.put("one colour", white());
        EMPTY.put("black", Scene.paper(280, 280, grey(0)));
        EMPTY.put("transparent", Scene.paper(280, 280, 0));
        EMPTY.put("noise", lit((x, y) -> 1));
        EMPTY.put("grey noise", Scene.paper(280, 280, grey(128)).noise(40));
        EMPTY.put("dust on a thousandth", white().dust(0.001, 0));
        EMPTY.put("dust on a hundredth", white().dust(0.01, 0));
        EMPTY.put("gradient", lit((x, y) -> 1 - 0.7 * x / 279));
        EMPTY.put("lamp", lit((x, y) -> 1 / (1 + ((x - 60) * (x - 60) + (y - 50) * (y - 50)) / 40_000.0)));
        EMPTY.put("soft shadow", lit((x, y) -> 1 - 0.6 * Flaw.step((x + y - 280) / 150.0)));
        EMPTY.put("hard shadow", lit((x, y) -> 1 - 0.6 * Flaw.step((x - 0.3 * y - 90) / 3.0)));
        EMPTY.put("shadow in a corner", lit((x, y) -> 1 - 0.6 * Flaw.step((x + y - 460) / 4.0)));
        EMPTY.put("ruled", Flaw.ruled(white(), 56, Flaw.PALE_BLUE));
        EMPTY.put("ruled in black", Flaw.ruled(white(), 70, grey(0)));
        EMPTY.put("squared", Flaw.squared(white(), 40, Flaw.PALE_BLUE));
        EMPTY.put("box", white().print(grey(0), pen -> pen.drawRect(40, 40, 200, 200)));
        EMPTY.put("writing line", white().print(grey(0), pen -> pen.fillRect(0, 230, 280, 2)));
        EMPTY.put("frame", white().frame(1, grey(0)));
        EMPTY.put("thick frame", white().frame(20, grey(0)));
        EMPTY.put("bars", white().rectangle(0, 0, 280, 40, grey(0)).rectangle(0, 240, 280, 40, grey(0)));
        EMPTY.put("sheet on a table", onTable());
    }

    private static Scene white() {
        return Scene.paper(280, 280, grey(255));
    }

    private static Scene lit(Scene.Field light) {
        return Scene.paper(280, 280, rgb(0xEDEAE4)).light(light).noise(2.5);
    }

    private static Scene onTable() {
        Polygon sheet = new Polygon(new int[] {50, 220, 235, 60}, new int[] {40, 52, 240, 230}, 4);
        return Scene.paper(280, 280, grey(60))
                .print(grey(230), pen -> pen.fill(sheet))
                .noise(2.5);
    }

    private static Stream<String> empty() {
        return EMPTY.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("empty")
    void pictureWithoutCharacterIsEmpty(String name) {
        assertThrows(
                EmptyDrawingException.class,
                () -> InkExtractor.extract(EMPTY.get(name).drawing()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lower-i", "lower-j"})
    void dotSurvivesDust(String name) {
        Drawing clean = Inks.golden(name);
        Ink expected = Inks.clean(clean);
        Box all = expected.boundingBox();
        Box top = new Box(all.left(), all.top(), all.width(), 1 + all.height() / 10);
        for (double share : new double[] {0.0001, 0.001, 0.01}) {
            Ink ink = InkExtractor.extract(Flaw.onWhite(clean).dust(share, 0).drawing());
            assertEquals(Inks.area(expected, top), Inks.area(ink, top), 0.2 * Inks.area(expected, top));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "DUST_ON_A_HUNDREDTH", "GRADIENT", "ONE_STOP_TOO_DARK"})
    void brokenStrokeKeepsItsPieces(Flaw flaw) {
        Drawing clean = Inks.canvas(280, 280, 12)
                .stroke(140, 40, 140, 80)
                .stroke(140, 104, 140, 140)
                .stroke(140, 164, 140, 200)
                .stroke(140, 224, 140, 244)
                .drawing();
        assertSameInk(clean, InkExtractor.extract(flaw.picture(clean)));
    }

    private static final Map<String, double[][]> STRAIGHT = new LinkedHashMap<>();

    static {
        STRAIGHT.put("T", new double[][] {{70, 60, 210, 60}, {140, 60, 140, 220}});
        STRAIGHT.put("L", new double[][] {{90, 60, 90, 220, 200, 220}});
        STRAIGHT.put("E", new double[][] {{190, 60, 90, 60, 90, 220, 190, 220}, {90, 140, 170, 140}});
        STRAIGHT.put("F", new double[][] {{190, 60, 90, 60, 90, 220}, {90, 140, 170, 140}});
        STRAIGHT.put("H", new double[][] {{80, 60, 80, 220}, {200, 60, 200, 220}, {80, 140, 200, 140}});
        STRAIGHT.put("4", new double[][] {{150, 60, 80, 160, 210, 160}, {170, 110, 170, 220}});
        STRAIGHT.put("t", new double[][] {{140, 60, 140, 220, 180, 220}, {100, 110, 185, 110}});
        STRAIGHT.put("I", new double[][] {{140, 60, 140, 220}, {105, 60, 175, 60}, {105, 220, 175, 220}});
        STRAIGHT.put("1", new double[][] {{110, 90, 150, 60, 150, 220}});
        STRAIGHT.put("l", new double[][] {{140, 60, 140, 220}});
        STRAIGHT.put("+", new double[][] {{140, 80, 140, 200}, {80, 140, 200, 140}});
        STRAIGHT.put("Z", new double[][] {{80, 60, 200, 60, 80, 220, 200, 220}});
        STRAIGHT.put("7", new double[][] {{80, 60, 200, 60, 130, 220}, {100, 140, 190, 140}});
        STRAIGHT.put("U", new double[][] {{80, 60, 80, 220, 200, 220, 200, 60}});
    }

    private static Stream<Arguments> straightCharacters() {
        return STRAIGHT.keySet().stream()
                .flatMap(name -> Stream.of(5f, 12f, 24f).map(brush -> arguments(name, brush)));
    }

    private static Drawing straight(String name, float brush) {
        var canvas = Inks.canvas(280, 280, brush);
        for (double[] stroke : STRAIGHT.get(name)) {
            canvas.stroke(stroke);
        }
        return canvas.drawing();
    }

    @ParameterizedTest
    @MethodSource("straightCharacters")
    void straightStrokesAreNoRules(String name, float brush) {
        Drawing clean = straight(name, brush);
        assertSameInk(Inks.clean(clean), Inks.extractSlowly(clean), 2, 0.9);
    }

    /**
     * A single bar needs a margin, because it fills its crop. The paper between the bars of a straight E or U looks like a
     * sheet, and the bars of a thin straight 4 like rules.
     */
    private static Stream<Arguments> tightCrops() {
        return straightCharacters().flatMap(arguments -> Stream.of(0, 1, 5, 20)
                .filter(margin -> margin > 1
                        || !List.of("l", "E", "U", "4").contains(arguments.get()[0]))
                .map(margin -> arguments(arguments.get()[0], arguments.get()[1], margin)));
    }

    @ParameterizedTest(name = "{0}, brush: {1}, margin: {2}")
    @MethodSource("tightCrops")
    void straightStrokesOfTightCropAreNoRules(String name, float brush, int margin) {
        Drawing clean = Inks.cropped(straight(name, brush), margin);
        assertSameInk(Inks.clean(clean), InkExtractor.extract(clean), 4, 0.9);
    }

    private static Stream<Arguments> characterSizes() {
        Function<Integer, Stream<Arguments>> shapes =
                size -> Stream.of(arguments(size, size), arguments(2 * size, size), arguments(size, 3 * size));
        return Stream.of(280, 400, 1000).flatMap(shapes);
    }

    @ParameterizedTest
    @MethodSource("characterSizes")
    void inkHasTheSizeOfTheDrawing(int width, int height) {
        Drawing clean = Inks.enlarged(Inks.f(), width, height);
        assertSameInk(clean, InkExtractor.extract(clean));
        assertSameInk(
                clean,
                InkExtractor.extract(Scene.paper(width, height, grey(240))
                        .ink(clean, grey(30))
                        .noise(2)
                        .drawing()));
    }

    /** A word with a dot above it on grainy paper, and specks that are fainter than the pen or lie far away. */
    @Test
    void specksOnNoisyPaperAreNoInkOfAText() {
        BufferedImage image = new BufferedImage(700, 400, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(190, 190, 190));
        pen.fillRect(0, 0, 700, 400);
        pen.setColor(new Color(110, 110, 110));
        for (int i = 0; i < 60; i++) {
            pen.fillRect(10 + i % 20 * 34, 15 + i / 20 * 180, 5, 5);
        }
        pen.setColor(new Color(40, 40, 40));
        pen.setStroke(new BasicStroke(6));
        pen.drawPolyline(new int[] {250, 280, 310, 340, 370, 400}, new int[] {90, 160, 90, 160, 90, 160}, 6);
        pen.fillOval(320, 62, 9, 9);
        addNoise(image, 5);
        Box ink = InkExtractor.extractText(Sketch.drawing(image)).ink().boundingBox();
        assertEquals(247, ink.left(), 6);
        assertEquals(62, ink.top(), 6);
        assertEquals(403, ink.right(), 6);
        assertEquals(164, ink.bottom(), 6);
    }

    private static void addNoise(BufferedImage image, double deviation) {
        Random random = new Random(7);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double noisy = image.getRaster().getSample(x, y, 0) + deviation * random.nextGaussian();
                image.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, noisy)));
            }
        }
    }

    /** A hole that a punch has made, or a blot, at the edge of the paper and beside a word. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60, 500})
    void holesAreNoInkOfAText(int x) {
        BufferedImage image = new BufferedImage(700, 300, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(220, 220, 220));
        pen.fillRect(0, 0, 700, 300);
        pen.setColor(new Color(50, 50, 50));
        pen.fillOval(x, 120, 50, 50);
        pen.setStroke(new BasicStroke(6));
        pen.drawPolyline(new int[] {250, 280, 310, 340, 370, 400}, new int[] {110, 180, 110, 180, 110, 180}, 6);
        addNoise(image, 3);
        Box ink = InkExtractor.extractText(Sketch.drawing(image)).ink().boundingBox();
        assertEquals(247, ink.left(), 6);
        assertEquals(403, ink.right(), 6);
    }

    /** Scans of single lines are up to 40 times as wide as they are high. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "may",
                "number 4071 of may",
                "all the tall bills will fall well",
                "the quick brown fox jumps over the lazy dog",
                "here here here here here here here here here here here here here here here"
            })
    void inkOfALongLineIsFound(String text) throws IOException {
        BufferedImage line =
                ImageIO.read(new ByteArrayInputStream(Writing.of(text).png()));
        Random random = new Random(7);
        int left = line.getWidth();
        int top = line.getHeight();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < line.getHeight(); y++) {
            for (int x = 0; x < line.getWidth(); x++) {
                int grey = line.getRaster().getSample(x, y, 0);
                if (grey < 128) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x);
                    bottom = y;
                }
                line.getRaster().setSample(x, y, 0, (int) (0.85 * grey + 20 + 3 * random.nextGaussian()));
            }
        }
        Ink ink = InkExtractor.extractText(Sketch.drawing(line)).ink();
        double scale = (double) ink.width() / line.getWidth();
        Box box = ink.boundingBox();
        assertEquals(left * scale, box.left(), NEAR);
        assertEquals(top * scale, box.top(), NEAR);
        assertEquals(right * scale, box.right(), NEAR);
        assertEquals(bottom * scale, box.bottom(), NEAR);
    }
}
