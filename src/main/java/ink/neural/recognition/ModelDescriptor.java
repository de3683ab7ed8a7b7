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
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of one model. They are data, so that any EMNIST classifier can be used without a change to the code.
 *
 * @param name the model's name
 * @param version the model's version
 * @param file name of the ONNX file
 * @param labels name of the label map's file
 * @param glyph the input that the network was trained on
 * @param output the meaning of the network's first output
 * @param temperature divisor of the logits before the softmax, above 0 (Guo et al. 2017, "On Calibration of Modern
 *     Neural Networks")
 * @param priors named priors, each with a probability for each class
 * @param legibility the output that tells characters from scribble; empty if the network has none
 * @param cascade the output that tells which glyphs were read twice; empty if the network is no cascade
 * @param guides where each character stands between guides; empty if that is not known
 * @param fewShot how answers are adapted to a person's hand; empty if the network tells no features
 * @param checks drawings that the model must read before it may answer
 * @param scores measured figures, as JSON
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
        Optional<Cascade> cascade,
        Optional<GuideModel> guides,
        Optional<FewShot> fewShot,
        List<Check> checks,
        JsonValue scores) {
    /** The label map's file, if the descriptor names none. */
    static final String DEFAULT_LABELS = "label_map.json";

    /** All members. Those of the last line are for people and editors, and are not read. */
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "version",
            "file",
            "labels",
            "size",
            "box",
            "fit",
            "orientation",
            "output",
            "temperature",
            "priors",
            "legibility",
            "cascade",
            "guides",
            "features",
            "checks",
            "scores",
            "training",
            "$schema");

    private static final Set<String> PURPOSES = Set.of(LoadedModel.PREDICT, "benchmark");

    /** The meaning of the numbers that a network gives for the classes. */
    public enum Output {
        /** Unnormalised log probabilities. */
        LOGITS,
        /** Probabilities, the result of a softmax. */
        PROBABILITIES
    }

    /**
     * A second output: the logit that the glyph is one of the characters. Legibility is
     * {@code sigmoid(scale * logit + offset)} (Platt scaling).
     *
     * @param output name of the output
     * @param threshold the legibility below which a drawing should not count as a character, in [0, 1]
     * @param scale factor of the logit
     * @param offset constant added to the scaled logit
     */
    public record Legibility(String output, double threshold, double scale, double offset) {}

    /**
     * Two networks in one file (P. Viola and M. Jones, Rapid Object Detection using a Boosted Cascade of Simple Features,
     * 2001). The first reads every glyph. The second reads those of which the first is unsure: the log probabilities of the
     * two likeliest classes differ by less than a threshold. The log prior [classes] and the threshold [1] are the network's
     * inputs after the glyphs.
     *
     * @param output name of the output that is 1 for each glyph that the second network has read, and 0 for all others
     * @param thresholds the threshold for each prior
     */
    public record Cascade(String output, Map<String, Double> thresholds) {
        /** The threshold for a prior. Without one, the second network reads every glyph. */
        float threshold(String prior) {
            return thresholds.getOrDefault(prior, Double.MAX_VALUE).floatValue();
        }
    }

    /**
     * Reads a descriptor. The members labels, output, temperature, priors, legibility, cascade, guides,
     * features, checks, scores and those for people are optional.
     *
     * @param json UTF-8 text
     * @return the descriptor
     * @throws InvalidModelException if a required member is missing, a member is unknown or a value is invalid
     */
    static ModelDescriptor parse(byte[] json) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
            return of(Members.requireKnown(reader.readObject(), MEMBERS));
        } catch (JsonException e) {
            throw new InvalidModelException("the descriptor is not a JSON object", e);
        } catch (NullPointerException | ClassCastException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InvalidModelException("the descriptor lacks a member, or a member has the wrong type", e);
        }
    }

    private static ModelDescriptor of(JsonObject json) {
        int size = json.getInt("size");
        int box = json.getInt("box");
        double temperature = number(json, "temperature", 1);
        if (box < 1 || box > size || !(temperature > 0)) {
            throw new InvalidModelException(
                    "the descriptor's box must be between 1 and its size, and its temperature above 0");
        }
        return new ModelDescriptor(
                printable(json.getString("name")),
                printable(json.getString("version")),
                json.getString("file"),
                json.getString("labels", DEFAULT_LABELS),
                new GlyphSpec(
                        size,
                        box,
                        constant(Fit.class, json.getString("fit")),
                        constant(Orientation.class, json.getString("orientation"))),
                constant(Output.class, json.getString("output", "logits")),
                temperature,
                priors(json.getJsonObject("priors")),
                Optional.ofNullable(json.getJsonObject("legibility")).map(ModelDescriptor::legibility),
                Optional.ofNullable(json.getJsonObject("cascade")).map(ModelDescriptor::cascade),
                Optional.ofNullable(json.getJsonObject("guides")).map(ModelDescriptor::guides),
                Optional.ofNullable(json.getJsonObject("features")).map(ModelDescriptor::fewShot),
                Check.listOf(json, "label"),
                json.getOrDefault("scores", JsonValue.EMPTY_JSON_OBJECT));
    }

    /**
     * Checks a name or a version, which answers give in a header field.
     *
     * @param text the name or version
     * @return the same
     * @throws InvalidModelException if it is empty, has more than 100 characters, or others than printable ASCII characters
     */
    public static String printable(String text) {
        if (!text.matches("[!-~]([ -~]{0,98}[!-~])?")) {
            throw new InvalidModelException(
                    "the descriptor's name and version must be printable ASCII characters, at most 100 each");
        }
        return text;
    }

    private static Legibility legibility(JsonObject json) {
        Members.requireKnown(json, Set.of("output", "threshold", "scale", "offset"));
        return new Legibility(
                json.getString("output"),
                number(json, "threshold", 0.5),
                number(json, "scale", 1),
                number(json, "offset", 0));
    }

    private static Cascade cascade(JsonObject json) {
        Members.requireKnown(json, Set.of("output", "thresholds"));
        Map<String, Double> thresholds = new HashMap<>();
        Members.requireKnown(json.getJsonObject("thresholds"), PURPOSES)
                .forEach((prior, threshold) -> thresholds.put(prior, ((JsonNumber) threshold).doubleValue()));
        return new Cascade(json.getString("output"), thresholds);
    }

    private static GuideModel guides(JsonObject json) {
        Members.requireKnown(json, Set.of("capheight", "outliers", "labels"));
        Map<String, GuideModel.Normal> labels = new HashMap<>();
        json.getJsonObject("labels").forEach((label, normal) -> labels.put(label, normal(normal.asJsonObject())));
        GuideModel guides = new GuideModel(number(json, "capheight", 1.6), number(json, "outliers", 0.05), labels);
        boolean isSound = guides.capHeight() > 1 && guides.outliers() > 0 && guides.outliers() < 1;
        if (!isSound || !labels.values().stream().allMatch(GuideModel.Normal::isSound)) {
            throw new InvalidModelException("the descriptor's guides have a covariance that is not positive definite,"
                    + " a capheight of at most 1 or a share of outliers outside (0, 1)");
        }
        return guides;
    }

    private static GuideModel.Normal normal(JsonObject json) {
        Members.requireKnown(json, Set.of("mean", "covariance"));
        double[] mean = numbers(json.getJsonArray("mean"));
        double[] upper = numbers(json.getJsonArray("covariance").getJsonArray(0));
        double[] lower = numbers(json.getJsonArray("covariance").getJsonArray(1));
        return new GuideModel.Normal(mean[0], mean[1], upper[0], upper[1], lower[1]);
    }

    static FewShot fewShot(JsonObject json) {
        Members.requireKnown(json, Set.of("output", "size", "noise", "dimensions", "novelty", "labels", "other"));
        Map<String, FewShot.Normal> labels = new HashMap<>();
        json.getJsonObject("labels").forEach((label, normal) -> labels.put(label, ofFeatures(normal.asJsonObject())));
        FewShot step = new FewShot(
                json.getString("output"),
                json.getInt("size"),
                json.getJsonNumber("noise").doubleValue(),
                json.getJsonNumber("dimensions").doubleValue(),
                json.getJsonNumber("novelty").doubleValue(),
                labels,
                ofFeatures(json.getJsonObject("other")));
        if (!step.isSound()) {
            throw new InvalidModelException(
                    "the constants of the descriptor's features must be above 0, the size at most %d,"
                                    .formatted(FewShot.MAX_SIZE)
                            + " each mean of that size, and all labels must have the same number of factors");
        }
        return step;
    }

    private static FewShot.Normal ofFeatures(JsonObject json) {
        Members.requireKnown(json, Set.of("mean", "variance", "factors"));
        return new FewShot.Normal(
                Base64.getDecoder().decode(json.getString("mean")),
                json.getJsonNumber("variance").doubleValue(),
                numbers(json.getJsonArray("factors")));
    }

    private static Map<String, double[]> priors(JsonObject json) {
        Map<String, double[]> priors = new HashMap<>();
        if (json != null) {
            Members.requireKnown(json, PURPOSES)
                    .keySet()
                    .forEach(purpose -> priors.put(purpose, numbers(json.getJsonArray(purpose))));
        }
        return priors;
    }

    private static double[] numbers(JsonArray json) {
        return json.getValuesAs(JsonNumber.class).stream()
                .mapToDouble(JsonNumber::doubleValue)
                .toArray();
    }

    private static double number(JsonObject json, String name, double defaultValue) {
        JsonNumber number = json.getJsonNumber(name);
        return number == null ? defaultValue : number.doubleValue();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
