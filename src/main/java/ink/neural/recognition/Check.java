package ink.neural.recognition;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * A sample drawing that a model must read before it may answer. The descriptor lists them.
 *
 * @param drawing name of an image file beside the descriptor
 * @param expected the character or the text on it
 */
public record Check(String drawing, String expected) {
    /**
     * Reads the checks of a descriptor.
     *
     * @param descriptor the whole descriptor
     * @param expected the member that tells what is drawn: {@code label} or {@code text}
     * @return the checks; none if there is no member {@code checks}
     */
    public static List<Check> listOf(JsonObject descriptor, String expected) {
        JsonArray checks = descriptor.getJsonArray("checks");
        return checks == null
                ? List.of()
                : checks.getValuesAs(JsonObject.class).stream()
                        .map(check -> Members.requireKnown(check, Set.of("drawing", expected)))
                        .map(check -> new Check(check.getString("drawing"), check.getString(expected)))
                        .toList();
    }
}
