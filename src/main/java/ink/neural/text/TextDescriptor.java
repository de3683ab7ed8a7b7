package ink.neural.text;

import ink.neural.decoding.Alphabet;
import ink.neural.decoding.DecoderParameters;
import ink.neural.recognition.Check;
import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.Members;
import ink.neural.recognition.ModelDescriptor;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of a text model.
 *
 * @param name the model's name
 * @param version the model's version
 * @param file name of the ONNX file
 * @param lines the line images that the network was trained on
 * @param alphabet the characters that the model knows, in the order of the network's outputs
 * @param alignmentOffset columns of the line image from the middle of a frame to that of the character that is read there.
 *     CTC does not fix where in a character the network reports it
 * @param temperature divisor of the logits before the softmax, above 0
 * @param decoder the constants of the decoder that were tuned for the network
 * @param legibility how to tell text from scribble; empty if the model cannot
 * @param checks pictures that the model must read before it may answer
 * @param scores measured figures, as JSON
 */
public record TextDescriptor(
        String name,
        String version,
        String file,
        LineSpec lines,
        Alphabet alphabet,
        double alignmentOffset,
        double temperature,
        DecoderParameters decoder,
        Optional<Legibility> legibility,
        List<Check> checks,
        JsonValue scores) {
    /** All members. Those of the last line are for people and editors, and are not read. */
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "version",
            "file",
            "height",
            "inkHeight",
            "margin",
            "maxStrokeWidth",
            "alphabet",
            "alignmentOffset",
            "temperature",
            "decoder",
            "legibility",
            "checks",
            "scores",
            "language",
            "trainingData",
            "$schema");

    /**
     * Legibility is {@code sigmoid(scale * x + offset)}, where {@code x} is the mean log probability of the characters on the
     * network's most likely path (Platt scaling).
     *
     * @param threshold the legibility below which a picture should not count as text, in [0, 1]
     * @param scale factor of the mean log probability
     * @param offset constant added to it
     */
    public record Legibility(double threshold, double scale, double offset) {
        double of(double meanLogProbability) {
            return 1 / (1 + Math.exp(-(scale * meanLogProbability + offset)));
        }
    }

    /**
     * Reads a descriptor. The members alignmentOffset, temperature, decoder, legibility, checks, scores and those for people are
     * optional.
     *
     * @param json UTF-8 text
     * @return the descriptor
     * @throws InvalidModelException if a required member is missing, a member is unknown or a value is invalid
     */
    static TextDescriptor parse(byte[] json) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
            return of(Members.requireKnown(reader.readObject(), MEMBERS));
        } catch (JsonException e) {
            throw new InvalidModelException("the text model's descriptor is not a JSON object", e);
        } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
            throw new InvalidModelException(
                    "the text model's descriptor lacks a member, or a member has the wrong type or value", e);
        }
    }

    private static TextDescriptor of(JsonObject json) {
        LineSpec lines = new LineSpec(
                json.getInt("height"),
                json.getInt("inkHeight"),
                json.getInt("margin"),
                json.getJsonNumber("maxStrokeWidth").doubleValue());

        double temperature = number(json, "temperature", 1);
        boolean isSound = lines.inkHeight() >= 1
                && lines.inkHeight() <= lines.height()
                && lines.margin() >= 0
                && lines.maxStrokeWidth() > 0
                && temperature > 0;
        if (!isSound) {
            throw new InvalidModelException(
                    "the text model's descriptor has a size or a temperature that is too small");
        }
        return new TextDescriptor(
                ModelDescriptor.printable(json.getString("name")),
                ModelDescriptor.printable(json.getString("version")),
                json.getString("file"),
                lines,
                new Alphabet(json.getString("alphabet")),
                number(json, "alignmentOffset", 0),
                temperature,
                decoder(json.getJsonObject("decoder")),
                Optional.ofNullable(json.getJsonObject("legibility")).map(TextDescriptor::legibility),
                Check.listOf(json, "text"),
                json.getOrDefault("scores", JsonValue.EMPTY_JSON_OBJECT));
    }

    private static DecoderParameters decoder(JsonObject json) {
        DecoderParameters defaults = DecoderParameters.DEFAULT;
        if (json == null) {
            return defaults;
        }
        Members.requireKnown(
                json,
                Set.of("dictionaryWeight", "dictionaryShare", "letterCost", "dictionaryTemperature", "temperature"));
        return new DecoderParameters(
                number(json, "dictionaryWeight", defaults.dictionaryWeight()),
                number(json, "dictionaryShare", defaults.dictionaryShare()),
                number(json, "letterCost", defaults.letterCost()),
                number(json, "dictionaryTemperature", defaults.dictionaryTemperature()),
                number(json, "temperature", defaults.temperature()));
    }

    private static Legibility legibility(JsonObject json) {
        Members.requireKnown(json, Set.of("threshold", "scale", "offset"));
        return new Legibility(number(json, "threshold", 0.5), number(json, "scale", 1), number(json, "offset", 0));
    }

    private static double number(JsonObject json, String name, double defaultValue) {
        JsonNumber number = json.getJsonNumber(name);
        return number == null ? defaultValue : number.doubleValue();
    }
}
