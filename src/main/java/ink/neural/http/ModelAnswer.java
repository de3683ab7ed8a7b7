package ink.neural.http;

import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelDescriptor;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Locale;

/**
 * A description of the loaded model.
 *
 * @param name its name
 * @param version its version
 * @param classes its characters in the order of its classes
 * @param input the glyph that it expects
 * @param scores its measured figures
 * @param legibility how to judge legibility; null if the model cannot tell
 */
@JsonbPropertyOrder({"name", "version", "classes", "input", "scores", "legibility"})
public record ModelAnswer(
        String name, String version, List<String> classes, Input input, JsonValue scores, Legibility legibility) {
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

    static ModelAnswer of(LoadedModel model) {
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
                        .orElse(null));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
