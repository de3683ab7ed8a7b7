package ink.neural.decoding;

import java.util.List;

/**
 * The most probable texts.
 *
 * @param hypotheses different texts, most probable first; empty if no text satisfies the constraints. The
 *     probabilities add up to at most 1
 * @param spans the characters of the first hypothesis, in the order of the text
 */
public record NBestList(List<Hypothesis> hypotheses, List<CharacterSpan> spans) {
    static final NBestList EMPTY = new NBestList(List.of(), List.of());
}
