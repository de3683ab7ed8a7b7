package ink.neural.robustness;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A sheet of paper on a table. */
final class Tables {
    private static final int[] DARK = {0x3B2A1E, 0x2A2A2C, 0x4A3324, 0x232B38, 0x5A4030};
    private static final int[] LIGHT = {0xC8A878, 0xA9876A, 0x8FA7B8, 0xB5B5B0, 0x7FA08A, 0xB86B5A};

    private Tables() {}

    /** On a dark table, of which up to 30, 45 and 60 % of the picture shows. */
    static byte[] darkTable(PenDrawing drawing, int strength, SplittableRandom random) {
        return sheet(drawing, strength, Colours.any(random, DARK), random);
    }

    /** On a light or coloured table. */
    static byte[] lightTable(PenDrawing drawing, int strength, SplittableRandom random) {
        return sheet(drawing, strength, Colours.any(random, LIGHT), random);
    }

    private static byte[] sheet(PenDrawing drawing, int strength, int colour, SplittableRandom random) {
        int width = random.nextInt(300, 361);
        int height = random.nextInt(260, 321);
        double share = 1 - Strength.upTo(strength, 0.2, 0.3, 0.45, 0.6, random);
        double aspect = random.nextDouble(0.8, 1.25);
        double high = Math.sqrt(share * width * height / aspect);
        double wide = high * aspect;
        double angle = Math.toRadians(random.nextDouble(-1, 1) * Strength.of(strength, 3, 7, 10));
        boolean cut = strength == 3 && random.nextBoolean();
        double x = width / 2.0 + (cut ? width * 0.25 : random.nextDouble(-0.04, 0.04) * width);
        double y = height / 2.0 + random.nextDouble(-0.04, 0.04) * height;
        double visible = cut ? Math.min(wide, width / 2.0 + wide / 2 - width * 0.25) : wide;
        double size = Math.min(visible, high) * random.nextDouble(0.4, 0.65);
        PenDrawing written = drawing.placed(width, height, cut ? x - (wide - visible) / 2 : x, y, size);
        Consumer<Graphics2D> outline = g -> {
            g.rotate(angle, x, y);
            g.fill(new Rectangle2D.Double(x - wide / 2, y - high / 2, wide, high));
        };
        Field paper = Field.painted(width, height, outline);
        Field shadow = Field.painted(width, height, g -> {
                    g.translate(4, 5);
                    outline.accept(g);
                })
                .map(v -> 1 - 0.5 * v);
        Picture sheet = Picture.paper(width, height, 0xEBEAE6)
                .add(Field.clouds(width, height, 2.5, 2.5, random), 2)
                .paint(written.coverage(), Colours.ink(random));
        return table(width, height, colour, random)
                .light(shadow)
                .blur(1.2)
                .paint(paper, sheet)
                .light(Light.gradient(width, height, 1.5, random))
                .blur(0.7)
                .noise(3, random)
                .jpeg();
    }

    /** Wood with its grain, or a plain surface. */
    private static Picture table(int width, int height, int colour, SplittableRandom random) {
        Picture table = Picture.paper(width, height, colour);
        double grain = random.nextInt(3) == 0 ? 0 : random.nextDouble(6, 16);
        return table.add(Field.clouds(width, height, 90, 5, random), grain)
                .add(Field.clouds(width, height, 40, 2, random), grain * 0.6);
    }
}
