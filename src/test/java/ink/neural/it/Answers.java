package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;

/** Reads the JSON of answers. */
final class Answers {
    private static final String PROBLEM = "urn:neural-ink:problem:";

    private Answers() {}

    static JsonObject json(HttpResponse<String> response) {
        return Server.json(response.body());
    }

    /** The type of a problem, such as {@code busy}. */
    static String problem(HttpResponse<String> response) {
        return problem(json(response));
    }

    static String problem(JsonObject answer) {
        String type = answer.getString("type");
        assertTrue(type.startsWith(PROBLEM), type);
        return type.substring(PROBLEM.length());
    }

    static void assertProblem(int status, String type, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(type, problem(response), response.body());
    }

    static List<JsonObject> predictions(JsonObject answer) {
        return answer.getJsonArray("predictions").getValuesAs(JsonObject.class);
    }

    /** The predicted characters, the most probable first. */
    static List<String> labels(JsonObject answer) {
        return predictions(answer).stream()
                .map(prediction -> prediction.getString("label"))
                .toList();
    }

    /** The most probable character of a successful prediction. */
    static String label(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return labels(json(response)).get(0);
    }

    /** A header that must be present. */
    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow(() -> new AssertionError(name + " is missing"));
    }
}
