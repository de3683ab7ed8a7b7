package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.Writing;
import ink.neural.decoding.Decoder;
import ink.neural.decoding.DecodingOptions;
import ink.neural.decoding.FieldPattern;
import ink.neural.decoding.InvalidPatternException;
import ink.neural.decoding.NBestList;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.InkExtractor;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the decoder finds in the log probabilities of some lines, under all kinds of constraints. The tests of the page hold its
 * own decoder to the same file, so the browser reads as the server does. A change of the decoder, or a new text model, needs
 * {@code mvn test -Dtest=GoldenDecodingTest -Dgolden.write}: it reads the lines of the file and answers its questions anew.
 */
class GoldenDecodingTest {
    private static final Path FILE = Path.of("src/test/resources/golden/decoding.json");
    private static final int TOP = 5;
    private static final int DECIMALS = 6;
    private static final double TOLERANCE = 1e-4;

    private static TextDescriptor descriptor;
    private static JsonObject file;

    @BeforeAll
    static void load() throws IOException {
        descriptor = TextDescriptor.parse(Files.readAllBytes(Path.of("models/text.json")));
        file = read();
        if (System.getProperty("golden.write") != null) {
            write();
            file = read();
        }
    }

    @Test
    void textsAreThoseOfTheFile() {
        for (JsonObject question : file.getJsonArray("questions").getValuesAs(JsonObject.class)) {
            assertAlike(question, answer(question), "%s %s".formatted(question.get("line"), question.get("options")));
        }
    }

    @Test
    void patternsAreRefusedAsInTheFile() {
        for (JsonObject pattern : file.getJsonArray("wrongPatterns").getValuesAs(JsonObject.class)) {
            assertEquals(pattern, refusal(pattern));
        }
    }

    private static JsonObject answer(JsonObject question) {
        float[][] frames = frames(file.getJsonObject("lines").getString(question.getString("line")));
        NBestList texts = new Decoder(descriptor.alphabet(), descriptor.decoder())
                .decode(frames, options(question.getJsonObject("options")), TOP);
        JsonArrayBuilder hypotheses = Json.createArrayBuilder();
        texts.hypotheses()
                .forEach(hypothesis -> hypotheses.add(Json.createObjectBuilder()
                        .add("text", hypothesis.text())
                        .add("probability", rounded(hypothesis.probability()))));
        JsonArrayBuilder spans = Json.createArrayBuilder();
        texts.spans()
                .forEach(span -> spans.add(Json.createObjectBuilder()
                        .add("character", String.valueOf(span.character()))
                        .add("first", span.first())
                        .add("last", span.last())
                        .add("confidence", rounded(span.confidence()))));
        return Json.createObjectBuilder()
                .add("line", question.get("line"))
                .add("options", question.get("options"))
                .add("hypotheses", hypotheses)
                .add("spans", spans)
                .build();
    }

    private static DecodingOptions options(JsonObject json) {
        return new DecodingOptions(
                Optional.ofNullable(json.getString("charset", null))
                        .map(charset ->
                                charset.chars().mapToObj(c -> (char) c).collect(Collectors.toUnmodifiableSet())),
                Optional.ofNullable(json.getString("pattern", null))
                        .map(pattern -> FieldPattern.compile(pattern, descriptor.alphabet())),
                Optional.empty(),
                json.getBoolean("dictionary", false),
                json.getString("before", ""));
    }

    private static JsonObject refusal(JsonObject question) {
        String pattern = question.getString("pattern");
        InvalidPatternException error = assertThrows(
                InvalidPatternException.class, () -> FieldPattern.compile(pattern, descriptor.alphabet()), pattern);
        return Json.createObjectBuilder()
                .add("pattern", pattern)
                .add("position", error.position())
                .add("message", error.getMessage())
                .build();
    }

    private static BigDecimal rounded(double probability) {
        return BigDecimal.valueOf(probability).setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    private static void assertAlike(JsonValue expected, JsonValue actual, String where) {
        assertEquals(expected.getValueType(), actual.getValueType(), where);
        switch (expected.getValueType()) {
            case NUMBER ->
                assertEquals(
                        ((JsonNumber) expected).doubleValue(), ((JsonNumber) actual).doubleValue(), TOLERANCE, where);
            case ARRAY -> {
                assertEquals(expected.asJsonArray().size(), actual.asJsonArray().size(), where);
                for (int i = 0; i < expected.asJsonArray().size(); i++) {
                    assertAlike(
                            expected.asJsonArray().get(i), actual.asJsonArray().get(i), where);
                }
            }
            case OBJECT -> {
                assertEquals(
                        expected.asJsonObject().keySet(), actual.asJsonObject().keySet(), where);
                expected.asJsonObject()
                        .forEach((name, value) ->
                                assertAlike(value, actual.asJsonObject().get(name), where));
            }
            default -> assertEquals(expected, actual, where);
        }
    }

    private static float[][] frames(String base64) {
        FloatBuffer values = ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        int size = descriptor.alphabet().size();
        float[][] frames = new float[values.remaining() / size][size];
        for (float[] frame : frames) {
            values.get(frame);
        }
        return frames;
    }

    private static String base64(float[][] frames) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * frames.length * frames[0].length)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] frame : frames) {
            for (float logProbability : frame) {
                bytes.putFloat(logProbability);
            }
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static JsonObject read() throws IOException {
        try (InputStream in = Files.newInputStream(FILE);
                JsonReader reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }

    private static void write() throws IOException {
        file = Json.createObjectBuilder(file)
                .add("lines", infer(file.getJsonObject("lines").keySet()))
                .build();
        Files.writeString(FILE, """
                {
                "lines": {
                %s
                },
                "questions": [
                %s
                ],
                "wrongPatterns": [
                %s
                ]
                }
                """.formatted(
                        file.getJsonObject("lines").entrySet().stream()
                                .map(line -> "\"%s\": %s".formatted(line.getKey(), line.getValue()))
                                .collect(Collectors.joining(",\n")),
                        rewritten("questions", GoldenDecodingTest::answer),
                        rewritten("wrongPatterns", GoldenDecodingTest::refusal)));
    }

    private static String rewritten(String name, UnaryOperator<JsonObject> answer) {
        return file.getJsonArray(name).getValuesAs(JsonObject.class).stream()
                .map(answer)
                .map(JsonObject::toString)
                .collect(Collectors.joining(",\n"));
    }

    private static JsonObjectBuilder infer(Collection<String> texts) {
        JsonObjectBuilder lines = Json.createObjectBuilder();
        try (LoadedModel characters = LoadedModel.load(ModelFiles.bundled());
                TextReader reader = TextReader.load(new ModelFiles(Optional.empty(), "text"), characters)) {
            for (String text : texts) {
                byte[] png = Writing.of(text).png();
                List<Line> found =
                        reader.lines(InkExtractor.extractText(new DrawingDecoder(10_000, 10_000_000).decode(png)));
                lines.add(
                        text,
                        base64(reader.infer(found.get(0), DecodingOptions.NONE).logProbabilities()));
            }
        }
        return lines;
    }
}
