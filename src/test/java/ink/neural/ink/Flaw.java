package ink.neural.ink;

import static ink.neural.ink.Scene.grey;
import static ink.neural.ink.Scene.rgb;

import ink.neural.drawing.Drawing;
import java.awt.BasicStroke;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What distinguishes a picture from a clean canvas. Each renders a black drawing on white of 280 x 280
 * pixels, whose ink is at least 20 pixels from the edge. */
enum Flaw {
    NONE(Flaw::onWhite),

    BLACK_PIXEL_IN_CORNER(clean -> onWhite(clean).rectangle(0, 0, 1, 1, grey(0))),
    BLACK_PIXEL_NEAR_CORNER(clean -> onWhite(clean).rectangle(277, 2, 1, 1, grey(0))),
    SPECK(clean -> onWhite(clean).rectangle(262, 264, 4, 4, grey(0))),
    DUST_ON_A_TEN_THOUSANDTH(clean -> onWhite(clean).dust(0.0001, 0)),
    DUST_ON_A_THOUSANDTH(clean -> onWhite(clean).dust(0.001, 0)),
    DUST_ON_A_HUNDREDTH(clean -> onWhite(clean).dust(0.01, 0)),
    GREY_DUST(clean -> onWhite(clean).dust(0.01, 240)),
    NOISE(clean -> onWhite(clean).noise(12)),

    BLACK_ON_GREY_120(clean -> on(grey(0x78), clean, grey(0))),
    BLACK_ON_GREY_102(clean -> on(grey(0x66), clean, grey(0))),
    WHITE_ON_GREY_150(clean -> on(grey(0x96), clean, grey(255))),
    WHITE_ON_BLACK(clean -> on(grey(0), clean, grey(255))),
    PALE_GREY_ON_WHITE(clean -> on(grey(255), clean, grey(205))),
    KRAFT_PAPER(clean -> on(rgb(0x9A7448), clean, rgb(0x1A1A1A))),
    BLUE_PAPER(clean -> on(rgb(0x2F66C8), clean, grey(0))),
    RED_PAPER(clean -> on(rgb(0xC83030), clean, grey(0))),
    CHALK(clean -> on(rgb(0x2C4A3A), clean, rgb(0xF0F0E8))),
    RED_ON_EQUALLY_BRIGHT_GREEN(clean -> on(rgb(0x00A000), clean, rgb(0xFF1E00))),
    ORANGE_ON_EQUALLY_BRIGHT_TURQUOISE(clean -> on(rgb(0x30C0B0), clean, rgb(0xF08C30))),

    BLACK_ON_TRANSPARENT(clean -> on(0, clean, grey(0))),
    WHITE_ON_TRANSPARENT(clean -> on(0, clean, grey(255))),
    BLUE_ON_TRANSPARENT(clean -> on(0, clean, rgb(0x2040C0))),
    TWO_DARK_COLOURS_ON_TRANSPARENT(clean -> twoColours(clean, rgb(0x101060), rgb(0x802010))),
    TWO_LIGHT_COLOURS_ON_TRANSPARENT(clean -> twoColours(clean, rgb(0xFFE060), rgb(0xC0F0FF))),

    ONE_STOP_TOO_DARK(clean -> photo(clean, (x, y) -> 0.5)),
    TWO_STOPS_TOO_DARK(clean -> photo(clean, (x, y) -> 0.25)),
    GRADIENT(clean -> photo(clean, (x, y) -> 1 - 0.7 * x / 279)),
    STRONG_GRADIENT(clean -> photo(clean, (x, y) -> 0.8 - 0.7 * y / 279)),
    SOFT_SHADOW(clean -> photo(clean, (x, y) -> 1 - 0.6 * step((x + y - 280) / 150.0))),
    HARD_SHADOW_ACROSS(clean -> photo(clean, (x, y) -> 1 - 0.55 * step((x - 0.3 * y - 90) / 3.0))),
    SHADOW_IN_CORNER(clean -> photo(clean, (x, y) -> 1 - 0.6 * step((x + y - 460) / 4.0))),
    PENCIL(clean -> pencil(clean, (x, y) -> 0.9)),
    PENCIL_IN_GRADIENT(clean -> pencil(clean, (x, y) -> 1 - 0.6 * x / 279)),
    PENCIL_IN_SHADOW(clean -> pencil(clean, (x, y) -> 1 - 0.5 * step((x + 0.4 * y - 200) / 6.0))),

    WRITING_LINE(clean -> printed(clean, paper -> paper.print(grey(90), pen -> pen.fillRect(0, 262, 280, 3)))),
    SHORT_WRITING_LINE(clean -> printed(clean, paper -> paper.print(grey(0), pen -> pen.fillRect(14, 262, 252, 3)))),
    BOX(clean -> printed(clean, paper -> box(paper, 1))),
    THICK_BOX(clean -> printed(clean, paper -> box(paper, 5))),
    RULED(clean -> printed(clean, paper -> ruled(paper, 56, Flaw.PALE_BLUE))),
    RULED_IN_BLACK(clean -> printed(clean, paper -> ruled(paper, 70, grey(0)))),
    RULED_OVER_THE_INK(clean -> ruled(onWhite(clean), 56, Flaw.PALE_BLUE)),
    SQUARED(clean -> printed(clean, paper -> squared(paper, 40, Flaw.PALE_BLUE))),
    SQUARED_IN_GREY(clean -> printed(clean, paper -> squared(paper, 56, grey(128)))),
    SQUARED_OVER_THE_INK(clean -> squared(onWhite(clean), 40, Flaw.PALE_BLUE)),
    MARGIN_LINE(clean -> printed(
            clean, paper -> ruled(paper, 56, Flaw.PALE_BLUE).print(rgb(0xD04040), pen -> pen.fillRect(14, 0, 3, 280)))),

    BLACK_FRAME_OF_ONE_PIXEL(clean -> onWhite(clean).frame(1, grey(0))),
    THICK_BLACK_FRAME(clean -> onWhite(clean).frame(14, grey(0))),
    BLUE_FRAME(clean -> onWhite(clean).frame(9, rgb(0x2050B0))),
    BARS_ABOVE_AND_BELOW(
            clean -> onWhite(clean).rectangle(0, 0, 280, 16, grey(0)).rectangle(0, 264, 280, 16, grey(0))),
    BARS_AT_THE_SIDES(clean -> onWhite(clean).rectangle(0, 0, 16, 280, grey(40)).rectangle(264, 0, 16, 280, grey(40)));

    /** The colour of most ruled paper. */
    static final int PALE_BLUE = 0xFF9CC2E8;

    private final Function<Drawing, Scene> render;

    Flaw(Function<Drawing, Scene> render) {
        this.render = render;
    }

    Drawing picture(Drawing clean) {
        return render.apply(clean).drawing();
    }

    static Scene onWhite(Drawing clean) {
        return on(grey(255), clean, grey(0));
    }

    private static Scene on(int paper, Drawing clean, int ink) {
        return Scene.paper(clean.width(), clean.height(), paper).ink(clean, ink);
    }

    private static Scene printed(Drawing clean, UnaryOperator<Scene> print) {
        return print.apply(Scene.paper(clean.width(), clean.height(), grey(255)))
                .ink(clean, grey(0));
    }

    private static Scene box(Scene scene, int thickness) {
        return scene.print(grey(0), pen -> {
            pen.setStroke(new BasicStroke(thickness));
            pen.draw(new Rectangle2D.Double(10, 10, 259, 259));
        });
    }

    /** The upper half of a drawing in one colour and the lower in another, on a transparent canvas. */
    private static Scene twoColours(Drawing clean, int upper, int lower) {
        byte[] top = clean.greys().clone();
        byte[] bottom = clean.greys().clone();
        Arrays.fill(top, top.length / 2, top.length, (byte) 255);
        Arrays.fill(bottom, 0, bottom.length / 2, (byte) 255);
        return Scene.paper(clean.width(), clean.height(), 0)
                .ink(new Drawing(clean.width(), clean.height(), top), upper)
                .ink(new Drawing(clean.width(), clean.height(), bottom), lower);
    }

    /** A photo of dark ink on a sheet. */
    static Scene photo(Drawing clean, Scene.Field light) {
        return on(rgb(0xEDEAE4), clean, rgb(0x20242C)).light(light).noise(2.5);
    }

    private static Scene pencil(Drawing clean, Scene.Field light) {
        return on(rgb(0xEDEAE4), clean, grey(150)).light(light).noise(2.5);
    }

    /** Rises smoothly from 0 to 1 around 0. */
    static double step(double distance) {
        double at = Math.max(0, Math.min(1, distance + 0.5));
        return at * at * (3 - 2 * at);
    }

    static Scene ruled(Scene scene, int pitch, int argb) {
        return scene.print(argb, pen -> {
            for (int y = pitch / 2; y < 280; y += pitch) {
                pen.draw(new Line2D.Double(-5, y, 285, y));
            }
        });
    }

    static Scene squared(Scene scene, int pitch, int argb) {
        return ruled(scene, pitch, argb).print(argb, pen -> {
            for (int x = pitch / 2; x < 280; x += pitch) {
                pen.draw(new Line2D.Double(x, -5, x, 285));
            }
        });
    }
}
