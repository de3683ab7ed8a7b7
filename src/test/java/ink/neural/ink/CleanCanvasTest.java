package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.Drawing;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class CleanCanvasTest {
    private static Drawing canvas(int paper, int ink) {
        return Scene.paper(280, 280, Scene.grey(paper))
                .ink(Inks.f(), Scene.grey(ink))
                .drawing();
    }

    @ParameterizedTest
    @CsvSource({"255, 0", "0, 255", "255, 100", "240, 20", "20, 200"})
    void inkIsProportionalToTheDifferenceFromThePaper(int paper, int ink) {
        Drawing drawing = canvas(paper, ink);
        Ink clean = CleanCanvas.extract(drawing).orElseThrow();
        for (int i = 0; i < drawing.greys().length; i++) {
            assertEquals(Math.abs((drawing.greys()[i] & 0xFF) - paper), clean.density(i), 1e-3);
        }
    }

    @Test
    void boxContainsTheWholeCharacterAndNothingElse() {
        Ink clean = CleanCanvas.extract(Inks.golden("lower-i")).orElseThrow();
        Inks.assertSameInk(Inks.clean(Inks.golden("lower-i")), clean, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({"255, 230", "100, 130", "128, 128"})
    void weakContrastIsNotClean(int paper, int ink) {
        assertEquals(Optional.empty(), CleanCanvas.extract(canvas(paper, ink)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.MATCH_ANY,
            names = {".*PIXEL.*", "SPECK", ".*DUST.*", "NOISE", ".*FRAME.*", "BARS.*", ".*BOX", "WRITING.*", "RULED.*"})
    void dirtyPictureIsNotClean(Flaw flaw) {
        assertFalse(CleanCanvas.extract(flaw.picture(Inks.f())).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"digit-7", "upper-f", "upper-l", "upper-z"})
    void letterWithALongBarIsClean(String name) {
        assertTrue(CleanCanvas.extract(Inks.golden(name)).isPresent());
    }

    @Test
    void barApartFromTheStemIsClean() {
        Drawing drawing = Inks.canvas(280, 280, 16)
                .stroke(190, 60, 100, 60, 100, 220)
                .stroke(130, 130, 180, 130)
                .drawing();
        Inks.assertSameInk(Inks.clean(drawing), CleanCanvas.extract(drawing).orElseThrow(), 0, 1);
    }

    @Test
    void characterInAnOpenBoxIsNotClean() {
        Drawing drawing = Inks.canvas(280, 280, 16)
                .stroke(60, 30, 60, 250, 220, 250, 220, 30)
                .stroke(140, 80, 140, 200)
                .drawing();
        assertFalse(CleanCanvas.extract(drawing).isPresent());
    }

    @Test
    void patternOfDotsIsNotClean() {
        byte[] pixels = new byte[600 * 600];
        Arrays.fill(pixels, (byte) 255);
        for (int i = 0; i < 290 * 290; i++) {
            pixels[600 * (10 + 2 * (i / 290)) + 10 + 2 * (i % 290)] = 0;
        }
        assertEquals(Optional.empty(), CleanCanvas.extract(new Drawing(600, 600, pixels)));
    }

    @Test
    void inkAtTheEdgeIsNotClean() {
        assertFalse(CleanCanvas.extract(Inks.cropped(Inks.f(), 0)).isPresent());
        assertTrue(CleanCanvas.extract(Inks.cropped(Inks.f(), 55)).isPresent());
    }

    @Test
    void onePixelIsNotClean() {
        assertFalse(CleanCanvas.extract(Scene.paper(1, 1, 0xFF000000).drawing()).isPresent());
    }
}
