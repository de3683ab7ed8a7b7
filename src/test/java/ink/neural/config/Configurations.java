package ink.neural.config;

import java.util.HashMap;
import java.util.Map;

/** Configurations for tests. */
public final class Configurations {
    private Configurations() {}

    /** The defaults, except for some settings given as name and value in turn. */
    public static Configuration of(String... settings) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return Configuration.read(new Settings(properties::get, name -> null));
    }
}
