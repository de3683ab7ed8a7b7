package ink.neural.http;

import ink.neural.recognition.FewShot;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelDescriptor;
import ink.neural.text.TextDescriptor;
import ink.neural.text.TextModel;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A description of the loaded models: of the model of single characters, and of the text model.
 *
 * @param name its name
 * @param version its version
 * @param classes its characters in the order of its classes
 * @param input the glyph that it expects
 * @param scores its measured figures
 * @param legibility how to judge legibility; null if the model cannot tell
 * @param guides true if the model can use guides; null if it cannot
 * @param features how many features the model tells; null if it tells none
 * @param hashes which files have been loaded
 * @param runtime path of the folder with ONNX Runtime for the browser; null if the WAR has none
 * @param text the text model; null if there is none
 * @param refused by the name of the descriptor, why newer files of a model cannot be used; null if there is no such model
 */
@JsonbPropertyOrder({
    "name",
    "version",
    "classes",
    "input",
    "scores",
    "legibility",
    "guides",
    "features",
    "hashes",
    "runtime",
    "text",
    "refused"
})
public record ModelAnswer(
        String name,
        String version,
        List<String> classes,
        Input input,
        JsonValue scores,
        Legibility legibility,
        Boolean guides,
        Integer features,
        Hashes hashes,
        String runtime,
        Text text,
        Map<String, String> refused) {
    /**
     * The glyph that the model expects.
     *
     * @param size side of the square in pixels
     * @param box side of the box that the ink fills
     * @param fit {@code aspect} or {@code stretch}
     * @param orientation {@code upright}, {@code mirrored} or {@code transposed}
     */
    @JsonbPropertyOrder({"size", "box", "fit", "orientation"})
    public record Input(int size, int box, String fit, String orientation) {}

    /**
     * How to judge legibility.
     *
     * @param threshold the legibility below which a drawing should not count as a character
     */
    public record Legibility(double threshold) {}

    /**
     * Which files have been loaded, as SHA-256 digests in hexadecimal digits.
     *
     * @param file of the ONNX file
     * @param descriptor of the descriptor
     */
    @JsonbPropertyOrder({"file", "descriptor"})
    public record Hashes(String file, String descriptor) {}

    /**
     * The text model.
     *
     * @param name its name
     * @param version its version
     * @param alphabet the characters that it can read
     * @param scores its measured figures
     * @param legibility how to judge legibility; null if the model cannot tell
     * @param hashes which files have been loaded
     */
    @JsonbPropertyOrder({"name", "version", "alphabet", "scores", "legibility", "hashes"})
    public record Text(
            String name, String version, String alphabet, JsonValue scores, Legibility legibility, TextHashes hashes) {
        static Text of(TextModel model) {
            TextDescriptor descriptor = model.descriptor();
            return new Text(
                    descriptor.name(),
                    descriptor.version(),
                    descriptor.alphabet().characters(),
                    descriptor.scores(),
                    descriptor
                            .legibility()
                            .map(legibility -> new Legibility(legibility.threshold()))
                            .orElse(null),
                    new TextHashes(
                            model.file().sha256(),
                            model.descriptorFile().sha256(),
                            ModelFileResource.DICTIONARY.sha256()));
        }
    }

    /**
     * Which files of the text model have been loaded, as SHA-256 digests in hexadecimal digits.
     *
     * @param file of the ONNX file
     * @param descriptor of the descriptor
     * @param dictionary of the dictionary
     */
    @JsonbPropertyOrder({"file", "descriptor", "dictionary"})
    public record TextHashes(String file, String descriptor, String dictionary) {}

    static ModelAnswer of(
            LoadedModel model, Optional<String> runtime, Optional<Text> text, Map<String, String> refused) {
        ModelDescriptor descriptor = model.descriptor();
        return new ModelAnswer(
                descriptor.name(),
                descriptor.version(),
                model.labels().characters(),
                new Input(
                        descriptor.glyph().size(),
                        descriptor.glyph().box(),
                        lowerCase(descriptor.glyph().fit()),
                        lowerCase(descriptor.glyph().orientation())),
                descriptor.scores(),
                descriptor
                        .legibility()
                        .map(legibility -> new Legibility(legibility.threshold()))
                        .orElse(null),
                descriptor.guides().isPresent() ? true : null,
                descriptor.fewShot().map(FewShot::size).orElse(null),
                new Hashes(model.file().sha256(), model.descriptorFile().sha256()),
                runtime.orElse(null),
                text.orElse(null),
                refused.isEmpty() ? null : refused);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
