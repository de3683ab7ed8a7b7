package ink.neural.ink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import java.awt.Color;
import java.util.Arrays;

/** Clean drawings, and how extracted ink compares with them. */
final class Inks {
    private static final DrawingDecoder DECODER = new DrawingDecoder(4096, 1 << 20);

    private Inks() {}

    static Drawing golden(Golden golden) {
        return DECODER.decode(golden.png());
    }

    static Drawing golden(String name) {
        return golden(Golden.named(name));
    }

    /** An F in the middle of a canvas of 280 x 280 pixels. */
    static Drawing f() {
        return Sketch.paper().f(95, 65, 1).drawing();
    }

    /** A blank canvas to draw on in black. */
    static Sketch canvas(int width, int height, float brush) {
        return Sketch.paper(width, height, Color.WHITE, Color.BLACK, brush);
    }

    /** A black drawing in the middle of a larger white canvas. */
    static Drawing enlarged(Drawing drawing, int width, int height) {
        byte[] greys = new byte[width * height];
        Arrays.fill(greys, (byte) 255);
        int left = (width - drawing.width()) / 2;
        int top = (height - drawing.height()) / 2;
        for (int y = 0; y < drawing.height(); y++) {
            System.arraycopy(drawing.greys(), y * drawing.width(), greys, (top + y) * width + left, drawing.width());
        }
        return new Drawing(width, height, greys);
    }

    /** A black drawing, moved so that its ink lies in the middle. */
    static Drawing centred(Drawing drawing) {
        return enlarged(cropped(drawing, 0), drawing.width(), drawing.height());
    }

    /** A black drawing, cut out with so many pixels around its ink. The margin must lie inside the drawing. */
    static Drawing cropped(Drawing drawing, int margin) {
        Box box = clean(drawing).boundingBox();
        Box cut = new Box(box.left() - margin, box.top() - margin, box.width() + 2 * margin, box.height() + 2 * margin);
        Channel cropped = new Channel(drawing.width(), drawing.height(), drawing.greys()).crop(cut);
        return new Drawing(cut.width(), cut.height(), cropped.values());
    }

    /** The ink of a drawing in black on white. */
    static Ink clean(Drawing blackOnWhite) {
        Channel channel = new Channel(blackOnWhite.width(), blackOnWhite.height(), blackOnWhite.greys());
        return Ink.of(channel.width(), channel.height(), channel.inverted().values());
    }

    /** Extracts ink the way that pictures go which are no clean canvas. */
    static Ink extractSlowly(Drawing drawing) {
        return InkExtractor.extractFrom(InkChannel.of(drawing));
    }

    /** Asserts that the ink extracted from a picture is that of the clean drawing, but for its edges. */
    static void assertSameInk(Drawing blackOnWhite, Ink extracted) {
        assertSameInk(clean(blackOnWhite), extracted, 4, 0.8);
    }

    /**
     * Asserts that two inks are nearly the same.
     *
     * @param tolerance how many pixels each side of the bounding box may be off
     * @param overlap the least quotient of the intersection and the union of what has at least half of the peak density
     */
    static void assertSameInk(Ink expected, Ink actual, int tolerance, double overlap) {
        assertEquals(expected.width(), actual.width(), "width");
        assertEquals(expected.height(), actual.height(), "height");
        double measured = overlap(expected, actual);
        String found =
                "box " + actual.boundingBox() + " instead of " + expected.boundingBox() + ", overlap " + measured;
        assertTrue(difference(expected.boundingBox(), actual.boundingBox()) <= tolerance, found);
        assertTrue(measured >= overlap, found);
    }

    private static int difference(Box a, Box b) {
        return Math.max(
                Math.max(Math.abs(a.left() - b.left()), Math.abs(a.top() - b.top())),
                Math.max(Math.abs(a.right() - b.right()), Math.abs(a.bottom() - b.bottom())));
    }

    private static double overlap(Ink a, Ink b) {
        boolean[] inA = halfDense(a);
        boolean[] inB = halfDense(b);
        int both = 0;
        int either = 0;
        for (int i = 0; i < inA.length; i++) {
            both += inA[i] && inB[i] ? 1 : 0;
            either += inA[i] || inB[i] ? 1 : 0;
        }
        return (double) both / either;
    }

    /** Which pixels have at least half of the peak density. */
    static boolean[] halfDense(Ink ink) {
        float peak = 0;
        for (int i = 0; i < ink.levels().length; i++) {
            peak = Math.max(peak, ink.density(i));
        }
        boolean[] dense = new boolean[ink.levels().length];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = ink.density(i) >= peak / 2;
        }
        return dense;
    }

    /** How many pixels of at least half density lie in a box. */
    static int area(Ink ink, Box box) {
        boolean[] dense = halfDense(ink);
        int area = 0;
        for (int i = 0; i < dense.length; i++) {
            area += dense[i] && box.contains(new Box(i % ink.width(), i / ink.width(), 1, 1)) ? 1 : 0;
        }
        return area;
    }
}
