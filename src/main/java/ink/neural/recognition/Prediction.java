package ink.neural.recognition;

/**
 * A character a glyph may be.
 *
 * @param label the character
 * @param confidence its probability among all the characters asked for, in [0, 1]
 */
public record Prediction(String label, double confidence) {}
