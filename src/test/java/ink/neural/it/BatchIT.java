package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ink.neural.Golden;
import ink.neural.Sketch;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchIT extends NeuralInkWar {
    private static final String PROBLEM = "urn:neural-ink:problem:";

    private HttpResponse<String> batch(String options, List<String> images) throws Exception {
        String quoted = images.stream().map(image -> "\"" + image + "\"").collect(Collectors.joining(","));
        String body = "{" + options + "\"images\":[" + quoted + "]}";
        return post("/predict/batch", "application/json", body.getBytes());
    }

    private static JsonArray results(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return json(response).getJsonArray("results");
    }

    private static JsonObject first(JsonObject answer) {
        return answer.getJsonArray("predictions").getJsonObject(0);
    }

    @Test
    void answersAsForEachAlone() throws Exception {
        List<Golden> goldens = Golden.all();
        JsonArray results =
                results(batch("", goldens.stream().map(g -> dataUrl(g.png())).toList()));
        assertEquals(goldens.size(), results.size());
        for (int i = 0; i < goldens.size(); i++) {
            JsonObject alone = first(json(predict(request(goldens.get(i).png()))));
            JsonObject together = first(results.getJsonObject(i));
            assertEquals(alone.getString("label"), together.getString("label"));
            assertEquals(
                    alone.getJsonNumber("confidence").doubleValue(),
                    together.getJsonNumber("confidence").doubleValue(),
                    1e-4);
        }
    }

    @Test
    void putsAProblemInThePlaceOfABadOne() throws Exception {
        String good = dataUrl(Golden.all().get(3).png());
        String blank = dataUrl(Sketch.paper().png());
        JsonArray results =
                results(batch("\"top\":1,", List.of(blank, good, "nonsense", "data:image/png;base64,AAAA", good, "")));
        assertEquals(PROBLEM + "nothing-drawn", results.getJsonObject(0).getString("type"));
        assertEquals("3", first(results.getJsonObject(1)).getString("label"));
        assertEquals(PROBLEM + "not-a-data-url", results.getJsonObject(2).getString("type"));
        assertEquals(PROBLEM + "not-an-image", results.getJsonObject(3).getString("type"));
        assertEquals(results.get(1), results.get(4));
        assertEquals(PROBLEM + "no-image", results.getJsonObject(5).getString("type"));
    }

    @Test
    void takesTheSameOptions() throws Exception {
        String good = dataUrl(Golden.all().get(3).png());
        JsonObject answer = results(batch("\"top\":5,\"charset\":\"upper\",\"glyph\":true,", List.of(good)))
                .getJsonObject(0);
        assertEquals(5, answer.getJsonArray("predictions").size());
        assertFalse(answer.getString("glyph").isEmpty());
    }

    @Test
    void takesAFullBatchAndNoMore() throws Exception {
        String good = dataUrl(Golden.all().get(3).png());
        assertEquals(256, results(batch("", Collections.nCopies(256, good))).size());
        HttpResponse<String> tooMany = batch("", Collections.nCopies(257, good));
        assertEquals(413, tooMany.statusCode());
        assertEquals(PROBLEM + "too-many-images", json(tooMany).getString("type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"images\":[]}", "{\"images\":\"x\"}", "{\"image\":\"x\"}"})
    void wantsImages(String body) throws Exception {
        HttpResponse<String> response = post("/predict/batch", "application/json", body.getBytes());
        assertEquals(400, response.statusCode());
        assertEquals(PROBLEM + "no-image", json(response).getString("type"));
    }
}
