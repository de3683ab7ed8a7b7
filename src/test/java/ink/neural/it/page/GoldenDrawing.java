package ink.neural.it.page;

import ink.neural.Golden;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A character by a writer who is not in the training data.
 *
 * @param name of its picture, {@code golden/NAME.png}
 * @param label what the writer meant
 * @param brush ink width on the sheet of 280 x 280 units
 * @param strokes the points of each stroke on that sheet
 */
record GoldenDrawing(String name, String label, double brush, List<List<Point>> strokes) {
    /** A point on the sheet of 280 x 280 units. */
    record Point(double x, double y) {}

    static List<GoldenDrawing> all() {
        try (InputStream in = GoldenDrawing.class.getResourceAsStream("/golden/drawings.json")) {
            return Json.createReader(in).readArray().getValuesAs(GoldenDrawing::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The drawing of that name, such as {@code upper-r}, with every third point of each stroke: it looks the same, and the
     * driver moves the pointer to each point in turn.
     */
    static GoldenDrawing named(String name) {
        return all().stream()
                .filter(drawing -> drawing.name.equals(name))
                .map(GoldenDrawing::thinned)
                .findFirst()
                .orElseThrow();
    }

    private GoldenDrawing thinned() {
        return new GoldenDrawing(
                name, label, brush, strokes.stream().map(GoldenDrawing::thinned).toList());
    }

    private static List<Point> thinned(List<Point> stroke) {
        int last = stroke.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(i -> i % 3 == 0 || i == last)
                .mapToObj(stroke::get)
                .toList();
    }

    /** Its picture as a PNG file, rendered independently of the page. */
    byte[] png() {
        return new Golden(name, label).png();
    }

    @Override
    public String toString() {
        return name;
    }

    private static GoldenDrawing read(JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new GoldenDrawing(
                json.getString("name"),
                json.getString("label"),
                json.getJsonNumber("brush").doubleValue(),
                json.getJsonArray("strokes")
                        .getValuesAs(stroke -> ((JsonArray) stroke).getValuesAs(GoldenDrawing::point)));
    }

    private static Point point(JsonValue value) {
        List<JsonNumber> xy = value.asJsonArray().getValuesAs(JsonNumber.class);
        return new Point(xy.get(0).doubleValue(), xy.get(1).doubleValue());
    }
}
