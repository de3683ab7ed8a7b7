package ink.neural.robustness;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** What surrounds a drawing: frames, bars and rounded corners. The drawing moves inwards, so that nothing touches it. */
final class Frames {
    private Frames() {}

    /** A black frame of 1, 3 and 5 to 12 pixels. */
    static byte[] blackFrame(PenDrawing drawing, int strength, SplittableRandom random) {
        return frame(drawing, strength, Colours.BLACK, random);
    }

    /** A grey or coloured frame of 1, 3 and 5 to 12 pixels. */
    static byte[] colouredFrame(PenDrawing drawing, int strength, SplittableRandom random) {
        int colour = Colours.any(random, 0x808080, 0xC0C0C0, 0x3366CC, 0xB03030, 0x2E8B57, 0xE0A020);
        return frame(drawing, strength, colour, random);
    }

    private static byte[] frame(PenDrawing drawing, int strength, int colour, SplittableRandom random) {
        int wide = (int) Strength.of(strength, 1, 3, random.nextInt(5, 13));
        return bars(drawing, wide, wide, wide, wide, colour, Colours.WHITE).png();
    }

    /** Black bars at top and bottom, at both sides, and all around. */
    static byte[] blackBars(PenDrawing drawing, int strength, SplittableRandom random) {
        return bars(drawing, strength, Colours.BLACK, Colours.WHITE, random);
    }

    /** Grey bars beside white paper, or white bars beside grey paper. */
    static byte[] greyBars(PenDrawing drawing, int strength, SplittableRandom random) {
        boolean white = random.nextBoolean();
        int grey = Colours.grey(120, 225, random);
        return bars(drawing, strength, white ? Colours.WHITE : grey, white ? grey : Colours.WHITE, random);
    }

    private static byte[] bars(PenDrawing drawing, int strength, int colour, int paper, SplittableRandom random) {
        int across = strength == 2 ? 0 : random.nextInt(20, 71);
        int along = strength == 1 ? 0 : random.nextInt(20, 71);
        int off = random.nextInt(-4, 5);
        return bars(drawing, Math.max(0, along + off), across, along, Math.max(0, across - off), colour, paper)
                .png();
    }

    /** Adds bars outside the canvas. */
    private static Picture bars(PenDrawing drawing, int left, int top, int right, int bottom, int colour, int paper) {
        int width = drawing.width() + left + right;
        int height = drawing.height() + top + bottom;
        PenDrawing inside = drawing.placed(width, height, AffineTransform.getTranslateInstance(left, top));
        Field sheet = Field.painted(width, height, g -> g.fillRect(left, top, drawing.width(), drawing.height()));
        return Picture.paper(width, height, colour).paint(sheet, paper).paint(inside.coverage(), Colours.BLACK);
    }

    /** Rounded corners: transparent, black, and black with a dark border. */
    static byte[] corners(PenDrawing drawing, int strength, SplittableRandom random) {
        int width = drawing.width();
        int height = drawing.height();
        double radius = random.nextDouble(16, 56);
        Area corners = new Area(new Rectangle2D.Double(0, 0, width, height));
        corners.subtract(new Area(new RoundRectangle2D.Double(0, 0, width, height, radius, radius)));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.drawImage(Picture.clean(drawing).image(), 0, 0, null);
        if (strength == 1) {
            graphics.setComposite(AlphaComposite.DstOut);
        }
        graphics.setColor(Color.BLACK);
        graphics.fill(corners);
        if (strength == 3) {
            graphics.setColor(Color.DARK_GRAY);
            graphics.draw(new RoundRectangle2D.Double(0.5, 0.5, width - 1, height - 1, radius, radius));
        }
        graphics.dispose();
        return ImageFiles.png(image);
    }
}
