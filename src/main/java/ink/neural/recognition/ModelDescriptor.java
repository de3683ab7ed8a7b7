package ink.neural.recognition;

import ink.neural.glyph.Fit;
import ink.neural.glyph.GlyphSpec;
import ink.neural.glyph.Orientation;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All that is particular to one model, so that none of it is in the code.
 *
 * @param name the model's name
 * @param version its version
 * @param file the ONNX file's name
 * @param labels the label map's file name
 * @param glyph the input it was trained on
 * @param output what its first output means
 * @param temperature what the logits are divided by before the softmax, above 0 (Guo et al. 2017, "On Calibration of
 *     Modern Neural Networks")
 * @param priors by purpose, a probability for each class
 * @param legibility how a second output tells characters from scribble, if the model can
 * @param scores the figures it was measured at, as the descriptor has them
 * @param training what it was trained on, as the descriptor has it
 */
public record ModelDescriptor(
        String name,
        String version,
        String file,
        String labels,
        GlyphSpec glyph,
        Output output,
        double temperature,
        Map<String, double[]> priors,
        Optional<Legibility> legibility,
        JsonValue scores,
        JsonValue training) {

    /** What a network's numbers for the classes mean. */
    public enum Output {
        /** Unnormalised log probabilities. */
        LOGITS,
        /** Probabilities, as after a softmax. */
        PROBABILITIES
    }

    /**
     * A second output that is a logit for "this is one of the characters": legibility is
     * {@code sigmoid(scale * logit + offset)} (Platt scaling).
     *
     * @param output the output's name
     * @param threshold the legibility below which an answer should be doubted, in [0, 1]
     * @param scale factor of the logit
     * @param offset what is added
     */
    public record Legibility(String output, double threshold, double scale, double offset) {}

    /**
     * Reads a descriptor; what it may leave out are the labels' file, output, temperature, priors, legibility, scores
     * and training.
     *
     * @param json UTF-8 text
     * @return the descriptor
     * @throws UnusableModel if a member is missing or makes no sense
     */
    static ModelDescriptor parse(byte[] json) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
            return of(reader.readObject());
        } catch (JsonException e) {
            throw new UnusableModel("the descriptor is not a JSON object", e);
        } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
            throw new UnusableModel("the descriptor lacks a member or has one of the wrong kind", e);
        }
    }

    private static ModelDescriptor of(JsonObject json) {
        int size = json.getInt("size");
        int box = json.getInt("box");
        double temperature = number(json, "temperature", 1);
        if (box < 1 || box > size || !(temperature > 0)) {
            throw new UnusableModel("the descriptor's box must be from 1 to its size, its temperature above 0");
        }
        return new ModelDescriptor(
                json.getString("name"),
                json.getString("version"),
                json.getString("file"),
                json.getString("labels", "label_map.json"),
                new GlyphSpec(
                        size,
                        box,
                        constant(Fit.class, json.getString("fit")),
                        constant(Orientation.class, json.getString("orientation"))),
                constant(Output.class, json.getString("output", "logits")),
                temperature,
                priors(json.getJsonObject("priors")),
                Optional.ofNullable(json.getJsonObject("legibility")).map(ModelDescriptor::legibility),
                json.getOrDefault("scores", JsonValue.EMPTY_JSON_OBJECT),
                json.getOrDefault("training", JsonValue.NULL));
    }

    private static Legibility legibility(JsonObject json) {
        return new Legibility(
                json.getString("output"),
                number(json, "threshold", 0.5),
                number(json, "scale", 1),
                number(json, "offset", 0));
    }

    private static Map<String, double[]> priors(JsonObject json) {
        Map<String, double[]> priors = new HashMap<>();
        if (json != null) {
            json.keySet().forEach(purpose -> priors.put(purpose, numbers(json.getJsonArray(purpose))));
        }
        return priors;
    }

    private static double[] numbers(JsonArray json) {
        return json.getValuesAs(JsonNumber.class).stream()
                .mapToDouble(JsonNumber::doubleValue)
                .toArray();
    }

    private static double number(JsonObject json, String name, double otherwise) {
        JsonNumber number = json.getJsonNumber(name);
        return number == null ? otherwise : number.doubleValue();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
