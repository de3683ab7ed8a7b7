/** A {@link ink.neural.drawing.Drawing} comes in, the {@link ink.neural.glyph.Glyph} a model knows leaves. */
package ink.neural.glyph;
