package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.drawing.Drawing;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
    private static final int BLACK = 0xFF000000;
    private static final int THRESHOLD = 60;

    private static final Map<String, UnaryOperator<Scene>> PRINTS = Map.of(
            "writing line", paper -> paper.rectangle(0, 240, 280, 3, BLACK),
            "short writing line", paper -> paper.rectangle(10, 240, 260, 3, BLACK),
            "line through the character", paper -> paper.rectangle(0, 180, 280, 3, BLACK),
            "ruled", paper -> Flaw.ruled(paper, 60, BLACK),
            "squared", paper -> Flaw.squared(paper, 60, BLACK),
            "box", paper -> paper.print(BLACK, pen -> pen.drawRect(20, 20, 240, 240)),
            "margin", paper -> paper.rectangle(50, 0, 3, 280, BLACK));

    private static Stream<Arguments> prints() {
        return PRINTS.keySet().stream().sorted().flatMap(print -> Stream.of("digit-3", "upper-s", "lower-k")
                .map(name -> arguments(print, name)));
    }

    private static Channel contrast(Drawing drawing) {
        return new Channel(drawing.width(), drawing.height(), drawing.greys()).inverted();
    }

    private static Channel erase(Scene scene) {
        return Rules.erase(contrast(scene.drawing()), THRESHOLD);
    }

    private static long inked(Channel contrast) {
        return IntStream.range(0, contrast.values().length)
                .filter(i -> (contrast.values()[i] & 0xFF) >= THRESHOLD)
                .count();
    }

    private static Scene paper() {
        return Scene.paper(280, 280, 0xFFFFFFFF);
    }

    private static void assertOnlyInkIsLeft(Channel clean, Channel erased) {
        int lost = 0;
        int left = 0;
        for (int i = 0; i < clean.values().length; i++) {
            boolean wasInk = (clean.values()[i] & 0xFF) >= THRESHOLD;
            boolean isInk = (erased.values()[i] & 0xFF) >= THRESHOLD;
            lost += wasInk && !isInk ? 1 : 0;
            left += isInk && !wasInk ? 1 : 0;
        }
        long ink = inked(clean);
        assertTrue(lost <= 0.05 * ink, lost + " of " + ink + " pixels of ink are lost");
        assertTrue(left <= 0.1 * ink, left + " pixels of the print are left");
    }

    @ParameterizedTest
    @MethodSource("prints")
    void printIsErasedAndTheCharacterIsKept(String print, String name) {
        Drawing clean = Inks.centred(Inks.golden(name));
        Channel character = contrast(clean);
        Channel erased = erase(PRINTS.get(print).apply(paper()).ink(clean, BLACK));
        assertOnlyInkIsLeft(character, erased);
    }

    private static Stream<String> emptyForms() {
        return PRINTS.keySet().stream().sorted().filter(print -> !print.equals("short writing line"));
    }

    /** A line that ends inside the picture is left, since it may be a character. */
    @ParameterizedTest
    @MethodSource("emptyForms")
    void nothingIsLeftOfAnEmptyForm(String print) {
        Components left = Components.of(erase(PRINTS.get(print).apply(paper())), THRESHOLD);
        for (int root : left.roots()) {
            assertTrue(left.area(root) <= 16, left.box(root).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper-t", "upper-e", "upper-h", "upper-l", "digit-4", "digit-1", "lower-t", "lower-l"})
    void characterWithoutPrintIsKept(String name) {
        Channel contrast = contrast(Inks.golden(name));
        assertArrayEquals(contrast.values(), Rules.erase(contrast, THRESHOLD).values());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 47})
    void smallPictureIsKept(int side) {
        Scene scene = Scene.paper(side, side, 0xFFFFFFFF).rectangle(0, side / 2, side, 1, BLACK);
        assertEquals(side, inked(erase(scene)));
    }

    private static BufferedImage written(String text) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Writing.of(text).png()));
    }

    /** Rules that are hardly longer than a short word. */
    @ParameterizedTest
    @CsvSource({
        "Big, 40, 1, false", "small, 60, 1, false", "R2, 50, 2, false", "Hill, 70, 3, false",
        "Big, 40, 1, true", "small, 60, 1, true", "R2, 50, 2, true", "Hill, 36, 1, true"
    })
    void rulesOfPaperUnderAShortWordAreErased(String word, int pitch, int thickness, boolean squared) throws Exception {
        BufferedImage image = written(word);
        Channel clean = contrast(Sketch.drawing(image));
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.GRAY);
        for (int y = pitch / 3; y < image.getHeight(); y += pitch) {
            pen.fillRect(0, y, image.getWidth(), thickness);
        }
        for (int x = pitch / 3; squared && x < image.getWidth(); x += pitch) {
            pen.fillRect(x, 0, thickness, image.getHeight());
        }
        Channel erased =
                Rules.eraseFromText(contrast(Sketch.drawing(image)), THRESHOLD).contrast();
        assertOnlyInkIsLeft(clean, erased);
    }

    @ParameterizedTest
    @ValueSource(strings = {"E", "T", "H", "10", "11", "1", "TT", "F7", "Hill", "Tell"})
    void strokesThatSpanATightlyCroppedTextAreKept(String text) throws Exception {
        BufferedImage image = written(text);
        Box box = InkExtractor.extractText(Sketch.drawing(image)).ink().boundingBox();
        BufferedImage cropped = image.getSubimage(box.left(), box.top(), box.width(), box.height());
        Channel contrast = contrast(Sketch.drawing(cropped));
        assertArrayEquals(
                contrast.values(),
                Rules.eraseFromText(contrast, THRESHOLD).contrast().values());
    }
}
