package ink.neural.glyph;

import ink.neural.ink.Box;
import ink.neural.ink.Ink;

/**
 * Turns ink into a glyph, whatever the ink's size and position.
 *
 * <p>{@code training/glyph.py} takes the same steps for the training data. Both must give the same glyphs, which the
 * golden drawings check.
 *
 * @param spec the shape of the glyphs the model was trained on
 */
public record GlyphNormalizer(GlyphSpec spec) {
    /**
     * Normalises ink. It is cropped, resized, centred, scaled to a maximum of 1 and turned.
     *
     * @param ink the ink of one character
     * @return the glyph
     */
    public Glyph normalize(Ink ink) {
        Box crop = ink.boundingBox();
        Plane resized = resize(ink, crop);
        float[] pixels = resized.padTo(spec.size(), spec.size()).normalized().values();
        return new Glyph(spec.size(), spec.orientation(), spec.orientation().apply(pixels, spec.size()));
    }

    private Plane resize(Ink ink, Box crop) {
        return switch (spec.fit()) {
            case STRETCH -> Resize.resize(ink, crop, spec.box(), spec.box());
            case ASPECT -> {
                double scale = (double) spec.box() / Math.max(crop.width(), crop.height());
                yield Resize.resize(ink, crop, scaled(crop.width(), scale), scaled(crop.height(), scale));
            }
        };
    }

    /** The length of a side after scaling, rounded half up as the training does, and at least 1. */
    private static int scaled(int side, double scale) {
        return Math.max(1, (int) Math.floor(side * scale + 0.5));
    }
}
