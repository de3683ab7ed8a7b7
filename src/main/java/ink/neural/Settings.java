package ink.neural;

import java.util.Locale;
import java.util.Optional;

/**
 * What whoever runs the program may set: a system property such as {@code neural.ink.models}, or else the environment
 * variable of the same name in capitals, {@code NEURAL_INK_MODELS}.
 */
public final class Settings {
    private Settings() {}

    /**
     * A setting as text.
     *
     * @param name the system property's name
     * @return its value, if one is set and not blank
     */
    public static Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(environmentName(name))))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /**
     * A setting that is a number above zero.
     *
     * @param name the system property's name
     * @param otherwise the number if none is set
     * @return the number
     * @throws IllegalArgumentException if it is set to anything but a whole number above zero
     */
    public static int number(String name, int otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("%s (or %s) must be a whole number above 0, not \"%s\""
                    .formatted(name, environmentName(name), text.get()));
        }
        return Integer.parseInt(text.get());
    }

    private static String environmentName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
