package ink.neural.recognition;

/**
 * A character and how likely it is.
 *
 * @param label the character
 * @param confidence its probability among the characters that were ranked, in [0, 1]
 */
public record Prediction(String label, double confidence) {}
