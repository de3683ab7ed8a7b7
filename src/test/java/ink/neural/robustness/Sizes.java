package ink.neural.robustness;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** Pictures of every size and shape, cropped tightly or far too wide. */
final class Sizes {
    private Sizes() {}

    /** Cropped to a margin of 5 to 10, 1 to 2 and no pixels. */
    static byte[] tightCrop(PenDrawing drawing, int strength, SplittableRandom random) {
        double margin = Strength.of(strength, random.nextInt(5, 11), random.nextInt(1, 3), 0);
        return cropped(drawing, margin, Colours.WHITE, Colours.BLACK);
    }

    /**
     * Written with a thick marker, 12, 15 and 18 % of the character's size, and cropped: with up to 2 pixels of margin, within
     * the ink by up to a tenth of the pen, and by up to a fifth, so that much of the border is ink.
     */
    static byte[] markerCrop(PenDrawing drawing, int strength, SplittableRandom random) {
        boolean black = random.nextInt(3) > 0;
        double margin = Strength.upTo(strength, 2, 0, -0.1 * drawing.brush(), -0.2 * drawing.brush(), random);
        return cropped(drawing, margin, black ? Colours.WHITE : Colours.BLACK, black ? Colours.BLACK : Colours.WHITE);
    }

    /** The drawing, written with the marker of {@link #markerCrop}. */
    static PenDrawing withMarker(PenDrawing drawing, int strength) {
        return drawing.withBrush(Strength.of(strength, 0.12, 0.15, 0.18) * (drawing.size() - drawing.brush()));
    }

    private static byte[] cropped(PenDrawing drawing, double margin, int paper, int ink) {
        Rectangle2D box = drawing.box();
        double left = Math.floor(box.getX() - margin);
        double top = Math.floor(box.getY() - margin);
        int width = (int) (Math.ceil(box.getMaxX() + margin) - left);
        int height = (int) (Math.ceil(box.getMaxY() + margin) - top);
        PenDrawing moved = drawing.placed(width, height, AffineTransform.getTranslateInstance(-left, -top));
        return Picture.paper(width, height, paper).paint(moved.coverage(), ink).png();
    }

    /** 140, 64 and 28 pixels square. */
    static byte[] small(PenDrawing drawing, int strength, SplittableRandom random) {
        int side = (int) Strength.of(strength, 140, 64, 28);
        return square(drawing, side, side * random.nextDouble(0.65, 0.85));
    }

    /** 1025, 1200 to 2000, and 3000 pixels square. */
    static byte[] large(PenDrawing drawing, int strength, SplittableRandom random) {
        int side = (int) Strength.of(strength, 1025, random.nextInt(1200, 2001), 3000);
        return square(drawing, side, side * random.nextDouble(0.3, 0.8));
    }

    private static byte[] square(PenDrawing drawing, int side, double size) {
        return Picture.clean(drawing.placed(side, side, side / 2.0, side / 2.0, size))
                .png();
    }

    /** A wide or tall canvas: 2 : 1, 4 : 1 and 8 : 1. */
    static byte[] oblong(PenDrawing drawing, int strength, SplittableRandom random) {
        int side = random.nextInt(120, 241);
        int other = side * (int) Strength.of(strength, 2, 4, 8);
        boolean wide = random.nextBoolean();
        int width = wide ? other : side;
        int height = wide ? side : other;
        double size = side * random.nextDouble(0.5, 0.8);
        double along = random.nextDouble(side, other - side + 1.0);
        return Picture.clean(drawing.placed(width, height, wide ? along : side / 2.0, wide ? side / 2.0 : along, size))
                .png();
    }

    /** A letter of 70 pixels on 500, 50 on 700 and 40 on 1000. */
    static byte[] smallLetter(PenDrawing drawing, int strength, SplittableRandom random) {
        int side = (int) Strength.of(strength, 500, 700, 1000);
        double size = Strength.of(strength, 70, 50, 40);
        double x = random.nextDouble(size, side - size);
        double y = random.nextDouble(size, side - size);
        return Picture.clean(drawing.placed(side, side, x, y, size)).png();
    }

    /** A photo of 1, 3 and 12 megapixels in even light, the letter a third to two thirds as high. */
    static byte[] largePhoto(PenDrawing drawing, int strength, SplittableRandom random) {
        int height = (int) Strength.of(strength, 900, 1536, 3000);
        int width = height * 4 / 3;
        double size = height * random.nextDouble(0.33, 0.66);
        PenDrawing large = drawing.placed(width, height, width / 2.0, height / 2.0, size);
        return Picture.paper(width, height, 0xD6D4CE)
                .paint(large.coverage(), Colours.ink(random))
                .light(Light.gradient(width, height, 1.3, random))
                .noise(3, random)
                .jpeg();
    }
}
