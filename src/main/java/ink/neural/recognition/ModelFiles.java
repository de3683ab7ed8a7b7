package ink.neural.recognition;

import static ink.neural.recognition.ModelDescriptor.DEFAULT_LABELS;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The place of a model's files: descriptor, network and labels.
 *
 * @param directory a directory; empty for the files that are part of the program
 * @param model name of the descriptor without {@code .json}
 */
public record ModelFiles(Optional<Path> directory, String model) {
    /**
     * The files of the model that is part of the program.
     *
     * @return the files on the class path
     */
    public static ModelFiles bundled() {
        return new ModelFiles(Optional.empty(), "emnist-byclass");
    }

    /**
     * Whether the model has a descriptor.
     *
     * @return false if there is no such model
     */
    public boolean exist() {
        String descriptor = model + ".json";
        return directory
                .map(models -> Files.exists(models.resolve(descriptor)))
                .orElseGet(() -> ModelFiles.class.getResource("/models/" + descriptor) != null);
    }

    /**
     * Reads a whole file.
     *
     * @param name the file's name
     * @return its bytes
     * @throws InvalidModelException if the file is missing or cannot be read, or lies elsewhere
     */
    public byte[] read(String name) {
        if (!isPlain(name)) {
            throw new InvalidModelException(
                    "%s is not the name of a file in the directory of the models".formatted(name));
        }
        try (InputStream in = open(name)) {
            if (in == null) {
                throw new InvalidModelException("the file %s is not part of the program".formatted(name));
            }
            return in.readAllBytes();
        } catch (IOException | InvalidPathException e) {
            throw new InvalidModelException("the file %s is missing or cannot be read".formatted(name), e);
        }
    }

    /**
     * The state of the descriptor and of the files that it names. It tells whether they have changed, without reading the
     * large ones. The system may recognise a file that was replaced by its time, its size or its key, which is the inode on
     * Linux.
     *
     * @return what is known of each file; nothing for the model that is part of the program, which cannot change
     */
    public Map<String, List<Object>> state() {
        Map<String, List<Object>> state = new HashMap<>();
        directory.ifPresent(models -> Stream.concat(Stream.of(model + ".json"), namedByDescriptor().stream())
                .filter(ModelFiles::isPlain)
                .forEach(name -> state.put(name, state(models, name))));
        return state;
    }

    /** Whether a name leads to no other directory, on any system. */
    private static boolean isPlain(String name) {
        return name.matches("[^/\\\\]+") && !name.matches("\\.\\.?");
    }

    private List<String> namedByDescriptor() {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(read(model + ".json")))) {
            JsonObject descriptor = reader.readObject();
            Stream<String> drawings = Stream.ofNullable(descriptor.getJsonArray("checks"))
                    .flatMap(checks -> checks.getValuesAs(JsonObject.class).stream())
                    .map(check -> check.getString("drawing"));
            return Stream.concat(
                            Stream.of(descriptor.getString("file"), descriptor.getString("labels", DEFAULT_LABELS)),
                            drawings)
                    .toList();
        } catch (InvalidModelException | JsonException | NullPointerException | ClassCastException e) {
            return List.of(); // the model will not load
        }
    }

    private static List<Object> state(Path models, String name) {
        try {
            BasicFileAttributes file = Files.readAttributes(models.resolve(name), BasicFileAttributes.class);
            return List.of(file.size(), file.lastModifiedTime(), Optional.ofNullable(file.fileKey()));
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    private InputStream open(String name) throws IOException {
        if (directory.isEmpty()) {
            return ModelFiles.class.getResourceAsStream("/models/" + name);
        }
        Path file = directory.get().resolve(name);
        if (Files.exists(file) && !Files.isRegularFile(file)) { // a pipe would never end
            throw new InvalidModelException("%s is not a file".formatted(name));
        }
        return Files.newInputStream(file);
    }
}
