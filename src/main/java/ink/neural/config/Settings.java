package ink.neural.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads settings from text and collects what is wrong with them, so that one message can name every error. */
final class Settings {
    private final UnaryOperator<String> properties;
    private final UnaryOperator<String> environment;
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    /**
     * Settings from two sources, of which the first takes precedence.
     *
     * @param properties returns the value of a system property, or null
     * @param environment returns the value of an environment variable, or null
     */
    Settings(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** The settings of this process. */
    static Settings ofProcess() {
        return new Settings(System::getProperty, System::getenv);
    }

    /** The name of the environment variable for a system property: {@code NEURAL_INK_MODELS}. */
    static String environmentName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** The names of all settings that were asked for, with their defaults as text; empty where there is none. */
    Map<String, String> defaults() {
        return defaults;
    }

    Optional<String> text(String name) {
        defaults.put(name, "");
        return value(name);
    }

    String text(String name, String defaultValue) {
        defaults.put(name, defaultValue);
        return value(name).orElse(defaultValue);
    }

    /** A set of words separated by commas or spaces. */
    Set<String> list(String name) {
        return Stream.of(text(name, "").split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    Duration milliseconds(String name, int defaultValue) {
        return Duration.ofMillis(number(name, defaultValue));
    }

    /** A whole number from 1 to 999,999,999. */
    int number(String name, int defaultValue) {
        defaults.put(name, Integer.toString(defaultValue));
        String text = value(name).orElse(Integer.toString(defaultValue));
        if (text.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(text);
        }
        errors.add("%s (or %s) must be a whole number from 1 to 999999999, not \"%s\""
                .formatted(name, environmentName(name), text));
        return defaultValue;
    }

    private Optional<String> value(String name) {
        return value(properties, name).or(() -> value(environment, environmentName(name)));
    }

    /** An empty value counts as not set. */
    private static Optional<String> value(UnaryOperator<String> source, String name) {
        return Optional.ofNullable(source.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    void requireValid() {
        if (!errors.isEmpty()) {
            throw new InvalidConfigurationException("Neural Ink cannot start. " + String.join("; ", errors) + ".");
        }
    }
}
