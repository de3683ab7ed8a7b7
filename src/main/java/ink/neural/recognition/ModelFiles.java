package ink.neural.recognition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
     * @throws InvalidModelException if the file is missing or cannot be read
     */
    public byte[] read(String name) {
        try (InputStream in = open(name)) {
            if (in == null) {
                throw new InvalidModelException("the file %s is not part of the program".formatted(name));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new InvalidModelException(
                    "the file %s is missing from %s or cannot be read".formatted(name, directory.orElse(null)), e);
        }
    }

    private InputStream open(String name) throws IOException {
        return directory.isPresent()
                ? Files.newInputStream(directory.get().resolve(name))
                : ModelFiles.class.getResourceAsStream("/models/" + name);
    }
}
