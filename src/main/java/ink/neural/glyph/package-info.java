/**
 * Turns a {@link ink.neural.drawing.Drawing} into the {@link ink.neural.glyph.Glyph} that a model takes as its input:
 * the drawing is cropped to its ink, resized, centred and scaled to the range 0 to 1.
 */
package ink.neural.glyph;
