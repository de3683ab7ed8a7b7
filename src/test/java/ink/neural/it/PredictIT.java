package ink.neural.it;

import static ink.neural.evaluation.Outcome.merged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.drawing.DataUrl;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictIT extends NeuralInkWar {
    private static final Golden THREE = golden("digit-3");

    private static Golden golden(String name) {
        return Golden.all().stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> labels(JsonObject answer) {
        return answer.getJsonArray("predictions").getValuesAs(JsonObject.class).stream()
                .map(prediction -> prediction.getString("label"))
                .toList();
    }

    private static double confidences(JsonObject answer) {
        return answer.getJsonArray("predictions").getValuesAs(JsonObject.class).stream()
                .mapToDouble(
                        prediction -> prediction.getJsonNumber("confidence").doubleValue())
                .sum();
    }

    private static String with(String options) {
        return request(THREE.png()).replace("{", "{" + options + ",");
    }

    @Test
    void answersInExactlyTheAgreedShape() throws Exception {
        HttpResponse<String> response = predict(request(THREE.png()));
        assertEquals(200, response.statusCode());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
        JsonObject answer = json(response);
        assertEquals(Set.of("predictions"), answer.keySet());
        JsonArray predictions = answer.getJsonArray("predictions");
        assertEquals(3, predictions.size());
        double last = 1;
        for (JsonObject prediction : predictions.getValuesAs(JsonObject.class)) {
            assertEquals(List.of("label", "confidence"), List.copyOf(prediction.keySet()));
            assertEquals(1, prediction.getString("label").length());
            double confidence = prediction.getJsonNumber("confidence").doubleValue();
            assertTrue(confidence >= 0 && confidence <= last);
            last = confidence;
        }
        assertEquals("3", labels(answer).get(0));
    }

    @Test
    void readsRealDrawings() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Golden golden : Golden.all()) {
            String read = labels(json(predict(request(golden.png())))).get(0);
            if (!merged(read).equals(merged(golden.label()))) {
                wrong.add(golden + " read as " + read);
            }
        }
        System.out.printf(
                "%d of %d golden drawings read wrongly: %s%n",
                wrong.size(), Golden.all().size(), wrong);
        assertTrue(wrong.size() <= Golden.all().size() / 5, wrong.toString());
    }

    @Test
    void givesAsManyAsAskedFor() throws Exception {
        JsonObject all = json(predict(with("\"top\":62")));
        assertEquals(62, Set.copyOf(labels(all)).size());
        assertEquals(1, confidences(all), 1e-4);
        assertEquals(List.of("3"), labels(json(predict(with("\"top\":1")))));
    }

    @ParameterizedTest
    @CsvSource({"digits, [0-9]", "upper, [A-Z]", "lower, [a-z]", "letters, [A-Za-z]", "XYZ3, [XYZ3]"})
    void answersWithinACharset(String charset, String pattern) throws Exception {
        JsonObject answer = json(predict(with("\"top\":62,\"charset\":\"" + charset + "\"")));
        assertTrue(labels(answer).stream().allMatch(label -> label.matches(pattern)));
        assertEquals(1, confidences(answer), 1e-4);
    }

    @Test
    void showsWhatTheModelSaw() throws Exception {
        JsonObject answer = json(predict(with("\"glyph\":true")));
        assertEquals(Set.of("predictions", "glyph"), answer.keySet());
        BufferedImage glyph = ImageIO.read(new ByteArrayInputStream(DataUrl.decode(answer.getString("glyph"))));
        assertEquals(28, glyph.getWidth());
        assertEquals(28, glyph.getHeight());
        float[] tensor = THREE.tensor();
        for (int i = 0; i < tensor.length; i++) {
            assertEquals(255 * tensor[i], glyph.getRaster().getSample(i % 28, i / 28, 0), 1);
        }
    }

    @Test
    void saysHowSurelyItIsACharacter() throws Exception {
        JsonObject answer = json(predict(with("\"legibility\":true")));
        assertEquals(Set.of("predictions", "legibility"), answer.keySet());
        double legibility = answer.getJsonNumber("legibility").doubleValue();
        assertTrue(legibility > 0.5 && legibility <= 1, "legibility " + legibility);
    }

    @Test
    void takesNoNoticeOfMembersItDoesNotKnow() throws Exception {
        assertEquals(200, predict(with("\"user\":{\"name\":\"x\"}")).statusCode());
    }

    @Test
    void describesItsModel() throws Exception {
        JsonObject model = json(get("/api/model"));
        assertEquals("emnist-byclass", model.getString("name"));
        assertNotNull(model.getString("version"));
        assertEquals(62, model.getJsonArray("classes").size());
        assertEquals("z", model.getJsonArray("classes").getString(61));
        assertEquals(28, model.getJsonObject("input").getInt("size"));
        assertEquals("upright", model.getJsonObject("input").getString("orientation"));
        assertNotNull(model.getJsonObject("scores"));
    }

    @Test
    void isLiveAndReady() throws Exception {
        assertEquals(200, get("/api/health/live").statusCode());
        assertEquals(200, get("/api/health/ready").statusCode());
    }
}
