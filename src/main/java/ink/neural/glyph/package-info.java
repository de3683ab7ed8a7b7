/**
 * Turns the {@link ink.neural.ink.Ink} of a character into the {@link ink.neural.glyph.Glyph} that a model takes as its input:
 * the ink is cropped, resized, centred and scaled to the range 0 to 1.
 */
package ink.neural.glyph;
