package ink.neural.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A directory with copies of the shipped models, whose descriptors can be replaced.
 *
 * @param path the directory
 */
record ModelFolder(Path path) {
    private static final Path MODELS = Path.of("models");

    /** Copies shipped models into a folder. */
    static ModelFolder in(Path path, String... models) throws IOException {
        for (String model : models) {
            for (String file : List.of(model + ".json", model + ".onnx")) {
                Files.copy(MODELS.resolve(file), path.resolve(file));
            }
        }
        Files.copy(Path.of("label_map.json"), path.resolve("label_map.json"));
        return new ModelFolder(path);
    }

    static JsonObject shipped(String model) throws IOException {
        return Server.json(Files.readString(MODELS.resolve(model + ".json")));
    }

    /**
     * Replaces a descriptor: a model with another version, which is as sure of its answers as its temperature tells. So
     * answers show which model has made them.
     */
    void replace(String model, String version, double temperature) throws IOException {
        write(
                model,
                Json.createObjectBuilder(shipped(model))
                        .add("version", version)
                        .add("temperature", temperature)
                        .build()
                        .toString());
    }

    /** Replaces a descriptor at once, as a file that is renamed. */
    void write(String model, String descriptor) throws IOException {
        Path file = Files.writeString(path.resolve(model + ".new"), descriptor);
        Files.move(file, path.resolve(model + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
