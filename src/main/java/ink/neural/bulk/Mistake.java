package ink.neural.bulk;

import ink.neural.glyph.Glyph;

/**
 * A picture that was taken for another character.
 *
 * @param label the character on it
 * @param outcome the answer
 * @param glyph the glyph that the network saw
 */
record Mistake(String label, Outcome outcome, Glyph glyph) {}
