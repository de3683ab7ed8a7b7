package ink.neural.api;

import static ink.neural.api.StrictJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads the options of one kind of request.
 *
 * @param <O> type of the options
 * @param names names of the options that a query or a form may have
 * @param strings those that are strings
 * @param read makes the options, or fails if one has an invalid value
 */
public record OptionReader<O>(List<String> names, Set<String> strings, Function<Options, O> read) {
    /**
     * Reads the options from the members of a JSON request.
     *
     * @param json the request
     * @return the options
     * @throws ink.neural.problem.ProblemException with {@link ink.neural.problem.Problem#BAD_OPTION} if an option has an
     *     invalid value
     */
    public O of(JsonObject json) {
        return read.apply(new Options(json));
    }

    /**
     * Reads the options from texts, such as those of the query {@code ?top=5&charset=digits}.
     *
     * @param texts the text of an option; null if it is absent
     * @return the options
     * @throws ink.neural.problem.ProblemException with {@link ink.neural.problem.Problem#BAD_OPTION} if an option has an
     *     invalid value
     */
    public O of(UnaryOperator<String> texts) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        for (String name : names) {
            String text = texts.apply(name);
            if (text != null) {
                json.add(name, strings.contains(name) ? JSON.createValue(text) : value(text));
            }
        }
        return of(json.build());
    }

    /** The number or truth value that a text stands for. Any other text is a string, which is no value of such an option. */
    private static JsonValue value(String text) {
        return switch (text) {
            case "true" -> JsonValue.TRUE;
            case "false" -> JsonValue.FALSE;
            default ->
                text.matches("[1-9]\\d{0,5}") ? JSON.createValue(Integer.parseInt(text)) : JSON.createValue(text);
        };
    }
}
