package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static ink.neural.it.Answers.header;
import static ink.neural.it.Answers.json;
import static ink.neural.it.Answers.labels;
import static ink.neural.it.Answers.predictions;
import static ink.neural.recognition.Labels.merged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.Sketch;
import ink.neural.bulk.Bulks;
import ink.neural.drawing.DataUrl;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictIT {
    private static final Server SERVER = Server.shared();
    private static final Golden THREE = Golden.named("digit-3");
    /** A number sign, which the model does not know. */
    private static final byte[] SIGN = Sketch.paper()
            .stroke(110, 40, 90, 240)
            .stroke(190, 40, 170, 240)
            .stroke(50, 105, 235, 105)
            .stroke(45, 175, 230, 175)
            .png();

    private static JsonObject predict(String options) throws Exception {
        return SERVER.predict(Requests.predict(options, THREE.png()));
    }

    private static double confidence(JsonObject prediction) {
        return prediction.getJsonNumber("confidence").doubleValue();
    }

    private static double sumOfConfidences(JsonObject answer) {
        return predictions(answer).stream().mapToDouble(PredictIT::confidence).sum();
    }

    @Test
    void answerHasExactlyTheDocumentedMembers() throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.post("/predict", Requests.predict(THREE.png())));
        assertEquals(200, response.statusCode());
        assertEquals("application/json", header(response, "Content-Type"));
        assertEquals("no-store", header(response, "Cache-Control"));
        JsonObject answer = json(response);
        assertEquals(Set.of("predictions"), answer.keySet());
        assertEquals(3, predictions(answer).size());
        double last = 1;
        for (JsonObject prediction : predictions(answer)) {
            assertEquals(List.of("label", "confidence"), List.copyOf(prediction.keySet()));
            assertEquals(1, prediction.getString("label").length());
            double confidence = confidence(prediction);
            assertTrue(confidence >= 0 && confidence <= last);
            last = confidence;
        }
        assertEquals("3", labels(answer).get(0));
    }

    @Test
    void bulkGivesTheSameAnswers(@TempDir Path folder) throws Exception {
        Path answers = folder.resolve("answers.jsonl");
        Bulks.run("src/test/resources/golden/*.png", "--out", answers.toString());
        List<String> lines = Files.readAllLines(answers);
        assertEquals(Golden.all().size(), lines.size());
        for (String line : lines) {
            JsonObject answer = Json.createReader(new StringReader(line)).readObject();
            byte[] file = Files.readAllBytes(Path.of(answer.getString("source")));
            String overHttp = SERVER.predict(Requests.predict(file)).toString();
            assertEquals("{\"source\":\"%s\",%s".formatted(answer.getString("source"), overHttp.substring(1)), line);
        }
    }

    @Test
    void fourOfFiveRealDrawingsAreReadCorrectly() throws Exception {
        List<String> errors = new ArrayList<>();
        for (Golden golden : Golden.all()) {
            String read = labels(SERVER.predict(Requests.predict(golden.png()))).get(0);
            if (!merged(read).equals(merged(golden.label()))) {
                errors.add(golden + " read as " + read);
            }
        }
        System.out.printf(
                "%d of %d golden drawings were misread: %s%n",
                errors.size(), Golden.all().size(), errors);
        assertTrue(errors.size() <= Golden.all().size() / 5, errors.toString());
    }

    @Test
    void topLimitsThePredictions() throws Exception {
        JsonObject all = predict("\"top\":62,");
        assertEquals(62, Set.copyOf(labels(all)).size());
        assertEquals(1, sumOfConfidences(all), 1e-4);
        assertEquals(List.of("3"), labels(predict("\"top\":1,")));
    }

    private static String example(String model, String label, String features) {
        return "{\"model\":\"%s\",\"label\":\"%s\",\"features\":\"%s\"}".formatted(model, label, features);
    }

    private static String examples(String... examples) {
        return "\"examples\":[" + String.join(",", examples) + "],";
    }

    @Test
    void examplesAdaptTheAnswer() throws Exception {
        HttpResponse<String> response =
                SERVER.send(SERVER.post("/predict", Requests.predict("\"features\":true,", SIGN)));
        String features = json(response).getString("features");
        String model = header(response, "X-Model");
        int size = json(SERVER.get("/api/model")).getInt("features");
        assertEquals(size, Base64.getDecoder().decode(features).length);
        String taught = example(model, "#", features);
        String[] many = Collections.nCopies(500, taught).toArray(String[]::new);
        assertEquals(
                "#",
                labels(SERVER.predict(Requests.predict(examples(many), SIGN))).get(0));
        assertEquals(
                "3",
                labels(predict("\"charset\":\"digits\"," + examples(taught))).get(0));
        JsonObject batch = json(SERVER.send(SERVER.post(
                "/predict/batch",
                Requests.batch("\"top\":1," + examples(taught), List.of(DataUrl.encode("image/png", SIGN))))));
        assertEquals("#", labels(batch.getJsonArray("results").getJsonObject(0)).get(0));
        for (String refused : List.of(
                example("emnist-byclass@1.0.0", "#", features),
                example(model, "#", "AAAA"),
                example(model, "", features))) {
            assertProblem(
                    400, "bad-option", SERVER.send(SERVER.post("/predict", Requests.predict(examples(refused), SIGN))));
        }
    }

    @ParameterizedTest
    @CsvSource({"digits, [0-9]", "upper, [A-Z]", "lower, [a-z]", "letters, [A-Za-z]", "XYZ3, [XYZ3]"})
    void charsetRestrictsThePredictions(String charset, String pattern) throws Exception {
        JsonObject answer = predict("\"top\":62,\"charset\":\"" + charset + "\",");
        assertTrue(labels(answer).stream().allMatch(label -> label.matches(pattern)));
        assertEquals(1, sumOfConfidences(answer), 1e-4);
    }

    @Test
    void glyphIsTheInputOfTheModel() throws Exception {
        JsonObject answer = predict("\"glyph\":true,");
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
    void inkIsThePictureInBlackOnWhite() throws Exception {
        byte[] picture = Sketch.paper(1000, 500, Color.BLUE, Color.YELLOW, 40)
                .f(450, 150, 1.5)
                .png();
        JsonObject answer = SERVER.predict(Requests.predict("\"ink\":true,", picture));
        assertEquals(Set.of("predictions", "ink"), answer.keySet());
        BufferedImage ink = ImageIO.read(new ByteArrayInputStream(DataUrl.decode(answer.getString("ink"))));
        assertEquals(512, ink.getWidth());
        assertEquals(256, ink.getHeight());
        assertEquals(0, ink.getRaster().getSample(512 * 450 / 1000, 512 * 200 / 1000, 0), 10);
        assertEquals(255, ink.getRaster().getSample(400, 128, 0));
    }

    @Test
    void realDrawingIsLegible() throws Exception {
        JsonObject answer = predict("\"legibility\":true,");
        assertEquals(Set.of("predictions", "legibility"), answer.keySet());
        double legibility = answer.getJsonNumber("legibility").doubleValue();
        assertTrue(legibility > 0.5 && legibility <= 1, "legibility " + legibility);
    }

    @Test
    void unknownMembersAreIgnored() throws Exception {
        assertEquals("3", labels(predict("\"user\":{\"name\":\"x\"},")).get(0));
    }

    @Test
    void modelIsDescribed() throws Exception {
        JsonObject model = json(SERVER.get("/api/model"));
        assertEquals("emnist-byclass", model.getString("name"));
        assertNotNull(model.getString("version"));
        assertEquals(62, model.getJsonArray("classes").size());
        assertEquals("z", model.getJsonArray("classes").getString(61));
        assertEquals(28, model.getJsonObject("input").getInt("size"));
        assertEquals("upright", model.getJsonObject("input").getString("orientation"));
        assertNotNull(model.getJsonObject("scores"));
    }

    @Test
    void serverIsLiveAndReady() throws Exception {
        assertEquals(200, SERVER.get("/api/health/live").statusCode());
        assertEquals(200, SERVER.get("/api/health/ready").statusCode());
    }

    /** A circle from row 100 to row 200. */
    private static byte[] circle() {
        double[] points = new double[2 * 61];
        for (int i = 0; i <= 60; i++) {
            points[2 * i] = 140 - 42 * Math.sin(Math.PI * i / 30);
            points[2 * i + 1] = 150 - 42 * Math.cos(Math.PI * i / 30);
        }
        return Sketch.paper().stroke(points).png();
    }

    private static String guides(String members) {
        return "\"charset\":\"oO\",\"guides\":{" + members + "},";
    }

    private static String circleOn(String guides) throws Exception {
        return labels(SERVER.predict(Requests.predict(guides(guides), circle())))
                .get(0);
    }

    @Test
    void guidesTellASmallLetterFromACapital() throws Exception {
        assertEquals("o", circleOn("\"baseline\":198,\"xheight\":100,\"capheight\":40"));
        assertEquals("o", circleOn("\"baseline\":198,\"xheight\":100"));
        assertEquals("O", circleOn("\"baseline\":198,\"xheight\":140,\"capheight\":100"));
        assertEquals("O", circleOn("\"baseline\":198.5,\"capheight\":99.5,\"xheight\":null"));
    }

    @Test
    void guidesApplyToEveryImageOfABatch() throws Exception {
        String circle = DataUrl.encode("image/png", circle());
        HttpResponse<String> response = SERVER.send(SERVER.post(
                "/predict/batch",
                Requests.batch(guides("\"baseline\":198,\"xheight\":140,\"capheight\":100"), List.of(circle, circle))));
        for (JsonObject result : json(response).getJsonArray("results").getValuesAs(JsonObject.class)) {
            assertEquals("O", labels(result).get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"baseline\":1000000,\"xheight\":999999,\"capheight\":999998",
                "\"baseline\":-10,\"xheight\":-20,\"capheight\":-1000000",
                "\"baseline\":1e-3,\"capheight\":-1e4"
            })
    void guidesFarFromTheInkLeaveTheRankingAsItIs(String guides) throws Exception {
        JsonObject without = SERVER.predict(Requests.predict("\"charset\":\"oO\",", circle()));
        JsonObject with = SERVER.predict(Requests.predict(guides(guides), circle()));
        for (int i = 0; i < 2; i++) {
            assertEquals(labels(without).get(i), labels(with).get(i));
            assertEquals(
                    confidence(predictions(without).get(i)),
                    confidence(predictions(with).get(i)),
                    1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "5",
                "\"200\"",
                "{\"baseline\":200}",
                "{\"xheight\":100,\"capheight\":40}",
                "{\"baseline\":\"200\",\"xheight\":100}",
                "{\"baseline\":200,\"xheight\":200}",
                "{\"baseline\":200,\"xheight\":199.5}",
                "{\"baseline\":100,\"xheight\":200}",
                "{\"baseline\":200,\"xheight\":40,\"capheight\":100}",
                "{\"baseline\":1000001,\"xheight\":1}",
                "{\"baseline\":1e400,\"xheight\":1}"
            })
    void invalidGuidesAreRefused(String guides) throws Exception {
        assertProblem(
                400,
                "bad-option",
                SERVER.send(SERVER.post("/predict", Requests.predict("\"guides\":" + guides + ",", circle()))));
    }

    @Test
    void guidesCannotStandInAQuery() throws Exception {
        assertProblem(400, "bad-option", SERVER.send(SERVER.post("/predict?guides=200", "image/png", circle())));
    }
}
