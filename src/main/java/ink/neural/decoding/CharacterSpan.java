package ink.neural.decoding;

/**
 * Where the best text has one of its characters.
 *
 * @param character the character
 * @param first the first frame of the character on the most probable CTC path
 * @param last the last frame, at least {@code first}
 * @param confidence the probability that this place has this character, from 0 to 1
 */
public record CharacterSpan(char character, int first, int last, double confidence) {}
