package ink.neural.prediction;

import ink.neural.Sketch;
import ink.neural.config.Configuration;
import ink.neural.config.Configurations;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A directory with copies of the models that tests use, whose files can be replaced.
 *
 * @param path the directory
 */
record ModelDirectory(Path path) {
    private static final Path SAMPLES = Path.of("src/test/resources/models");

    /** A directory with the tiny model of single characters. */
    static ModelDirectory withCharacters(Path path, String version) throws IOException {
        ModelDirectory directory = new ModelDirectory(path);
        directory.copy(SAMPLES.resolve("quarters.onnx"), "quarters.onnx");
        directory.copy(SAMPLES.resolve("quarters-labels.json"), "quarters-labels.json");
        directory.writeCharacters("version", Json.createValue(version));
        return directory;
    }

    Configuration configuration() {
        return Configurations.of("neural.ink.models", path.toString(), "neural.ink.model", "upright");
    }

    void copy(Path file, String name) throws IOException {
        Files.copy(file, path.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the descriptor of the tiny model, with one member replaced. */
    void writeCharacters(String member, JsonValue value) throws IOException {
        write("upright.json", with(SAMPLES.resolve("upright.json"), member, value));
    }

    /** Writes the descriptor of the text model, with one member replaced, and its network. */
    void writeText(String member, JsonValue value) throws IOException {
        copy(Path.of("models/text.onnx"), "text.onnx");
        write("text.json", with(Path.of("models/text.json"), member, value));
    }

    void write(String name, String content) throws IOException {
        Files.writeString(path.resolve(name), content);
    }

    void delete(String name) throws IOException {
        Files.delete(path.resolve(name));
    }

    /** Writes a drawing for checks. */
    void writeDrawing(String name) throws IOException {
        Files.write(path.resolve(name), Sketch.paper().stroke(50, 50, 200, 200).png());
    }

    /** The member {@code checks} with one drawing. */
    static JsonValue checks(String drawing, String member, String expected) {
        return Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("drawing", drawing).add(member, expected))
                .build();
    }

    private static String with(Path descriptor, String member, JsonValue value) throws IOException {
        try (JsonReader reader = Json.createReader(Files.newInputStream(descriptor))) {
            JsonObject json = reader.readObject();
            JsonObjectBuilder changed = Json.createObjectBuilder(json).add(member, value);
            return changed.build().toString();
        }
    }
}
