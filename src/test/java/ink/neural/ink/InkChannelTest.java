package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.drawing.Drawing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InkChannelTest {
    private static Drawing picture(int paper, int ink) {
        return Scene.paper(280, 280, paper).ink(Inks.f(), ink).drawing();
    }

    /** The difference between the typical values of ink and paper. */
    private static int contrast(Drawing picture) {
        Channel channel = InkChannel.of(picture);
        return channel.value(95, 140) - channel.value(20, 20);
    }

    @Test
    void greyPictureIsItsOwnChannel() {
        Drawing grey = picture(Scene.grey(230), Scene.grey(20));
        assertSame(grey.greys(), InkChannel.of(grey).values());
    }

    @ParameterizedTest
    @CsvSource({"E8DCC0, 202020", "F0F0FF, 1030A0", "203020, F0F0E0"})
    void brightnessShowsInkOnColouredPaper(String paper, String ink) {
        Drawing picture = picture(Scene.rgb(Integer.parseInt(paper, 16)), Scene.rgb(Integer.parseInt(ink, 16)));
        assertSame(picture.greys(), InkChannel.of(picture).values());
    }

    @ParameterizedTest
    @CsvSource({"00A000, FF1E00", "30C0B0, F08C30", "3070FF, E04040", "808080, 00B000", "B060C0, 60A040"})
    void colourShowsInkOfEqualBrightness(String paper, String ink) {
        Drawing picture = picture(Scene.rgb(Integer.parseInt(paper, 16)), Scene.rgb(Integer.parseInt(ink, 16)));
        assertTrue(Math.abs(contrast(picture)) >= 40, "contrast " + contrast(picture));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x000000, 0xFFFFFF, 0x2040C0, 0xFFE000, 0x808080})
    void opacityIsInkWhateverItsColour(int rgb) {
        Drawing picture = picture(0, Scene.rgb(rgb));
        assertArrayEquals(Inks.f().greys(), InkChannel.of(picture).values());
    }

    @ParameterizedTest
    @EnumSource(names = {"TWO_DARK_COLOURS_ON_TRANSPARENT", "TWO_LIGHT_COLOURS_ON_TRANSPARENT"})
    void transparentPictureOfSeveralColoursLiesOnContrastingPaper(Flaw flaw) {
        Channel channel = InkChannel.of(flaw.picture(Inks.f()));
        for (int y : new int[] {100, 200}) {
            int contrast = Math.abs(channel.value(95, y) - channel.value(20, y));
            assertTrue(contrast >= 120, "contrast " + contrast + " in row " + y);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xFF3366CC, 0x803366CC})
    void oneColourHasNoContrast(int argb) {
        Histogram values = InkChannel.of(Scene.paper(30, 20, argb).drawing()).histogram();
        assertTrue(values.valueAt(599) - values.valueAt(0) <= 1);
    }
}
