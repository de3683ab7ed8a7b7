/** {@link ink.neural.glyph.Glyph Glyphs} come in, ranked {@link ink.neural.recognition.Prediction characters} leave. */
package ink.neural.recognition;
