package ink.neural.text;

import ink.neural.ink.Box;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands on a line, or on several.
 *
 * @param candidates the most likely texts, the most likely first; at least one
 * @param characters the characters of the most likely text but its line breaks
 */
public record Reading(List<Candidate> candidates, List<ReadCharacter> characters) {
    /**
     * A text that may stand there.
     *
     * @param text the text
     * @param confidence its probability among all texts that are allowed, in [0, 1]
     */
    public record Candidate(String text, double confidence) {
        private Candidate followedBy(Candidate next) {
            return new Candidate(text + "\n" + next.text, confidence * next.confidence);
        }
    }

    /**
     * A character and where it stands.
     *
     * @param label the character
     * @param confidence its probability, in [0, 1]
     * @param box its ink in the picture; for a space, the gap
     */
    public record ReadCharacter(String label, double confidence, Box box) {}

    /**
     * The same reading of a picture that was reduced.
     *
     * @param factor pixels of the picture for each pixel of the reduced one, in each direction
     * @return the reading with boxes in pixels of the picture
     */
    public Reading enlarged(int factor) {
        return new Reading(
                candidates,
                characters.stream()
                        .map(character -> new ReadCharacter(
                                character.label, character.confidence, character.box.enlarged(factor)))
                        .toList());
    }

    /**
     * The reading of this line and the next, which is independent of it.
     *
     * @param next the next line
     * @param top the most candidates
     * @return both lines, with a line break between them
     */
    public Reading followedBy(Reading next, int top) {
        List<Candidate> pairs = candidates.stream()
                .flatMap(first -> next.candidates.stream().map(first::followedBy))
                .sorted(Comparator.comparingDouble(pair -> -pair.confidence))
                .limit(top)
                .toList();
        return new Reading(
                pairs,
                Stream.concat(characters.stream(), next.characters.stream()).toList());
    }
}
