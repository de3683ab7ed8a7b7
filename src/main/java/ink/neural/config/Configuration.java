package ink.neural.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the program, read once at start. {@code docs/configuration.md} describes each of them.
 *
 * @param models directory with the model's files; empty for the model in the WAR
 * @param model name of the model descriptor without {@code .json}
 * @param textModel name of the text model's descriptor without {@code .json}
 * @param apiKey key that every request to the API must present
 * @param corsOrigins origins whose pages may call the API; {@code *} allows all
 * @param concurrency predictions that run at once
 * @param queue predictions that may wait for a permit
 * @param queueTimeout how long a prediction waits for a permit
 * @param deadline how long a request may take once its body has been read
 * @param bodyTimeout how long a request body may take to arrive
 * @param minBodyRate bytes per second that must arrive of a request body
 * @param maxBody bytes of a request body
 * @param maxBatchBody bytes of a batch request body
 * @param maxBodies bytes of all request bodies in memory at once
 * @param maxBatch images in a batch
 * @param maxBatchPixels weighted pixels of all pictures of a batch
 * @param maxSide pixels along each side of a picture
 * @param maxPixels weighted pixels of a picture
 */
public record Configuration(
        Optional<Path> models,
        String model,
        String textModel,
        Optional<String> apiKey,
        Set<String> corsOrigins,
        int concurrency,
        int queue,
        Duration queueTimeout,
        Duration deadline,
        Duration bodyTimeout,
        int minBodyRate,
        int maxBody,
        int maxBatchBody,
        int maxBodies,
        int maxBatch,
        int maxBatchPixels,
        int maxSide,
        int maxPixels) {

    private static final int MIB = 1024 * 1024;

    /**
     * Reads the system properties, and the environment variables where no property is set.
     *
     * @return the checked settings
     * @throws InvalidConfigurationException if a setting has an invalid value; the message names every such setting
     */
    public static Configuration read() {
        return read(Settings.ofProcess());
    }

    static Configuration read(Settings settings) {
        Configuration configuration = new Configuration(
                settings.text("neural.ink.models").map(Path::of),
                settings.text("neural.ink.model", "emnist-byclass"),
                settings.text("neural.ink.text.model", "text"),
                settings.text("neural.ink.api.key"),
                settings.list("neural.ink.cors.origins"),
                settings.number("neural.ink.concurrency", Runtime.getRuntime().availableProcessors()),
                settings.number("neural.ink.queue", 192),
                settings.milliseconds("neural.ink.queue.timeout.ms", 1000),
                settings.milliseconds("neural.ink.deadline.ms", 10_000),
                settings.milliseconds("neural.ink.body.ms", 120_000),
                settings.number("neural.ink.body.rate", 32_000),
                settings.number("neural.ink.max.body", 12 * MIB),
                settings.number("neural.ink.max.batch.body", 8 * MIB),
                settings.number("neural.ink.max.bodies", 128 * MIB),
                settings.number("neural.ink.max.batch", 256),
                settings.number("neural.ink.max.batch.pixels", 100_000_000),
                settings.number("neural.ink.max.side", 16384),
                settings.number("neural.ink.max.pixels", 16 * MIB));
        settings.requireValid();
        return configuration;
    }
}
