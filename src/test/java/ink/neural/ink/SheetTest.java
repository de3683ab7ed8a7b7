package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ink.neural.drawing.Drawing;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SheetTest {
    private static final int PAPER = 225;

    private static Channel channel(Scene scene) {
        Drawing drawing = scene.drawing();
        return new Channel(drawing.width(), drawing.height(), drawing.greys());
    }

    private static Shape sheet(double degrees) {
        return AffineTransform.getRotateInstance(Math.toRadians(degrees), 210, 210)
                .createTransformedShape(new Rectangle(100, 80, 220, 260));
    }

    private static Channel onTable(double degrees, int table) {
        return channel(Scene.paper(420, 420, Scene.grey(table))
                .print(Scene.grey(PAPER), pen -> pen.fill(sheet(degrees)))
                .ink(Inks.enlarged(Inks.f(), 420, 420), Scene.grey(20))
                .noise(3));
    }

    private static Stream<Arguments> tables() {
        return Stream.of(0.0, 7.0, -20.0, 45.0)
                .flatMap(degrees -> Stream.of(20, 70, 120).map(table -> arguments(degrees, table)));
    }

    @ParameterizedTest(name = "{0} degrees, table {1}")
    @MethodSource("tables")
    void sheetOnTableIsFoundAndNothingOfTheTableIsLeft(double degrees, int table) {
        Channel picture = onTable(degrees, table);
        Sheet sheet = Sheet.on(picture).orElseThrow();
        Box bounds = new Box(
                sheet(degrees).getBounds().x,
                sheet(degrees).getBounds().y,
                sheet(degrees).getBounds().width,
                sheet(degrees).getBounds().height);
        assertTrue(bounds.contains(sheet.box()), sheet.box() + " lies within " + bounds);
        Histogram colours = sheet.crop(picture).histogram();
        assertEquals(PAPER, colours.median(), 3);
        assertEquals(0, colours.countBelow(150) - colours.countBelow(60), 0.02 * colours.total(), "table");
        assertTrue(colours.countBelow(60) > 3000, "the character is kept");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "BLACK_FRAME_OF_ONE_PIXEL",
                "THICK_BLACK_FRAME",
                "BLUE_FRAME",
                "BARS_ABOVE_AND_BELOW",
                "BARS_AT_THE_SIDES"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void paperThatFillsThePictureIsNoSheet(Flaw flaw) {
        Drawing picture = flaw.picture(Inks.f());
        assertEquals(Optional.empty(), Sheet.on(new Channel(280, 280, picture.greys())));
    }

    @Test
    void whiteLetterOnBlackIsNoSheet() {
        for (String name : new String[] {"upper-i", "upper-o", "digit-1", "digit-8"}) {
            Drawing drawing = Inks.golden(name);
            Channel inverted = new Channel(280, 280, drawing.greys()).inverted();
            assertEquals(Optional.empty(), Sheet.on(inverted), name);
        }
    }

    @Test
    void smallOrOneColouredPictureHasNoSheet() {
        assertEquals(Optional.empty(), Sheet.on(channel(Scene.paper(40, 400, Scene.grey(90)))));
        assertEquals(Optional.empty(), Sheet.on(channel(Scene.paper(400, 400, Scene.grey(90)))));
        assertEquals(
                Optional.empty(),
                Sheet.on(channel(Scene.paper(400, 400, Scene.grey(90)).noise(20))));
    }
}
