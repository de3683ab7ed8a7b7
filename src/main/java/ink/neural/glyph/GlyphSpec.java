package ink.neural.glyph;

/**
 * The input a model was trained on.
 *
 * @param size side of the square input in pixels, at least 1
 * @param box side of the square in its middle that the ink fills, 1 to {@code size}
 * @param fit how the ink fills the box
 * @param orientation how the glyph lies
 */
public record GlyphSpec(int size, int box, Fit fit, Orientation orientation) {}
