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
}
