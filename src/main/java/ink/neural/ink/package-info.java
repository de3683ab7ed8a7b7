/**
 * Finds the {@link ink.neural.ink.Ink} on a {@link ink.neural.drawing.Drawing}: what the pen left, without the paper, its
 * light, its rules and its dust.
 */
package ink.neural.ink;
