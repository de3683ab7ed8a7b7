package ink.neural.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.Writing;
import ink.neural.config.Configurations;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.InkExtractor;
import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.Predictions;
import ink.neural.prediction.TextOptions;
import ink.neural.prediction.TextService;
import ink.neural.text.LineImage;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The answers to pictures of text, and the images of their lines. The tests of the page hold its own recognition to the same
 * files, so the browser reads as the server does. A new model changes the answers: {@code mvn test
 * -Dtest=GoldenTextAnswersTest -Dgolden.write} writes them.
 */
class GoldenTextAnswersTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/text");
    private static final Path FILE = FOLDER.resolve("answers.json");
    private static final double TOLERANCE = 1e-4;
    /** A pixel of a line image in the file is a byte, so it may be half a level off. */
    private static final float PIXEL_TOLERANCE = 0.51f / 255;

    private static final Jsonb JSON = JsonbBuilder.create();

    private static ModelHolder holder;
    private static TextService service;

    @BeforeAll
    static void load() {
        holder = Predictions.holder(Configurations.of());
        service = Predictions.textService(Configurations.of("neural.ink.deadline.ms", "60000"), holder);
    }

    @AfterAll
    static void close() {
        Predictions.close(holder);
    }

    @Test
    void answersAreThoseOfTheFile() throws IOException {
        JsonArray expected = read();
        if (System.getProperty("golden.write") != null) {
            write(expected);
            expected = read();
        }
        for (JsonObject question : expected.getValuesAs(JsonObject.class)) {
            String where = question.get("lines") + " " + question.get("options");
            byte[] png = Files.readAllBytes(picture(question));
            assertAlike(question.getJsonObject("answer"), answer(question, png), where);
            List<LineImage> images = images(png);
            assertEquals(question.getJsonArray("images").size(), images.size(), where);
            for (int i = 0; i < images.size(); i++) {
                byte[] bytes = Base64.getDecoder()
                        .decode(question.getJsonArray("images").getString(i));
                float[] pixels = new float[bytes.length];
                for (int j = 0; j < pixels.length; j++) {
                    pixels[j] = (bytes[j] & 0xFF) / 255f;
                }
                assertArrayEquals(pixels, images.get(i).plane().values(), PIXEL_TOLERANCE, where);
            }
        }
    }

    private static Path picture(JsonObject question) {
        return FOLDER.resolve(question.getString("picture") + ".png");
    }

    private static JsonObject answer(JsonObject question, byte[] png) throws IOException {
        TextAnswer answer = TextAnswer.of(service.read(options(question.getJsonObject("options")), () -> png));
        try (JsonReader reader = Json.createReader(new StringReader(JSON.toJson(answer)))) {
            return reader.readObject();
        }
    }

    private static TextOptions options(JsonObject json) {
        return new TextOptions(
                json.getInt("top", TextOptions.DEFAULT.top()),
                Optional.empty(),
                Optional.ofNullable(json.getString("pattern", null)),
                Optional.empty(),
                json.getString("dictionary", "en").equals("en"),
                json.getString("before", ""),
                json.getBoolean("legibility", false),
                false);
    }

    private static List<LineImage> images(byte[] png) {
        var ink = InkExtractor.extractText(new DrawingDecoder(10_000, 10_000_000).decode(png));
        return holder.useTextReader(reader -> reader.lines(ink)).stream()
                .map(LineImage.class::cast)
                .toList();
    }

    private static void assertAlike(JsonValue expected, JsonValue actual, String where) {
        if (expected instanceof JsonNumber number) {
            assertEquals(number.doubleValue(), ((JsonNumber) actual).doubleValue(), TOLERANCE, where);
        } else if (expected instanceof JsonArray array) {
            assertEquals(array.size(), actual.asJsonArray().size(), where);
            for (int i = 0; i < array.size(); i++) {
                assertAlike(array.get(i), actual.asJsonArray().get(i), where);
            }
        } else if (expected instanceof JsonObject object) {
            assertEquals(object.keySet(), actual.asJsonObject().keySet(), where);
            object.forEach(
                    (name, value) -> assertAlike(value, actual.asJsonObject().get(name), where));
        } else {
            assertEquals(expected, actual, where);
        }
    }

    private static JsonArray read() throws IOException {
        try (InputStream file = Files.newInputStream(FILE);
                JsonReader reader = Json.createReader(file)) {
            return reader.readArray();
        }
    }

    /** Keeps the questions of the file, and writes their pictures and answers anew. One question in a line. */
    private static void write(JsonArray questions) throws IOException {
        List<String> answered = new ArrayList<>();
        for (JsonObject question : questions.getValuesAs(JsonObject.class)) {
            String[] lines = question.getJsonArray("lines")
                    .getValuesAs(JsonString::getString)
                    .toArray(String[]::new);
            byte[] png = Writing.of(lines).png();
            Files.write(picture(question), png);
            JsonArrayBuilder images = Json.createArrayBuilder();
            images(png).forEach(image -> images.add(Base64.getEncoder().encodeToString(bytes(image))));
            answered.add(Json.createObjectBuilder(question)
                    .add("images", images)
                    .add("answer", answer(question, png))
                    .build()
                    .toString());
        }
        Files.writeString(FILE, answered.stream().collect(Collectors.joining(",\n", "[\n", "\n]\n")));
    }

    private static byte[] bytes(LineImage image) {
        float[] pixels = image.plane().values();
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * pixels[i]);
        }
        return bytes;
    }
}
