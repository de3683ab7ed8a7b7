package ink.neural;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Drawings of real pens, with their labels, and the glyphs that the training makes of them.
 *
 * @param name the file's name without {@code .png}
 * @param label the character it shows
 */
public record Golden(String name, String label) {
    private static final JsonStructure TENSORS = json("tensors.json");

    public static List<Golden> all() {
        return json("drawings.json").asJsonArray().stream()
                .map(drawing -> drawing.asJsonObject())
                .map(drawing -> new Golden(drawing.getString("name"), drawing.getString("label")))
                .toList();
    }

    /** The drawing as a PNG file of 280 x 280 pixels. */
    public byte[] png() {
        return bytes(name + ".png");
    }

    /** Its glyph, upright, box 24, aspect kept. */
    public float[] tensor() {
        JsonArray tensor = TENSORS.asJsonObject().getJsonArray(name);
        float[] values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((JsonNumber) tensor.get(i)).doubleValue();
        }
        return values;
    }

    @Override
    public String toString() {
        return name;
    }

    private static JsonStructure json(String file) {
        try (JsonReader reader = Json.createReader(open(file))) {
            return reader.read();
        }
    }

    private static byte[] bytes(String file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return Golden.class.getResourceAsStream("/golden/" + file);
    }
}
