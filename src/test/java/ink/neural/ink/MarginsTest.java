package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.Drawing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarginsTest {
    private static final int BLACK = 0xFF000000;
    private static final int WHITE = 0xFFFFFFFF;

    private static Scene page() {
        return Flaw.onWhite(Inks.centred(Inks.golden("upper-r")));
    }

    private static Box inside(Scene scene) {
        Drawing drawing = scene.drawing();
        return Margins.inside(new Channel(drawing.width(), drawing.height(), drawing.greys()));
    }

    /** Asserts that a frame is cut off with at most some pixels of paper. */
    private static void assertInside(Box expected, Box actual) {
        assertTrue(expected.contains(actual), actual + " is inside the frame");
        Box least = new Box(expected.left() + 4, expected.top() + 4, expected.width() - 8, expected.height() - 8);
        assertTrue(actual.contains(least), actual + " contains the paper");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20})
    void frameIsCutOff(int thickness) {
        for (int colour : new int[] {BLACK, 0xFF707070, 0xFFA02020}) {
            Box expected = new Box(thickness, thickness, 280 - 2 * thickness, 280 - 2 * thickness);
            assertInside(expected, inside(page().frame(thickness, colour)));
        }
    }

    @ParameterizedTest
    @CsvSource({"15, 0, 15, 0", "0, 18, 0, 18", "0, 30, 0, 12", "3, 6, 9, 12"})
    void barsAreCutOff(int left, int top, int right, int bottom) {
        Scene scene = page().rectangle(0, 0, left, 280, BLACK)
                .rectangle(0, 0, 280, top, BLACK)
                .rectangle(280 - right, 0, right, 280, BLACK)
                .rectangle(0, 280 - bottom, 280, bottom, BLACK);
        assertInside(new Box(left, top, 280 - left - right, 280 - top - bottom), inside(scene));
    }

    @Test
    void nestedFramesAreCutOff() {
        assertInside(
                new Box(12, 12, 256, 256), inside(page().frame(12, 0xFF808080).frame(6, BLACK)));
    }

    @Test
    void paperAroundACharacterIsNoFrame() {
        assertTrue(inside(page()).contains(new Box(70, 40, 140, 200)));
        assertEquals(new Box(0, 0, 280, 280), inside(Scene.paper(280, 280, WHITE)));
    }

    @Test
    void softEdgeOfAShadowIsNoFrame() {
        Scene scene = Scene.paper(280, 280, WHITE).light((x, y) -> 1 - 0.8 * Flaw.step((x - 60) / 40.0));
        assertEquals(new Box(0, 0, 280, 280), inside(scene));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 300", "300, 1", "2, 2", "5, 7"})
    void tinyPictureHasAnInside(int width, int height) {
        for (int colour : new int[] {BLACK, WHITE}) {
            Box box = inside(Scene.paper(width, height, WHITE).rectangle(0, 0, width, 1, colour));
            assertTrue(box.width() >= 1 && box.height() >= 1, box.toString());
        }
    }

    private static Box insideOfText(Scene scene) {
        Drawing drawing = scene.drawing();
        return Margins.insideOfText(new Channel(drawing.width(), drawing.height(), drawing.greys()));
    }

    /** A table shows beside the page. Both may have any brightness. */
    @ParameterizedTest
    @CsvSource({"15, 0, 0, 0", "0, 0, 25, 18", "0, 30, 12, 0", "0, 0, 0, 9", "10, 0, 12, 20", "15, 0, 15, 0"})
    void barsBesideATextAreCutOff(int left, int top, int right, int bottom) {
        for (int colour : new int[] {BLACK, 0xFF606060, 0xFF804020}) {
            Scene scene = page().rectangle(0, 0, left, 280, colour)
                    .rectangle(0, 0, 280, top, colour)
                    .rectangle(280 - right, 0, right, 280, colour)
                    .rectangle(0, 280 - bottom, 280, bottom, colour);
            assertInside(new Box(left, top, 280 - left - right, 280 - top - bottom), insideOfText(scene.noise(2)));
        }
    }

    /** The bars of a T, an F, an L and an E in a tight crop, the dot of an i, and two bars alone. */
    @ParameterizedTest
    @ValueSource(strings = {"T", "F", "L", "E", "i", "="})
    void strokesAtTheEdgeOfATextAreKept(String text) {
        int width = text.equals("i") ? 24 : 120;
        int height = text.equals("=") ? 60 : 180;
        Scene scene = Scene.paper(width, height, WHITE);
        switch (text) {
            case "T" -> scene.rectangle(0, 0, 120, 20, BLACK).rectangle(50, 0, 20, 180, BLACK);
            case "F" ->
                scene.rectangle(0, 0, 120, 20, BLACK)
                        .rectangle(0, 0, 20, 180, BLACK)
                        .rectangle(0, 80, 90, 20, BLACK);
            case "L" -> scene.rectangle(0, 160, 120, 20, BLACK).rectangle(0, 0, 20, 180, BLACK);
            case "E" ->
                scene.rectangle(0, 0, 120, 20, BLACK)
                        .rectangle(0, 0, 20, 180, BLACK)
                        .rectangle(0, 80, 90, 20, BLACK)
                        .rectangle(0, 160, 120, 20, BLACK);
            case "i" -> scene.rectangle(0, 0, 24, 24, BLACK).rectangle(0, 50, 24, 130, BLACK);
            default -> scene.rectangle(0, 0, 120, 20, BLACK).rectangle(0, 40, 120, 20, BLACK);
        }
        assertEquals(new Box(0, 0, width, height), insideOfText(scene));
    }
}
