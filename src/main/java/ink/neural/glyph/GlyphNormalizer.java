package ink.neural.glyph;

import ink.neural.drawing.Drawing;
import ink.neural.glyph.Ink.Box;

/**
 * Makes of any drawing the glyph a model was trained on, whatever its size, place, colours and paper.
 *
 * @param spec what the model was trained on
 */
public record GlyphNormalizer(GlyphSpec spec) {
    /** The least darkness, of 255, that is ink and not noise. */
    private static final int FAINTEST_INK = 16;
    /** The share of the darkest ink's darkness from which on a pixel belongs to the character. */
    private static final float INK_SHARE = 0.2f;

    /**
     * Normalises a drawing in six steps, the first of which, its greys, was done as it was decoded.
     *
     * @param drawing a character on any even paper
     * @return its glyph
     * @throws EmptyDrawingException if there is no ink
     */
    public Glyph normalize(Drawing drawing) {
        Ink ink = Ink.on(drawing);
        Box crop = ink.box(FAINTEST_INK, INK_SHARE);
        Plane fitted = fit(ink, crop);
        Plane scaled = scale(fitted);
        return orient(scaled);
    }

    /** The ink as large as the box, in the middle of the glyph. */
    private Plane fit(Ink ink, Box crop) {
        double scale = (double) spec.box() / Math.max(crop.width(), crop.height());
        boolean stretch = spec.fit() == Fit.STRETCH;
        int width = stretch ? spec.box() : Math.max(1, (int) Math.floor(crop.width() * scale + 0.5));
        int height = stretch ? spec.box() : Math.max(1, (int) Math.floor(crop.height() * scale + 0.5));
        Plane fitted = new Plane(spec.size(), spec.size());
        Resize.resize(ink, crop, width, height).copyTo(fitted, (spec.size() - width) / 2, (spec.size() - height) / 2);
        return fitted;
    }

    /** The darkest ink is 1. */
    private static Plane scale(Plane fitted) {
        float darkest = fitted.max();
        Plane scaled = new Plane(fitted.width(), fitted.height());
        for (int i = 0; i < scaled.values().length; i++) {
            scaled.values()[i] = fitted.values()[i] / darkest;
        }
        return scaled;
    }

    private Glyph orient(Plane scaled) {
        return new Glyph(spec.size(), spec.orientation(), spec.orientation().apply(scaled.values(), spec.size()));
    }
}
