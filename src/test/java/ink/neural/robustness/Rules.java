package ink.neural.robustness;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Paper with something printed on it: a writing line, a box, a form's fields, ruled, squared and dotted paper. */
final class Rules {
    private Rules() {}

    /**
     * A drawing on a printed sheet.
     *
     * @param over whether the print lies over the ink, as where a program draws the rules last
     */
    private static Picture printed(PenDrawing drawing, Consumer<Graphics2D> print, int colour, int ink, boolean over) {
        Field rules = Field.painted(drawing.width(), drawing.height(), print);
        Picture picture = Picture.paper(drawing.width(), drawing.height(), Colours.WHITE);
        return over
                ? picture.paint(drawing.coverage(), ink).paint(rules, colour)
                : picture.paint(rules, colour).paint(drawing.coverage(), ink);
    }

    /** As a clean picture, or as a photo. */
    private static byte[] file(Picture picture, SplittableRandom random) {
        if (random.nextBoolean()) {
            return picture.png();
        }
        return picture.tint(0.92, 0.91, 0.89)
                .light(Light.gradient(picture.width, picture.height, 1.4, random))
                .blur(0.7)
                .noise(3, random)
                .jpeg();
    }

    private static int printColour(SplittableRandom random) {
        return Colours.any(random, 0x000000, 0x404040, 0x808080, 0xB0B0B0, 0x5B8FD0, 0x9CC2E8);
    }

    private static int ink(SplittableRandom random) {
        return Colours.any(random, 0x000000, 0x000000, 0x181818, Colours.BLUE_INK);
    }

    private static double turn(int strength, SplittableRandom random) {
        return strength < Strength.STRONGEST ? 0 : Math.toRadians(random.nextDouble(-3, 3));
    }

    /** A line below the character, touching it at its foot, and through it; thin to as thick as two thirds of the pen. */
    static byte[] writingLine(PenDrawing drawing, int strength, SplittableRandom random) {
        Rectangle2D box = drawing.box();
        double y =
                switch (strength) {
                    case 1 ->
                        Math.min(drawing.height() - 2.0, box.getMaxY() + random.nextDouble(0.06, 0.3) * drawing.size());
                    case 2 -> box.getMaxY() - drawing.brush() * random.nextDouble(0, 1);
                    default -> box.getMaxY() - box.getHeight() * random.nextDouble(0.1, 0.35);
                };
        double width = Math.max(1, drawing.brush() * random.nextDouble(0.1, 0.67));
        double inset = random.nextInt(3) == 0 ? random.nextDouble(0.02, 0.12) * drawing.width() : -5;
        double slope = Math.tan(turn(strength, random)) * drawing.width() / 2;
        Line2D line = new Line2D.Double(inset, y - slope, drawing.width() - inset, y + slope);
        Consumer<Graphics2D> print = g -> {
            g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
            g.draw(line);
        };
        return file(printed(drawing, print, printColour(random), ink(random), random.nextInt(4) == 0), random);
    }

    /** A box around the character, far from it, close to it, and touching it. */
    static byte[] box(PenDrawing drawing, int strength, SplittableRandom random) {
        double gap = Strength.of(strength, 0.2, 0.08, -0.02) * drawing.size();
        double width = Math.max(1, drawing.brush() * random.nextDouble(0.15, 0.6));
        Rectangle2D box = drawing.box();
        double side = drawing.size() + 2 * gap + width;
        double extent = Math.max(side + 20, PenDrawing.CANVAS);
        PenDrawing moved = drawing.placed((int) extent, (int) extent, extent / 2, extent / 2, drawing.size());
        boolean square = random.nextBoolean();
        double wide = square ? side : Math.max(box.getWidth() + 2 * gap + width, side * 0.5);
        double high = square ? side : Math.max(box.getHeight() + 2 * gap + width, side * 0.5);
        Rectangle2D outline = new Rectangle2D.Double((extent - wide) / 2, (extent - high) / 2, wide, high);
        Consumer<Graphics2D> print = g -> {
            g.setStroke(new BasicStroke((float) width));
            g.draw(outline);
        };
        return file(printed(moved, print, printColour(random), ink(random), false), random);
    }

    /** The fields of a form, side by side, the character in one of them. */
    static byte[] comb(PenDrawing drawing, int strength, SplittableRandom random) {
        double field = random.nextDouble(90, 141);
        double size = field / Strength.of(strength, 1.5, 1.25, 1.1);
        int width = (int) (field * 3.4);
        int height = (int) (field * 1.5);
        double x = width / 2.0 + random.nextDouble(-0.2, 0.2) * field;
        PenDrawing moved = drawing.placed(width, height, x, height / 2.0, size);
        float line = (float) Math.max(1, moved.brush() * random.nextDouble(0.15, 0.5));
        boolean open = random.nextBoolean();
        Consumer<Graphics2D> print = g -> {
            g.setStroke(new BasicStroke(line));
            double top = height / 2.0 - field / 2;
            double bottom = height / 2.0 + field / 2;
            for (double edge = x - field / 2 - 2 * field; edge < width + field; edge += field) {
                g.draw(new Line2D.Double(edge, open ? height / 2.0 : top, edge, bottom));
            }
            g.draw(new Line2D.Double(-5, bottom, width + 5, bottom));
            if (!open) {
                g.draw(new Line2D.Double(-5, top, width + 5, top));
            }
        };
        return file(printed(moved, print, printColour(random), ink(random), false), random);
    }

    /** Ruled paper, 3 to 9 lines from pale blue to black, turned by up to 3 degrees at the strongest. */
    static byte[] ruled(PenDrawing drawing, int strength, SplittableRandom random) {
        return lines(drawing, strength, true, false, random);
    }

    /** Squared paper. */
    static byte[] squared(PenDrawing drawing, int strength, SplittableRandom random) {
        return lines(drawing, strength, true, true, random);
    }

    private static byte[] lines(
            PenDrawing drawing, int strength, boolean across, boolean down, SplittableRandom random) {
        double pitch = drawing.size() * (down ? random.nextDouble(0.22, 0.6) : random.nextDouble(0.3, 0.9));
        double off = random.nextDouble(pitch);
        float line = (float) Math.max(1, drawing.brush() * Strength.upTo(strength, 0.08, 0.15, 0.25, 0.4, random));
        double angle = turn(strength, random);
        Consumer<Graphics2D> print = g -> {
            g.setStroke(new BasicStroke(line));
            g.rotate(angle, drawing.width() / 2.0, drawing.height() / 2.0);
            for (double at = off - pitch * 2; at < drawing.height() + 2 * pitch; at += pitch) {
                g.draw(new Line2D.Double(-50, at, drawing.width() + 50, at));
            }
            for (double at = off - pitch * 2; down && at < drawing.width() + 2 * pitch; at += pitch) {
                g.draw(new Line2D.Double(at, -50, at, drawing.height() + 50));
            }
        };
        int colour = lineColour(strength, random);
        return file(printed(drawing, print, colour, ink(random), random.nextInt(4) == 0), random);
    }

    private static int lineColour(int strength, SplittableRandom random) {
        return switch (strength) {
            case 1 -> Colours.any(random, 0xC5DCF2, 0xD0D0D0, 0xDDE6EE);
            case 2 -> Colours.any(random, 0x9CC2E8, 0x808080, 0xE0A0A0, 0x90C090);
            default -> Colours.any(random, 0x000000, 0x404040, 0x3A6FB5, 0x606060);
        };
    }

    /** Ruled paper with a margin line in red. */
    static byte[] margin(PenDrawing drawing, int strength, SplittableRandom random) {
        double pitch = drawing.size() * random.nextDouble(0.4, 0.9);
        double off = random.nextDouble(pitch);
        float line = (float) Math.max(1, drawing.brush() * Strength.of(strength, 0.1, 0.18, 0.3));
        double angle = turn(strength, random);
        double clear = strength == 3 ? -0.3 * drawing.brush() : drawing.brush();
        double x = Math.max(3, drawing.box().getX() - clear);
        AffineTransform turned =
                AffineTransform.getRotateInstance(angle, drawing.width() / 2.0, drawing.height() / 2.0);
        Field rules = Field.painted(drawing.width(), drawing.height(), g -> {
            g.setStroke(new BasicStroke(line));
            g.transform(turned);
            for (double at = off - pitch * 2; at < drawing.height() + 2 * pitch; at += pitch) {
                g.draw(new Line2D.Double(-50, at, drawing.width() + 50, at));
            }
        });
        Field margin = Field.painted(drawing.width(), drawing.height(), g -> {
            g.setStroke(new BasicStroke(line));
            g.transform(turned);
            g.draw(new Line2D.Double(x, -50, x, drawing.height() + 50));
        });
        return file(
                Picture.paper(drawing.width(), drawing.height(), Colours.WHITE)
                        .paint(rules, lineColour(strength, random))
                        .paint(margin, 0xD04040)
                        .paint(drawing.coverage(), ink(random)),
                random);
    }

    /** A grid of dots. */
    static byte[] dotted(PenDrawing drawing, int strength, SplittableRandom random) {
        double pitch = drawing.size() * random.nextDouble(0.15, 0.35);
        double off = random.nextDouble(pitch);
        double dot = Math.max(1.2, drawing.brush() * Strength.of(strength, 0.2, 0.35, 0.5));
        Consumer<Graphics2D> print = g -> {
            for (double y = off; y < drawing.height(); y += pitch) {
                for (double x = off; x < drawing.width(); x += pitch) {
                    g.fill(new Ellipse2D.Double(x - dot / 2, y - dot / 2, dot, dot));
                }
            }
        };
        return file(printed(drawing, print, lineColour(strength, random), ink(random), false), random);
    }
}
