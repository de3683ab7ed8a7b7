package ink.neural.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/configuration.md} has every setting once, with the right default. */
class ConfigurationDocumentTest {
    private record Row(String name, String environmentName, String defaultValue) {}

    private static final List<Row> ROWS = new ArrayList<>();
    private static final Settings SETTINGS = new Settings(name -> null, name -> null);

    @BeforeAll
    static void read() throws IOException {
        Configuration.read(SETTINGS);
        for (String line : Files.readAllLines(Path.of("docs/configuration.md"))) {
            if (line.startsWith("| `neural.ink.")) {
                String[] cells = line.replace("`", "").split("\\|");
                ROWS.add(new Row(cells[1].strip(), cells[2].strip(), cells[3].strip()));
            }
        }
        assertFalse(ROWS.isEmpty(), "the table has another form");
    }

    @Test
    void everySettingIsDocumentedOnce() {
        assertEquals(
                SETTINGS.defaults().keySet().stream().sorted().toList(),
                ROWS.stream().map(Row::name).sorted().toList());
    }

    @Test
    void environmentVariablesAreDocumented() {
        for (Row row : ROWS) {
            assertEquals(Settings.environmentName(row.name), row.environmentName);
        }
    }

    @Test
    void defaultsAreDocumented() {
        Map<String, String> documented = new TreeMap<>();
        ROWS.forEach(row -> documented.put(row.name, asText(row.defaultValue)));
        assertEquals(new TreeMap<>(SETTINGS.defaults()), documented);
    }

    private static String asText(String documented) {
        return switch (documented) {
            case "none" -> "";
            case "number of processors" -> Integer.toString(Runtime.getRuntime().availableProcessors());
            default -> documented;
        };
    }
}
