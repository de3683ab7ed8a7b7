package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Golden;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.InkExtractor;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How examples move the probabilities of some golden drawings. The tests of the page hold its own few-shot step to the same
 * file. After a change of the step or the model, {@code mvn test -Dtest=GoldenHandTest -Dgolden.write} writes it.
 */
class GoldenHandTest {
    private static final Path FILE = Path.of("src/test/resources/golden/hand.json");
    private static final double TOLERANCE = 1e-6;
    /** Every so manieth golden drawing is a case. */
    private static final int STEP = 7;
    /** What the drawings that are examples are called in the cases. */
    private static final List<List<String>> TAUGHT =
            List.of(List.of("o"), List.of("é"), List.of("o", "O"), List.of("π", "é"), List.of("Z", "z", "2", "ß"));

    @Test
    void examplesMoveTheProbabilitiesAsInTheFile() throws IOException {
        if (System.getProperty("golden.write") != null) {
            write();
        }
        JsonObject file = read(Files.newInputStream(FILE));
        FewShot step = ModelDescriptor.fewShot(file.getJsonObject("constants"));
        Labels labels = new Labels(texts(file.getJsonArray("labels")));
        List<JsonObject> cases = file.getJsonArray("cases").getValuesAs(JsonObject.class);
        assertEquals(9, cases.size());
        for (JsonObject one : cases) {
            byte[] features = bytes(one);
            Recognition seen = new Recognition(
                    labels,
                    DoubleStream.of(numbers(one, "probabilities"))
                            .map(Math::log)
                            .toArray(),
                    OptionalDouble.of(number(one, "legibility")),
                    Optional.empty(),
                    Optional.of(features));
            List<Example> examples = one.getJsonArray("examples").getValuesAs(JsonObject.class).stream()
                    .map(example -> new Example("", example.getString("label"), bytes(example)))
                    .toList();
            JsonObject expected = one.getJsonObject("expected");
            Recognition adapted = new Hand(step, labels, examples).adapt(seen);
            assertEquals(
                    texts(expected.getJsonArray("labels")), adapted.labels().characters());
            assertArrayEquals(numbers(expected, "probabilities"), adapted.probabilities(), TOLERANCE);
            assertEquals(number(expected, "legibility"), adapted.legibility().orElseThrow(), TOLERANCE);
        }
    }

    private static List<String> texts(JsonArray json) {
        return IntStream.range(0, json.size()).mapToObj(json::getString).toList();
    }

    private static double[] numbers(JsonObject json, String name) {
        return json.getJsonArray(name).getValuesAs(JsonNumber.class).stream()
                .mapToDouble(JsonNumber::doubleValue)
                .toArray();
    }

    private static double number(JsonObject json, String name) {
        return json.getJsonNumber(name).doubleValue();
    }

    private static byte[] bytes(JsonObject json) {
        return Base64.getDecoder().decode(json.getString("features"));
    }

    private static JsonObject read(InputStream file) {
        try (JsonReader reader = Json.createReader(file)) {
            return reader.readObject();
        }
    }

    /** Each case has the drawing itself, the next drawings and the previous ones as examples, under other names. */
    private static void write() throws IOException {
        try (LoadedModel model = LoadedModel.load(ModelFiles.bundled())) {
            DrawingDecoder decoder = new DrawingDecoder(1000, 1_000_000);
            List<Recognition> drawings = Golden.all().stream()
                    .map(golden -> model.recognize(model.normalize(InkExtractor.extract(decoder.decode(golden.png())))))
                    .toList();
            List<String> cases = new ArrayList<>();
            for (int i = 0; i < drawings.size(); i += STEP) {
                List<String> taught = TAUGHT.get(cases.size() % TAUGHT.size());
                List<Example> examples = new ArrayList<>();
                for (int j = 0; j < 3 + 2 * taught.size(); j++) {
                    byte[] features = drawings.get((i + drawings.size() - j) % drawings.size())
                            .features()
                            .orElseThrow();
                    examples.add(new Example("", taught.get(j % taught.size()), features));
                }
                cases.add(described(drawings.get(i), examples, model.hand(examples))
                        .toString());
            }
            JsonObject constants = read(new ByteArrayInputStream(
                            model.descriptorFile().content()))
                    .getJsonObject("features");
            String labels =
                    Json.createArrayBuilder(model.labels().characters()).build().toString();
            Files.writeString(
                    FILE,
                    "{\"constants\":%s,\n\"labels\":%s,\n\"cases\":[\n%s\n]}\n"
                            .formatted(constants, labels, String.join(",\n", cases)));
        }
    }

    private static JsonObject described(Recognition seen, List<Example> examples, Hand hand) {
        JsonArrayBuilder written = Json.createArrayBuilder();
        examples.forEach(example -> written.add(Json.createObjectBuilder()
                .add("label", example.label())
                .add("features", Base64.getEncoder().encodeToString(example.features()))));
        Recognition adapted = hand.adapt(seen);
        return Json.createObjectBuilder()
                .add(
                        "features",
                        Base64.getEncoder().encodeToString(seen.features().orElseThrow()))
                .add("probabilities", array(seen.probabilities()))
                .add("legibility", seen.legibility().orElseThrow())
                .add("examples", written)
                .add(
                        "expected",
                        Json.createObjectBuilder()
                                .add(
                                        "labels",
                                        Json.createArrayBuilder(adapted.labels().characters()))
                                .add("probabilities", array(adapted.probabilities()))
                                .add("legibility", adapted.legibility().orElseThrow()))
                .build();
    }

    private static JsonArrayBuilder array(double[] values) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        DoubleStream.of(values).forEach(array::add);
        return array;
    }
}
