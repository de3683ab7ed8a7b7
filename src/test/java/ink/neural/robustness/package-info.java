/**
 * Measures how well drawings are read that arrive as real pictures do: with dust, shadows, ruled paper, other colours, sizes
 * and formats. {@link ink.neural.robustness.Robustness} is the command.
 */
package ink.neural.robustness;
