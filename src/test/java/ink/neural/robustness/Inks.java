package ink.neural.robustness;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Inks and papers of every colour, in even light. */
final class Inks {
    private Inks() {}

    /** Dark ink on a transparent canvas: black, then a colour, then a grey up to 130. */
    static byte[] darkOnTransparent(PenDrawing drawing, int strength, SplittableRandom random) {
        int colour =
                switch (strength) {
                    case 1 -> Colours.BLACK;
                    case 2 -> Colours.any(random, Colours.BLUE_INK, 0xC02020, 0x107040, 0x702090);
                    default -> Colours.grey(20, 131, random);
                };
        return ImageFiles.png(transparent(drawing, colour));
    }

    /** Light ink on a transparent canvas, as pages with a dark theme send it: white, then a colour, then a grey. */
    static byte[] lightOnTransparent(PenDrawing drawing, int strength, SplittableRandom random) {
        int colour =
                switch (strength) {
                    case 1 -> Colours.WHITE;
                    case 2 -> Colours.any(random, 0xFFE96B, 0x8FE3FF, 0xFFB3D1, 0xA8F0B0);
                    default -> Colours.grey(131, 255, random);
                };
        return ImageFiles.png(transparent(drawing, colour));
    }

    /** Ink of one colour on a transparent canvas. */
    static BufferedImage transparent(PenDrawing drawing, int colour) {
        float[] coverage = drawing.coverage().values();
        BufferedImage image = new BufferedImage(drawing.width(), drawing.height(), BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < coverage.length; i++) {
            int alpha = Math.round(255 * coverage[i]);
            image.setRGB(i % drawing.width(), i / drawing.width(), alpha == 0 ? 0 : alpha << 24 | colour);
        }
        return image;
    }

    /** Black ink on paper of grey 180 to 250, 100 to 180 and 45 to 100. */
    static byte[] blackOnGrey(PenDrawing drawing, int strength, SplittableRandom random) {
        int paper = Colours.grey(
                (int) Strength.of(strength, 180, 100, 45), (int) Strength.of(strength, 251, 180, 100), random);
        return on(drawing, paper, Colours.BLACK);
    }

    /** White ink on paper of grey 0 to 60, 60 to 130 and 130 to 200. */
    static byte[] whiteOnGrey(PenDrawing drawing, int strength, SplittableRandom random) {
        int paper = Colours.grey(
                (int) Strength.of(strength, 0, 60, 130), (int) Strength.of(strength, 60, 130, 201), random);
        return on(drawing, paper, Colours.WHITE);
    }

    /** Greys that differ by 100 to 60, 60 to 40 and 40 to 30 levels; either may be the ink. */
    static byte[] lowContrast(PenDrawing drawing, int strength, SplittableRandom random) {
        int difference = (int) Strength.upTo(strength, 100, 60, 40, 30, random);
        int dark = random.nextInt(255 - difference);
        boolean darkInk = random.nextInt(3) > 0;
        int light = dark + difference;
        return on(drawing, Colours.grey(darkInk ? light : dark), Colours.grey(darkInk ? dark : light));
    }

    /** Dark ink on coloured paper: pastel, then notes and kraft paper, then strong colours. */
    static byte[] colouredPaper(PenDrawing drawing, int strength, SplittableRandom random) {
        int paper =
                switch (strength) {
                    case 1 -> Colours.any(random, 0xFFF7B0, 0xFFD9E3, 0xD6F0FF, 0xDDF5D8, 0xF6EAD0);
                    case 2 -> Colours.any(random, 0xFFE135, 0xC19A6B, 0xFF9A3C, 0x6FB7E8, 0xF2789F, 0x86C98B);
                    default -> Colours.any(random, 0xE03C31, 0x2F6FD0, 0x1E9E5A, 0x9A55C0, 0xA0724A);
                };
        int ink = strength == 3 ? Colours.any(random, 0x000000, 0x151515) : Colours.ink(random);
        return on(drawing, paper, ink);
    }

    /** Chalk on a board, ever more smeared. */
    static byte[] chalk(PenDrawing drawing, int strength, SplittableRandom random) {
        int board = Colours.any(random, 0x1F3D2B, 0x2B2B2B, 0x2F4F3F, 0x16202A);
        int chalk = Colours.any(random, 0xF4F4EE, 0xF4F4EE, 0xF5E79E, 0xF0C4CE, 0xBFE0F0);
        double gaps = Strength.of(strength, 0.1, 0.2, 0.3);
        Field grain = Field.of(drawing.width(), drawing.height(), (x, y) -> random.nextDouble() < gaps ? 0.35 : 0.95);
        Field smears = Field.clouds(drawing.width(), drawing.height(), 90, 30, random);
        return Picture.paper(drawing.width(), drawing.height(), board)
                .add(smears, Strength.of(strength, 3, 8, 14))
                .paint(drawing.coverage().times(grain), chalk)
                .blur(0.6)
                .noise(3, random)
                .jpeg();
    }

    /** Two colours whose brightness differs by 24, 10 and 0 levels, and whose hues lie far apart. */
    static byte[] equalBrightness(PenDrawing drawing, int strength, SplittableRandom random) {
        double hue = random.nextDouble();
        double other = hue + random.nextDouble(0.3, 0.7);
        double luma = random.nextDouble(80, 130);
        double difference = Strength.of(strength, 24, 10, 0) * (random.nextBoolean() ? 1 : -1);
        return on(drawing, Colours.ofLuma(hue, luma), Colours.ofLuma(other - Math.floor(other), luma + difference));
    }

    private static byte[] on(PenDrawing drawing, int paper, int ink) {
        return Picture.paper(drawing.width(), drawing.height(), paper)
                .paint(drawing.coverage(), ink)
                .png();
    }
}
