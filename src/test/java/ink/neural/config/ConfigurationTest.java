package ink.neural.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    @Test
    void settingsHaveDefaults() {
        Configuration configuration = Configurations.of();
        assertEquals(Optional.empty(), configuration.models());
        assertEquals("emnist-byclass", configuration.model());
        assertEquals(Optional.empty(), configuration.apiKey());
        assertEquals(Set.of(), configuration.corsOrigins());
        assertEquals(Runtime.getRuntime().availableProcessors(), configuration.concurrency());
        assertEquals(192, configuration.queue());
        assertEquals(Duration.ofSeconds(1), configuration.queueTimeout());
        assertEquals(Duration.ofSeconds(10), configuration.deadline());
        assertEquals(Duration.ofSeconds(120), configuration.bodyTimeout());
        assertEquals(32_000, configuration.minBodyRate());
        assertEquals(12 << 20, configuration.maxBody());
        assertEquals(8 << 20, configuration.maxBatchBody());
        assertEquals(128 << 20, configuration.maxBodies());
        assertEquals(256, configuration.maxBatch());
        assertEquals(16384, configuration.maxSide());
        assertEquals(16 << 20, configuration.maxPixels());
    }

    @Test
    void settingsAreRead() {
        Configuration configuration = Configurations.of(
                "neural.ink.models", "some/where",
                "neural.ink.api.key", " secret ",
                "neural.ink.cors.origins", "https://a.example, https://b.example",
                "neural.ink.queue.timeout.ms", "50");
        assertEquals(Optional.of(Path.of("some/where")), configuration.models());
        assertEquals(Optional.of("secret"), configuration.apiKey());
        assertEquals(Set.of("https://a.example", "https://b.example"), configuration.corsOrigins());
        assertEquals(Duration.ofMillis(50), configuration.queueTimeout());
    }

    @Test
    void repeatedOriginsAreAccepted() {
        assertEquals(
                Set.of("https://a.example"),
                Configurations.of("neural.ink.cors.origins", "https://a.example https://a.example")
                        .corsOrigins());
    }

    @Test
    void separatorsAroundOriginsAreIgnored() {
        assertEquals(
                Set.of("https://a.example", "https://b.example"),
                Configurations.of("neural.ink.cors.origins", " , https://a.example ,, https://b.example ,")
                        .corsOrigins());
        assertEquals(Set.of(), Configurations.of("neural.ink.cors.origins", ",").corsOrigins());
    }

    @Test
    void emptyValueCountsAsNotSet() {
        Configuration configuration = Configurations.of("neural.ink.api.key", "  ", "neural.ink.queue", "");
        assertEquals(Optional.empty(), configuration.apiKey());
        assertEquals(192, configuration.queue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " 5 ", "999999999"})
    void wholeNumberIsAccepted(String value) {
        assertEquals(
                Integer.parseInt(value.strip()),
                Configurations.of("neural.ink.max.side", value).maxSide());
    }

    @Test
    void propertyTakesPrecedenceOverEnvironment() {
        Map<String, String> properties = new HashMap<>(Map.of("neural.ink.queue", "7"));
        Map<String, String> environment = Map.of("NEURAL_INK_QUEUE", "8", "NEURAL_INK_MAX_BATCH", "9");
        Configuration configuration = Configuration.read(new Settings(properties::get, environment::get));
        assertEquals(7, configuration.queue());
        assertEquals(9, configuration.maxBatch());
        properties.put("neural.ink.queue", " ");
        assertEquals(
                8,
                Configuration.read(new Settings(properties::get, environment::get))
                        .queue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many", "1000000000", "0x10"})
    void invalidNumberIsRefused(String value) {
        String message = assertThrows(
                        InvalidConfigurationException.class, () -> Configurations.of("neural.ink.queue", value))
                .getMessage();
        assertEquals(
                "Neural Ink cannot start. neural.ink.queue (or NEURAL_INK_QUEUE) must be a whole number from 1 to 999999999,"
                        + " not \"" + value + "\".",
                message);
    }

    @Test
    void messageNamesEveryInvalidSetting() {
        String message = assertThrows(
                        InvalidConfigurationException.class,
                        () -> Configurations.of("neural.ink.queue", "x", "neural.ink.max.body", "y"))
                .getMessage();
        assertTrue(message.contains("neural.ink.queue (") && message.contains("neural.ink.max.body ("), message);
    }

    @Test
    void settingsOfTheProcessAreRead() {
        System.setProperty("neural.ink.max.side", "77");
        try {
            assertEquals(77, new ConfigurationProducer().configuration().maxSide());
        } finally {
            System.clearProperty("neural.ink.max.side");
        }
    }
}
