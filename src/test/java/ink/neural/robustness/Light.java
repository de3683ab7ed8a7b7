package ink.neural.robustness;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Photos of paper in the light of rooms: shadows, gradients, too little and too much light, pencil. */
final class Light {
    private Light() {}

    /** A sheet of paper with a drawing, before any light falls on it. */
    private static Picture sheet(PenDrawing drawing, SplittableRandom random) {
        return Picture.paper(drawing.width(), drawing.height(), Colours.any(random, 0xEEEDEA, 0xE6E4DF, 0xF4F4F2))
                .add(Field.clouds(drawing.width(), drawing.height(), 2.5, 2.5, random), 2)
                .paint(drawing.coverage(), Colours.ink(random));
    }

    /** A slight blur, some noise, JPEG. */
    private static byte[] photo(Picture picture, double noise, SplittableRandom random) {
        return picture.blur(random.nextDouble(0.5, 0.9)).noise(noise, random).jpeg();
    }

    /** Light that falls off evenly across the picture, in a random direction, to one {@code ratio}th. */
    static Field gradient(int width, int height, double ratio, SplittableRandom random) {
        double angle = random.nextDouble(2 * Math.PI);
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        double reach = Math.abs(dx) * width / 2 + Math.abs(dy) * height / 2;
        return Field.of(width, height, (x, y) -> {
            double t = 0.5 + 0.5 * ((x - width / 2.0) * dx + (y - height / 2.0) * dy) / reach;
            return 1 - t * (1 - 1 / ratio);
        });
    }

    /** Light that falls off around a lamp, to one {@code ratio}th at the farthest corner. */
    private static Field lamp(int width, int height, double x, double y, double ratio) {
        double reach = Math.hypot(Math.max(x, width - x), Math.max(y, height - y));
        return Field.of(width, height, (u, v) -> {
            double t = Math.hypot(u - x, v - y) / reach;
            return 1 - t * t * (1 - 1 / ratio);
        });
    }

    /**
     * A shadow with a straight edge that runs through the picture.
     *
     * @param depth the part of the light that is missing within the shadow
     * @param softness width of the edge in pixels
     * @param off distance of the edge from the centre, in pixels
     */
    private static Field shadow(
            int width, int height, double depth, double softness, double off, SplittableRandom random) {
        double angle = random.nextDouble(2 * Math.PI);
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        return Field.of(width, height, (x, y) -> {
            double distance = (x - width / 2.0) * dx + (y - height / 2.0) * dy - off;
            return 1 - depth * Field.smooth(distance / softness + 0.5);
        });
    }

    private static double depth(int strength, SplittableRandom random) {
        return Strength.upTo(strength, 0.25, 0.45, 0.6, 0.75, random);
    }

    /** A shadow whose edge is as wide as a quarter to the whole of the picture. */
    static byte[] softShadow(PenDrawing drawing, int strength, SplittableRandom random) {
        double softness = drawing.width() * random.nextDouble(0.25, 1);
        return shadowed(drawing, softness, strength, random);
    }

    /** A shadow with an edge of 20 to 8, 8 to 3 and 3 to 1 pixels, anywhere across the picture. */
    static byte[] hardShadow(PenDrawing drawing, int strength, SplittableRandom random) {
        double softness = Strength.upTo(strength, 20, 8, 3, 1, random);
        return shadowed(drawing, softness, strength, random);
    }

    private static byte[] shadowed(PenDrawing drawing, double softness, int strength, SplittableRandom random) {
        double off = random.nextDouble(-0.3, 0.3) * drawing.width();
        Field shadow = shadow(drawing.width(), drawing.height(), depth(strength, random), softness, off, random);
        return photo(sheet(drawing, random).light(shadow), 3, random);
    }

    /** Half of the character lies in the shadow. */
    static byte[] halfShadow(PenDrawing drawing, int strength, SplittableRandom random) {
        PenDrawing centred = drawing.placed(
                drawing.width(), drawing.height(), drawing.width() / 2.0, drawing.height() / 2.0, drawing.size());
        double softness = random.nextDouble(4, 60);
        Field shadow = shadow(drawing.width(), drawing.height(), depth(strength, random), softness, 0, random);
        return photo(sheet(centred, random).light(shadow), 3, random);
    }

    /** The shadow of a hand that holds the telephone: an arm from outside the picture, and fingers. */
    static byte[] handShadow(PenDrawing drawing, int strength, SplittableRandom random) {
        Field hand = hand(drawing.width(), drawing.height(), depth(strength, random), random);
        return photo(sheet(drawing, random).light(hand), 3, random);
    }

    private static Field hand(int width, int height, double depth, SplittableRandom random) {
        double side = random.nextDouble(2 * Math.PI);
        double palmX = width / 2.0 + random.nextDouble(0.15, 0.45) * width * Math.cos(side);
        double palmY = height / 2.0 + random.nextDouble(0.15, 0.45) * height * Math.sin(side);
        double palm = width * random.nextDouble(0.14, 0.22);
        double softness = width * random.nextDouble(0.06, 0.22);
        List<Limb> limbs = new ArrayList<>();
        limbs.add(new Limb(palmX, palmY, palmX + width * Math.cos(side), palmY + height * Math.sin(side), palm));
        for (double finger = side + Math.PI - 0.9; finger < side + Math.PI + 1; finger += 0.45) {
            double length = palm * random.nextDouble(0.9, 2.4);
            limbs.add(new Limb(
                    palmX,
                    palmY,
                    palmX + length * Math.cos(finger),
                    palmY + length * Math.sin(finger),
                    palm * random.nextDouble(0.26, 0.36)));
        }
        return Field.of(width, height, (x, y) -> {
            double distance = Double.MAX_VALUE;
            for (Limb limb : limbs) {
                distance = Math.min(distance, limb.distance(x, y));
            }
            return 1 - depth * (1 - Field.smooth(distance / softness + 0.5));
        });
    }

    /** A segment with a radius. */
    private record Limb(double x1, double y1, double x2, double y2, double radius) {
        double distance(double x, double y) {
            return Line2D.ptSegDist(x1, y1, x2, y2, x, y) - radius;
        }
    }

    /** Light that falls off to one in 1.5 to 2, 2 to 3 and 3 to 4. */
    static byte[] gradient(PenDrawing drawing, int strength, SplittableRandom random) {
        double ratio = Strength.upTo(strength, 1.5, 2, 3, 4, random);
        return photo(
                sheet(drawing, random).light(gradient(drawing.width(), drawing.height(), ratio, random)), 3, random);
    }

    /** A lamp beside the paper. */
    static byte[] lamp(PenDrawing drawing, int strength, SplittableRandom random) {
        double ratio = Strength.upTo(strength, 1.5, 2, 3, 4, random);
        Field light = lamp(
                drawing.width(),
                drawing.height(),
                random.nextDouble(drawing.width()),
                random.nextDouble(drawing.height()),
                ratio);
        return photo(sheet(drawing, random).light(light), 3, random);
    }

    /** Darker corners, as lenses leave them. */
    static byte[] vignette(PenDrawing drawing, int strength, SplittableRandom random) {
        double ratio = Strength.upTo(strength, 1.3, 1.7, 2.3, 3, random);
        Field light = lamp(drawing.width(), drawing.height(), drawing.width() / 2.0, drawing.height() / 2.0, ratio);
        return photo(sheet(drawing, random).light(light), 3, random);
    }

    /** A photo 1, 1.5 and 2 stops too dark, with the noise of little light. */
    static byte[] dark(PenDrawing drawing, int strength, SplittableRandom random) {
        double stops = Strength.of(strength, 1, 1.5, 2);
        return photo(sheet(drawing, random).light(even(drawing, Math.pow(2, -stops))), 4 + stops, random);
    }

    /** A picture whose levels are reduced to a half, a third and a quarter, which is up to four stops. */
    static byte[] veryDark(PenDrawing drawing, int strength, SplittableRandom random) {
        double factor = Strength.of(strength, 0.5, 0.35, 0.25);
        return photo(sheet(drawing, random).tint(factor, factor, factor), 3, random);
    }

    /** Too dark by 1, 1.5 and 2 stops, and darker on one side. */
    static byte[] darkGradient(PenDrawing drawing, int strength, SplittableRandom random) {
        double stops = Strength.of(strength, 1, 1.5, 2);
        Field gradient = gradient(drawing.width(), drawing.height(), 1 + 0.7 * strength, random);
        return photo(
                sheet(drawing, random).light(gradient).light(even(drawing, Math.pow(2, -stops))), 4 + stops, random);
    }

    /** Too bright: the paper is white, and the ink is paler by 50, 95 and 140 levels. */
    static byte[] overexposed(PenDrawing drawing, int strength, SplittableRandom random) {
        double pale = Strength.of(strength, 50, 95, 140);
        Picture picture = sheet(drawing, random).light(even(drawing, 1.6));
        return photo(picture.add(even(drawing, 1), pale), 3, random);
    }

    private static Field even(PenDrawing drawing, double light) {
        return Field.of(drawing.width(), drawing.height(), (x, y) -> light);
    }

    /** Pencil in even light: thin and ever paler. */
    static byte[] pencil(PenDrawing drawing, int strength, SplittableRandom random) {
        return photo(pencilled(drawing, strength, random), 2.5, random);
    }

    /** Pencil, with a shadow across. */
    static byte[] pencilInShadow(PenDrawing drawing, int strength, SplittableRandom random) {
        double off = random.nextDouble(-0.3, 0.3) * drawing.width();
        double softness = random.nextDouble(5, 150);
        Field shadow = shadow(drawing.width(), drawing.height(), depth(strength, random), softness, off, random);
        return photo(pencilled(drawing, strength, random).light(shadow), 2.5, random);
    }

    /** Pencil in light that falls off. */
    static byte[] pencilInGradient(PenDrawing drawing, int strength, SplittableRandom random) {
        double ratio = Strength.upTo(strength, 1.5, 2, 3, 4, random);
        Field gradient = gradient(drawing.width(), drawing.height(), ratio, random);
        return photo(pencilled(drawing, strength, random).light(gradient), 2.5, random);
    }

    private static Picture pencilled(PenDrawing drawing, int strength, SplittableRandom random) {
        int width = drawing.width();
        int height = drawing.height();
        double opacity = Strength.upTo(strength, 0.85, 0.7, 0.55, 0.42, random);
        Field grain = Field.clouds(width, height, 1.7, 1.7, random).map(v -> opacity * (1 + 0.35 * v));
        return Picture.paper(width, height, 0xEAE9E6)
                .add(Field.clouds(width, height, 2.5, 2.5, random), 3)
                .paint(drawing.coverage().times(grain), Colours.grey(55, 90, random));
    }

    /** The drawing, written with a pencil: 2.5 to 4 % of the character's size, at least 2 pixels. */
    static PenDrawing withPencil(PenDrawing drawing, int strength) {
        return drawing.withBrush(Math.max(2, 0.01 * Strength.of(strength, 4, 3.2, 2.5) * drawing.size()));
    }

    /** Yellow, red or blue light, or a camera that misjudged it. */
    static byte[] colouredLight(PenDrawing drawing, int strength, SplittableRandom random) {
        double cast = Strength.of(strength, 0.15, 0.3, 0.5);
        Picture picture = sheet(drawing, random);
        switch (random.nextInt(3)) {
            case 0 -> picture.tint(1, 1 - 0.3 * cast, 1 - cast);
            case 1 -> picture.tint(1 - cast, 1 - 0.3 * cast, 1);
            default -> picture.tint(1, 1 - cast, 1 - 0.7 * cast);
        }
        return photo(picture.light(gradient(drawing.width(), drawing.height(), 1.5, random)), 3, random);
    }

    /** Rough paper: grain of some pixels, up to 4, 8 and 14 levels, and stains. */
    static byte[] roughPaper(PenDrawing drawing, int strength, SplittableRandom random) {
        double levels = Strength.of(strength, 4, 8, 14);
        int width = drawing.width();
        int height = drawing.height();
        return photo(
                Picture.paper(width, height, Colours.any(random, 0xE9E3D3, 0xDCD3BC, 0xE4E4E0, 0xCDB48C))
                        .add(Field.clouds(width, height, 3, 3, random), levels)
                        .add(Field.clouds(width, height, 60, 60, random), levels)
                        .paint(drawing.coverage(), Colours.ink(random)),
                3,
                random);
    }

    /** Crumpled paper: hills that shade each other, and sharp creases. */
    static byte[] crumpledPaper(PenDrawing drawing, int strength, SplittableRandom random) {
        double depth = Strength.of(strength, 0.12, 0.22, 0.35);
        return photo(
                sheet(drawing, random).light(creases(drawing.width(), drawing.height(), depth, random)), 3, random);
    }

    /** Everything at once: a soft shadow or a hand's, light that falls off, a colour cast, too little light, rough paper. */
    static byte[] mixed(PenDrawing drawing, int strength, SplittableRandom random) {
        int width = drawing.width();
        int height = drawing.height();
        double depth = 0.7 * depth(strength, random);
        Field shadow = random.nextBoolean()
                ? hand(width, height, depth, random)
                : shadow(width, height, depth, random.nextDouble(5, 100), random.nextDouble(-60, 60), random);
        double dim = Strength.upTo(strength, 1, 0.9, 0.75, 0.55, random);
        double cast = Strength.upTo(strength, 0, 0.05, 0.12, 0.25, random);
        return photo(
                sheet(drawing, random)
                        .add(Field.clouds(width, height, 40, 40, random), 3 * strength)
                        .light(shadow)
                        .light(gradient(width, height, 1 + 0.4 * strength, random))
                        .tint(dim, dim * (1 - 0.3 * cast), dim * (1 - cast)),
                2.5 + strength,
                random);
    }

    private static Field creases(int width, int height, double depth, SplittableRandom random) {
        double[][] lines = new double[7][];
        for (int i = 0; i < lines.length; i++) {
            double angle = random.nextDouble(2 * Math.PI);
            lines[i] = new double[] {
                Math.cos(angle),
                Math.sin(angle),
                random.nextDouble(width),
                random.nextDouble(height),
                random.nextDouble(15, 60),
                random.nextDouble(0.3, 1)
            };
        }
        Field hills = Field.clouds(width, height, 70, 70, random);
        return Field.of(width, height, (x, y) -> {
            double shade = 0.6 * hills.values()[y * width + x];
            for (double[] line : lines) {
                double distance = (x - line[2]) * line[0] + (y - line[3]) * line[1];
                double side = Math.max(-1, Math.min(1, distance / 2));
                shade += 0.5 * line[5] * side / (1 + distance * distance / (line[4] * line[4]));
            }
            return Math.max(0.15, 1 - depth + depth * shade);
        });
    }
}
