/** Arithmetic on colours and on several samples at once, for the decoders of all formats. */
package ink.neural.drawing.pixel;
