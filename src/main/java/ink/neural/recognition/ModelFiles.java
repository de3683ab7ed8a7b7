package ink.neural.recognition;

import ink.neural.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a model's files lie: its descriptor, network and labels.
 *
 * @param directory a directory, or null for those that came with the program
 * @param model the descriptor's name without {@code .json}
 */
public record ModelFiles(Path directory, String model) {
    /** The model that comes with the program. */
    public static final String DEFAULT_MODEL = "emnist-byclass";

    /**
     * The files that {@code neural.ink.models} and {@code neural.ink.model} name.
     *
     * @return those set, or the ones that came with the program
     */
    public static ModelFiles configured() {
        return new ModelFiles(
                Settings.text("neural.ink.models").map(Path::of).orElse(null),
                Settings.text("neural.ink.model").orElse(DEFAULT_MODEL));
    }

    /**
     * Reads a whole file.
     *
     * @param name its name
     * @return its bytes
     * @throws UnusableModel if it is missing or cannot be read
     */
    public byte[] read(String name) {
        try (InputStream in = open(name)) {
            if (in == null) {
                throw new UnusableModel("the file " + name + " is missing: it did not come with the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UnusableModel("the file %s in %s is missing or cannot be read".formatted(name, directory), e);
        }
    }

    private InputStream open(String name) throws IOException {
        return directory == null
                ? ModelFiles.class.getResourceAsStream("/models/" + name)
                : Files.newInputStream(directory.resolve(name));
    }
}
