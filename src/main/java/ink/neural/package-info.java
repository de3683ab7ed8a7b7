/**
 * A drawing's way runs through the packages in one direction: {@code http} (request), {@code drawing} (safe pixels),
 * {@code glyph} (what the model knows), {@code recognition} (ranked characters), and back to {@code http} (response).
 */
package ink.neural;
