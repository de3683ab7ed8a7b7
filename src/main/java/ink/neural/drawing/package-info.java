/**
 * Decodes untrusted image files. Bytes come in, and a {@link ink.neural.drawing.Drawing} of bounded size comes out,
 * or an {@link ink.neural.drawing.InvalidImageException}.
 */
package ink.neural.drawing;
