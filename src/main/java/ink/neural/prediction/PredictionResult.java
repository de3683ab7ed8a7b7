package ink.neural.prediction;

import ink.neural.recognition.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The answer for one drawing.
 *
 * @param predictions the most likely characters, the most likely first
 * @param glyph the glyph that the network saw, as a PNG file, if the options ask for it
 * @param ink the ink of the whole picture, as a PNG file, if the options ask for it
 * @param legibility the probability that the drawing is a character, in [0, 1], if the options ask for it
 * @param features what the network saw, see {@link ink.neural.recognition.Recognition#features}, if the options ask for it
 * @param model name and version of the model, such as {@code emnist-byclass@2.0.0}
 */
public record PredictionResult(
        List<Prediction> predictions,
        Optional<byte[]> glyph,
        Optional<byte[]> ink,
        OptionalDouble legibility,
        Optional<byte[]> features,
        String model) {}
