package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ink.neural.Golden;
import ink.neural.drawing.Drawing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The polarity may be uncertain, but it is never wrong. */
class PolarityTest {
    private static void assertNotInverted(Channel darkOnLight) {
        assertNotEquals(Optional.of(false), new Contrast(darkOnLight).isInkDark());
        assertNotEquals(Optional.of(true), new Contrast(darkOnLight.inverted()).isInkDark());
    }

    private static Channel channel(Drawing drawing) {
        return new Channel(drawing.width(), drawing.height(), drawing.greys());
    }

    private static List<Golden> goldenDrawings() {
        return Golden.all();
    }

    @ParameterizedTest
    @MethodSource("goldenDrawings")
    void penDrawingIsNotInverted(Golden golden) {
        assertNotInverted(channel(Inks.golden(golden)));
    }

    @ParameterizedTest
    @MethodSource("goldenDrawings")
    void tightCropIsNotInverted(Golden golden) {
        assertNotInverted(channel(Inks.cropped(Inks.golden(golden), 0)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"SOFT_SHADOW", "HARD_SHADOW.*", "SHADOW_IN.*", ".*GRADIENT", ".*DARK", "PENCIL", ".*DUST.*"})
    void photoIsNotInverted(Flaw flaw) {
        for (String name : new String[] {"digit-5", "lower-i", "upper-r", "upper-o"}) {
            Channel photo = channel(flaw.picture(Inks.centred(Inks.golden(name))));
            assertNotEquals(Optional.of(false), new Contrast(photo).isInkDark(), name);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {8, 16, 24, 32})
    void roundLettersOfThickMarkersAreNotInverted(float brush) {
        double[] ring = new double[2 * 41];
        for (int i = 0; i <= 40; i++) {
            ring[2 * i] = 140 + 60 * Math.cos(i * Math.PI / 20);
            ring[2 * i + 1] = 140 + 80 * Math.sin(i * Math.PI / 20);
        }
        Drawing clean = Inks.canvas(280, 280, brush).stroke(ring).drawing();
        assertNotInverted(channel(clean));
        assertNotInverted(channel(Inks.cropped(clean, 0)));
        assertNotInverted(channel(Inks.cropped(clean, 6)));
    }
}
