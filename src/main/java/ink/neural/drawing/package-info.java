/** Untrusted bytes come in, a {@link ink.neural.drawing.Drawing} of safe, plain pixels leaves. */
package ink.neural.drawing;
