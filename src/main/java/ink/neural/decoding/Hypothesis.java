package ink.neural.decoding;

/**
 * A text that the frames may show.
 *
 * @param text at least one character; neither begins nor ends with a space, and has no two in a row
 * @param probability the probability of exactly this text, from 0 to 1
 */
public record Hypothesis(String text, double probability) {}
