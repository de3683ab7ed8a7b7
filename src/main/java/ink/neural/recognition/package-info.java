/** Runs the model: turns a {@link ink.neural.glyph.Glyph} into ranked {@link ink.neural.recognition.Prediction characters}. */
package ink.neural.recognition;
