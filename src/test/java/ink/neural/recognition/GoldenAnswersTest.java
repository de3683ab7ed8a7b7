package ink.neural.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Golden;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The answers to the golden drawings. The tests of the page hold its own recognition to the same file, so the browser answers
 * as the server does. A new model changes the answers: {@code mvn test -Dtest=GoldenAnswersTest -Dgolden.write} writes them.
 */
class GoldenAnswersTest {
    private static final Path FILE = Path.of("src/test/resources/golden/answers.json");
    private static final int DECIMALS = 6;
    private static final double TOLERANCE = 1e-4;
    /** The lines of the page's sheet. */
    private static final Guides GUIDES = new Guides(196, OptionalDouble.of(112), OptionalDouble.of(56));

    private static LoadedModel model;

    /** A golden drawing and the options it is read with. */
    private record Question(Golden golden, String charset, Optional<Guides> guides) {
        JsonObject answer() {
            Ink ink = InkExtractor.extract(new DrawingDecoder(1000, 1_000_000).decode(golden.png()));
            Recognition seen = model.recognize(model.normalize(ink));
            Recognition recognition = guides.map(lines -> model.guide(seen, lines, ink.boundingBox()))
                    .orElse(seen);
            int[] classes = model.labels().indices(charset);
            JsonObjectBuilder predictions = Json.createObjectBuilder();
            recognition
                    .top(classes.length, classes)
                    .forEach(prediction -> predictions.add(prediction.label(), rounded(prediction.confidence())));
            return Json.createObjectBuilder()
                    .add("drawing", golden.name())
                    .add("charset", charset)
                    .add("guided", guides.isPresent())
                    .add("legibility", rounded(seen.legibility().orElseThrow()))
                    .add("predictions", predictions)
                    .build();
        }

        private static BigDecimal rounded(double probability) {
            return BigDecimal.valueOf(probability).setScale(DECIMALS, RoundingMode.HALF_UP);
        }
    }

    @BeforeAll
    static void load() {
        model = LoadedModel.load(ModelFiles.bundled());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static List<Question> questions() {
        return Golden.all().stream()
                .flatMap(golden -> Stream.of(
                        new Question(golden, "alphanumeric", Optional.empty()),
                        new Question(
                                golden, golden.label().matches("[0-9]") ? "digits" : "letters", Optional.of(GUIDES))))
                .toList();
    }

    @Test
    void answersAreThoseOfTheFile() throws IOException {
        List<JsonObject> answers = questions().stream().map(Question::answer).toList();
        if (System.getProperty("golden.write") != null) {
            write(answers);
        }
        List<JsonObject> expected = read().getValuesAs(JsonObject.class);
        assertEquals(expected.size(), answers.size());
        for (int i = 0; i < answers.size(); i++) {
            assertAlike(expected.get(i), answers.get(i));
        }
    }

    private static void assertAlike(JsonObject expected, JsonObject answer) {
        String drawing = answer.getString("drawing");
        assertEquals(expected.getString("drawing"), drawing);
        assertEquals(expected.getString("charset"), answer.getString("charset"));
        assertEquals(number(expected, "legibility"), number(answer, "legibility"), TOLERANCE, drawing);
        JsonObject predictions = answer.getJsonObject("predictions");
        assertEquals(expected.getJsonObject("predictions").keySet(), predictions.keySet(), drawing);
        predictions
                .keySet()
                .forEach(label -> assertEquals(
                        number(expected.getJsonObject("predictions"), label),
                        number(predictions, label),
                        TOLERANCE,
                        drawing));
    }

    private static double number(JsonObject json, String name) {
        return json.getJsonNumber(name).doubleValue();
    }

    private static JsonArray read() throws IOException {
        try (InputStream file = Files.newInputStream(FILE);
                JsonReader reader = Json.createReader(file)) {
            return reader.readArray();
        }
    }

    /** One answer in a line. */
    private static void write(List<JsonObject> answers) throws IOException {
        Files.writeString(
                FILE,
                "[\n"
                        + String.join(
                                ",\n",
                                answers.stream().map(JsonObject::toString).toList()) + "\n]\n");
    }
}
