package ink.neural.it.page;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A character of a writer the model never saw.
 *
 * @param name of its picture, {@code golden/NAME.png}
 * @param label what the writer meant
 * @param brush ink width on a sheet of 280 x 280
 * @param strokes the way of the pen on that sheet
 */
record GoldenDrawing(String name, String label, double brush, List<List<Point>> strokes) {
    /** A place on the sheet of 280 x 280. */
    record Point(double x, double y) {}

    static List<GoldenDrawing> all() {
        try (InputStream in = resource("drawings.json")) {
            return Json.createReader(in).readArray().getValuesAs(GoldenDrawing::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The drawing of that name, such as {@code upper-r}. */
    static GoldenDrawing named(String name) {
        return all().stream()
                .filter(drawing -> drawing.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Its picture as a PNG file, drawn independently of the page. */
    byte[] png() {
        try (InputStream in = resource(name + ".png")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static InputStream resource(String file) {
        return GoldenDrawing.class.getResourceAsStream("/golden/" + file);
    }

    private static GoldenDrawing read(jakarta.json.JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new GoldenDrawing(
                json.getString("name"),
                json.getString("label"),
                json.getJsonNumber("brush").doubleValue(),
                json.getJsonArray("strokes")
                        .getValuesAs(stroke -> ((JsonArray) stroke).getValuesAs(GoldenDrawing::point)));
    }

    private static Point point(jakarta.json.JsonValue value) {
        List<JsonNumber> xy = value.asJsonArray().getValuesAs(JsonNumber.class);
        return new Point(xy.get(0).doubleValue(), xy.get(1).doubleValue());
    }
}
