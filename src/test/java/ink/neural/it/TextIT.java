package ink.neural.it;

import static ink.neural.it.Answers.assertProblem;
import static ink.neural.it.Answers.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.Writing;
import ink.neural.drawing.DataUrl;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextIT {
    private static final Server SERVER = Server.shared();

    private static HttpResponse<String> send(String options, byte[] png) throws Exception {
        return SERVER.send(SERVER.post("/predict/text" + options, "image/png", png));
    }

    private static HttpResponse<String> sendJson(String path, String json) throws Exception {
        return SERVER.send(SERVER.post(path, json));
    }

    private static JsonObject read(String options, Writing writing) throws Exception {
        HttpResponse<String> response = send(options, writing.png());
        assertEquals(200, response.statusCode(), response.body());
        return json(response);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String labels(JsonObject answer) {
        return answer.getJsonArray("characters").getValuesAs(JsonObject.class).stream()
                .map(character -> character.getString("label"))
                .collect(Collectors.joining());
    }

    @Test
    void answerHasExactlyTheDocumentedMembers() throws Exception {
        JsonObject answer = read("?top=3", Writing.of("Help"));
        assertEquals(Set.of("text", "confidence", "alternatives", "characters"), answer.keySet());
        assertEquals(answer.getString("text"), labels(answer));
        double last = answer.getJsonNumber("confidence").doubleValue();
        assertEquals(2, answer.getJsonArray("alternatives").size());
        for (JsonObject alternative : answer.getJsonArray("alternatives").getValuesAs(JsonObject.class)) {
            assertEquals(Set.of("text", "confidence"), alternative.keySet());
            double confidence = alternative.getJsonNumber("confidence").doubleValue();
            assertTrue(confidence <= last);
            last = confidence;
        }
        JsonObject optional = read("?top=1&ink=true", Writing.of("Help"));
        assertEquals(Set.of("text", "confidence", "alternatives", "characters", "ink"), optional.keySet());
        assertTrue(optional.getJsonArray("alternatives").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "10, 9"})
    void topLimitsTheAlternatives(int top, int alternatives) throws Exception {
        JsonObject answer = read("?top=" + top, Writing.of("Help"));
        assertEquals(alternatives, answer.getJsonArray("alternatives").size());
        assertEquals("Help", answer.getString("text"));
        assertEquals(
                2, read("", Writing.of("Help")).getJsonArray("alternatives").size());
    }

    @Test
    void boxesOfCharactersStandInOrderOnThePicture() throws Exception {
        JsonArray characters = read("?charset=upper", Writing.of("HTM")).getJsonArray("characters");
        int right = 0;
        for (JsonObject character : characters.getValuesAs(JsonObject.class)) {
            List<Integer> box = box(character);
            assertTrue(box.get(0) >= right && box.get(2) > 0 && box.get(3) > 0, characters.toString());
            assertTrue(box.get(1) >= 25 && box.get(1) + box.get(3) <= 105, "it stands on the line");
            right = box.get(0) + box.get(2);
        }
    }

    private static List<Integer> box(JsonObject character) {
        return character.getJsonArray("box").getValuesAs(JsonNumber.class).stream()
                .map(JsonNumber::intValueExact)
                .toList();
    }

    @Test
    void boxesAreInPixelsOfTheUprightPicture() throws Exception {
        JsonObject upright = read("?charset=upper", Writing.of("HTM"));
        JsonArray characters =
                json(send("?charset=upper", Writing.of("HTM").pngUpsideDown())).getJsonArray("characters");
        assertEquals(3, characters.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(box(upright.getJsonArray("characters").getJsonObject(i)), box(characters.getJsonObject(i)));
        }
    }

    @ParameterizedTest
    @CsvSource({"[0-9]{4}, [0-9]{4}", "[A-Z]{2}-[0-9]{2}, [A-Z]{2}-[0-9]{2}", "(a|b)+x?, [ab]+x?"})
    void everyAnswerMatchesThePattern(String pattern, String regularExpression) throws Exception {
        JsonObject answer = read("?top=10&pattern=" + encoded(pattern), Writing.of("2481"));
        assertTrue(answer.getString("text").matches(regularExpression), answer.toString());
        answer.getJsonArray("alternatives")
                .getValuesAs(JsonObject.class)
                .forEach(other -> assertTrue(other.getString("text").matches(regularExpression), other.toString()));
    }

    @Test
    void patternOfFiveDigitsReadsThem() throws Exception {
        assertEquals(
                "47120",
                read("?pattern=" + encoded("[0-9]{5}"), Writing.of("47120")).getString("text"));
    }

    @Test
    void wordsChooseAmongThemselves() throws Exception {
        String words = IntStream.range(0, 4998)
                .mapToObj(i -> "\"" + Integer.toString(100_000 + i, 36) + "\"")
                .collect(Collectors.joining(","));
        String request = Requests.predict(
                "\"words\":[\"hand\",\"train\"," + words + "],",
                Writing.of("hand").png());
        JsonObject answer = json(sendJson("/predict/text", request));
        assertEquals("hand", answer.getString("text"));
    }

    @Test
    void linesAreJoinedAndListed() throws Exception {
        JsonObject answer = read("?charset=letters", Writing.of("Help", "been"));
        JsonArray lines = answer.getJsonArray("lines");
        assertEquals(2, lines.size());
        assertEquals(
                lines.getJsonObject(0).getString("text") + "\n"
                        + lines.getJsonObject(1).getString("text"),
                answer.getString("text"));
        assertEquals(answer.getString("text").replace("\n", ""), labels(answer));
        assertEquals(
                Set.of("text", "confidence", "alternatives", "characters"),
                lines.getJsonObject(0).keySet());
    }

    @Test
    void dictionaryMakesWordsLikelier() throws Exception {
        double with = confidence("been", read("?top=10", Writing.of("been")));
        double without = confidence("been", read("?top=10&dictionary=none", Writing.of("been")));
        assertTrue(with > without, with + " and " + without);
    }

    @Test
    void textBeforeMakesWhatGoesOnWithItLikelier() throws Exception {
        double sentence = confidence("The", read("?top=10&before=It+ends.+", Writing.of("The")));
        double clause = confidence("The", read("?top=10&before=It+ends,+", Writing.of("The")));
        assertTrue(sentence > clause, sentence + " and " + clause);
    }

    private static double confidence(String text, JsonObject answer) {
        if (answer.getString("text").equals(text)) {
            return answer.getJsonNumber("confidence").doubleValue();
        }
        return answer.getJsonArray("alternatives").getValuesAs(JsonObject.class).stream()
                .filter(other -> other.getString("text").equals(text))
                .mapToDouble(other -> other.getJsonNumber("confidence").doubleValue())
                .findFirst()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"AB40, [A-Z]{2}[0-9]{2}, AB40", "Q 47, [A-Z] ?[0-9]{2}, Q 47", "Q 47, [A-Z][0-9]{2}, Q47"})
    void boxesOfAFormAreReadOneByOne(String boxes, String pattern, String expected) throws Exception {
        JsonObject answer = read("?pattern=" + encoded(pattern), Writing.form(boxes));
        assertEquals(expected, answer.getString("text"));
        assertFalse(answer.containsKey("lines"));
        assertEquals(expected, labels(answer));
        int printed = -1;
        for (JsonObject character : answer.getJsonArray("characters").getValuesAs(JsonObject.class)) {
            printed = boxes.indexOf(character.getString("label"), printed + 1);
            int left = Writing.FIRST_BOX + printed * Writing.BOX;
            List<Integer> box = box(character);
            assertTrue(box.get(0) >= left && box.get(0) + box.get(2) <= left + Writing.BOX, answer.toString());
        }
    }

    @Test
    void batchAnswersEachImage() throws Exception {
        String blank = DataUrl.encode("image/png", Sketch.paper().png());
        String digits = DataUrl.encode("image/png", Writing.of("47120").png());
        HttpResponse<String> response = sendJson(
                "/predict/text/batch",
                Requests.batch("\"pattern\":\"[0-9]{5}\",\"top\":1,", List.of(digits, blank, digits)));
        assertEquals(200, response.statusCode(), response.body());
        JsonArray results = json(response).getJsonArray("results");
        assertEquals("47120", results.getJsonObject(0).getString("text"));
        assertTrue(results.getJsonObject(0).getJsonArray("alternatives").isEmpty());
        assertEquals(
                "urn:neural-ink:problem:nothing-drawn", results.getJsonObject(1).getString("type"));
        assertEquals(results.getJsonObject(0), results.getJsonObject(2));
    }

    @Test
    void textThatCannotSatisfyTheConstraintsIsNoMatch() throws Exception {
        assertProblem(
                422,
                "no-match",
                send("?pattern=" + encoded("[0-9]{60}"), Writing.of("12").png()));
        assertProblem(
                422,
                "no-match",
                send(
                        "?charset=digits&pattern=" + encoded("[a-z]+"),
                        Writing.of("no").png()));
    }

    @Test
    void tooMuchTextIsRefused() throws Exception {
        String[] lines = new String[13];
        Arrays.fill(lines, "no");
        assertProblem(413, "too-much-text", send("", Writing.of(lines).png()));
        assertProblem(413, "too-much-text", send("", Writing.of("m".repeat(170)).png()));
    }

    private static String list(String name, int values, String value) {
        return "\"" + name + "\":[" + String.join(",", Collections.nCopies(values, value)) + "],";
    }

    private static HttpResponse<String> sendWith(String options) throws Exception {
        return sendJson(
                "/predict/text", Requests.predict(options, Writing.of("here").png()));
    }

    /** A list itself is a value, too. */
    @Test
    void jsonMayHave12000ValuesBeyond1500OnlyInWordsAndExamples() throws Exception {
        String options = list("words", 5000, "\"here\"") + list("examples", 5498, "1") + list("other", 1400, "1");
        HttpResponse<String> response = sendWith(options);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("here", json(response).getString("text"));
        assertProblem(400, "not-json", sendWith(list("examples", 10_500, "1")));
        assertProblem(400, "not-json", sendWith(list("words", 5000, "\"a\"") + list("examples", 5499, "1")));
        assertProblem(400, "not-json", sendWith(list("other", 1600, "1")));
    }

    @Test
    void listOfWordsMayHave64KiloBytes() throws Exception {
        String forty = "\"" + "hereherehe".repeat(4) + "\"";
        assertProblem(422, "no-match", sendWith("\"charset\":\"digits\"," + list("words", 1638, forty)));
        assertProblem(400, "bad-option", sendWith(list("words", 1639, forty)));
        assertProblem(400, "bad-option", sendWith(list("words", 5001, "\"here\"")));
        assertProblem(400, "bad-option", sendWith(list("words", 1, "\"" + "h".repeat(41) + "\"")));
    }

    @ParameterizedTest
    @CsvSource({
        "top=0",
        "top=11",
        "pattern=%5Ba",
        "pattern=",
        "charset=%C3%A4",
        "dictionary=de",
        "before=123456789012345678901",
        "words=a",
        "ink=1"
    })
    void invalidOptionIsRefused(String option) throws Exception {
        assertProblem(400, "bad-option", send("?" + option, Writing.of("no").png()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"words\":[]",
                "\"words\":[\"\"]",
                "\"words\":[1]",
                "\"words\":\"a\"",
                "\"pattern\":\"a{65}\"",
                "\"pattern\":5",
                "\"before\":[]"
            })
    void invalidJsonOptionIsRefused(String option) throws Exception {
        assertProblem(
                400,
                "bad-option",
                sendJson(
                        "/predict/text",
                        Requests.predict(option + ",", Writing.of("no").png())));
    }

    @Test
    void positionOfAMistakeInThePatternIsNamed() throws Exception {
        HttpResponse<String> response =
                send("?pattern=" + encoded("ab)c"), Writing.of("no").png());
        assertEquals(2, json(response).getInt("position"), response.body());
    }

    @Test
    void modelIsDescribed() throws Exception {
        JsonObject text = json(SERVER.get("/api/model")).getJsonObject("text");
        assertTrue(text.getString("alphabet").startsWith("0123456789ABC"));
        assertFalse(text.getString("version").isEmpty());
    }
}
