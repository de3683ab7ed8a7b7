package ink.neural;

import ink.neural.drawing.DataUrl;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A drawing from a real pen, and the glyph that the Python code of the training makes of it.
 *
 * @param name name of the file without {@code .png}, such as {@code digit-3}
 * @param label the character that was drawn
 */
public record Golden(String name, String label) {
    private static final JsonObject TENSORS = json("tensors.json").asJsonObject();

    public static List<Golden> all() {
        return json("drawings.json").asJsonArray().getValuesAs(JsonObject.class).stream()
                .map(drawing -> new Golden(drawing.getString("name"), drawing.getString("label")))
                .toList();
    }

    /** The drawing of that name. */
    public static Golden named(String name) {
        return all().stream()
                .filter(golden -> golden.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The drawing as a PNG file of 280 x 280 pixels. */
    public byte[] png() {
        try (InputStream in = open(name + ".png")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The PNG file as a data URL. */
    public String dataUrl() {
        return DataUrl.encode("image/png", png());
    }

    /** The pixels of the glyph: upright, fitted into a box of 24 x 24, aspect ratio kept. */
    public float[] tensor() {
        JsonArray tensor = TENSORS.getJsonArray(name);
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

    private static InputStream open(String file) {
        return Golden.class.getResourceAsStream("/golden/" + file);
    }
}
