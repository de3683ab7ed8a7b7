package ink.neural.glyph;

/**
 * The shape of the glyphs a model was trained on.
 *
 * @param size side of the square glyph in pixels, at least 1
 * @param box side of the centred square that the ink fills, from 1 to {@code size} pixels
 * @param fit how the ink fills the box
 * @param orientation how the glyph is turned
 */
public record GlyphSpec(int size, int box, Fit fit, Orientation orientation) {}
