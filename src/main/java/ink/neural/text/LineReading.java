package ink.neural.text;

import java.util.OptionalDouble;

/**
 * What stands on a line.
 *
 * @param reading the text
 * @param legibility the probability that the ink is text at all, in [0, 1]; empty if the model cannot tell
 */
public record LineReading(Reading reading, OptionalDouble legibility) {}
