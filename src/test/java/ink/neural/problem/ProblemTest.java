package ink.neural.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.JsonbBuilder;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    /** Programs rely on these names. */
    @Test
    void namesAndStatusesAreStable() {
        assertEquals(
                "not-json 400, no-image 400, not-a-data-url 400, not-base64 400, bad-option 400, bad-request 400, "
                        + "unauthorized 401, not-found 404, no-text-model 404, method-not-allowed 405, not-acceptable 406, too-slow 408, unusable-model 409, "
                        + "too-many-images 413, batch-too-large 413, too-much-text 413, body-too-large 413, unsupported-media-type 415, not-an-image 415, "
                        + "nothing-drawn 422, no-match 422, too-many-pixels 422, too-long 503, internal 500, busy 503, not-ready 503",
                Arrays.stream(Problem.values())
                        .map(problem -> problem.slug() + " " + problem.status())
                        .collect(Collectors.joining(", ")));
    }

    @ParameterizedTest
    @EnumSource
    void titleIsASentence(Problem problem) {
        assertTrue(problem.title().matches("[A-Z][^.]*\\.( [A-Z][^.]*\\.)?"), problem.title());
    }

    @Test
    void detailsHaveTheMembersOfRfc9457InOrder() {
        assertEquals(
                "{\"type\":\"urn:neural-ink:problem:bad-option\",\"title\":\"An option has an invalid value.\","
                        + "\"status\":400,\"detail\":\"top must be \\\"1\\\".\"}",
                JsonbBuilder.create().toJson(Problem.BAD_OPTION.details("top must be \"1\".")));
    }

    @Test
    void everyProblemSaysWhatToDo() {
        for (Problem problem : Problem.values()) {
            assertTrue(problem.advice().matches("[A-Z].{15,200}\\."), problem.advice());
        }
        assertEquals(
                "{\"type\":\"urn:neural-ink:problem:busy\",\"title\":\"The server is busy.\",\"status\":503,"
                        + "\"detail\":\"Send the request again after a second.\"}",
                JsonbBuilder.create().toJson(new ProblemException(Problem.BUSY).details()));
    }
}
