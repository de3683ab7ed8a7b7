package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static ink.neural.it.Answers.json;
import static ink.neural.it.Answers.predictions;
import static ink.neural.it.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.drawing.DataUrl;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchIT {
    private static final Server SERVER = Server.shared();
    private static final String THREE = Golden.named("digit-3").dataUrl();

    private static HttpResponse<String> send(String json) throws Exception {
        return SERVER.send(SERVER.post("/predict/batch", json));
    }

    private static JsonArray results(String json) throws Exception {
        HttpResponse<String> response = send(json);
        assertEquals(200, response.statusCode(), response.body());
        return json(response).getJsonArray("results");
    }

    private static JsonObject best(JsonObject answer) {
        return predictions(answer).get(0);
    }

    @Test
    void batchGetsTheAnswersOfSinglePredictions() throws Exception {
        List<Golden> goldens = Golden.all();
        JsonArray results =
                results(Requests.batch(goldens.stream().map(Golden::dataUrl).toList()));
        assertEquals(goldens.size(), results.size());
        for (int i = 0; i < goldens.size(); i++) {
            JsonObject single =
                    best(SERVER.predict(Requests.predict(goldens.get(i).png())));
            JsonObject inBatch = best(results.getJsonObject(i));
            assertEquals(single.getString("label"), inBatch.getString("label"));
            assertEquals(
                    single.getJsonNumber("confidence").doubleValue(),
                    inBatch.getJsonNumber("confidence").doubleValue(),
                    1e-4);
        }
    }

    @Test
    void problemTakesThePlaceOfAnInvalidImage() throws Exception {
        String blank = DataUrl.encode("image/png", Sketch.paper().png());
        JsonArray results = results(Requests.batch(
                "\"top\":1,",
                List.of(blank, THREE, "http://localhost/a.png", "data:image/png;base64,AAAA", THREE, "")));
        assertEquals("nothing-drawn", problem(results.getJsonObject(0)));
        assertEquals("3", best(results.getJsonObject(1)).getString("label"));
        assertEquals("not-a-data-url", problem(results.getJsonObject(2)));
        assertEquals("not-an-image", problem(results.getJsonObject(3)));
        assertEquals(results.get(1), results.get(4));
        assertEquals("no-image", problem(results.getJsonObject(5)));
    }

    @Test
    void optionsApplyToEachImage() throws Exception {
        JsonArray results =
                results(Requests.batch("\"top\":5,\"charset\":\"upper\",\"glyph\":true,", List.of(THREE, THREE)));
        assertEquals(2, results.size());
        for (JsonObject answer : results.getValuesAs(JsonObject.class)) {
            assertEquals(5, predictions(answer).size());
            assertFalse(answer.getString("glyph").isEmpty());
        }
    }

    @Test
    void fullBatchIsAnsweredAndALargerOneIsRefused() throws Exception {
        assertEquals(
                256, results(Requests.batch(Collections.nCopies(256, THREE))).size());
        assertProblem(413, "too-many-images", send(Requests.batch(Collections.nCopies(257, THREE))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"images\":[]}", "{\"images\":\"x\"}", "{\"image\":\"x\"}"})
    void bodyWithoutImagesIsRefused(String body) throws Exception {
        assertProblem(400, "no-image", send(body));
    }
}
