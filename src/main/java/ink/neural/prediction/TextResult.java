package ink.neural.prediction;

import ink.neural.text.Reading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The text on a picture.
 *
 * @param text what stands on all lines together
 * @param lines what stands on each line, from top to bottom
 * @param ink the ink of the whole picture, as a PNG file, if the options ask for it
 * @param legibility the probability that the picture shows text, in [0, 1], if the options ask for it
 * @param model name and version of the text model, such as {@code text@2.0.0}
 */
public record TextResult(
        Reading text, List<Reading> lines, Optional<byte[]> ink, OptionalDouble legibility, String model) {}
