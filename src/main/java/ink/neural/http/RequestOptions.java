package ink.neural.http;

import ink.neural.prediction.PredictionOptions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.function.Function;

/** Reads the options {@code top}, {@code charset}, {@code glyph}, {@code ink} and {@code legibility} of a request. */
final class RequestOptions {
    private RequestOptions() {}

    /**
     * Reads the options from the members of a JSON request.
     *
     * @throws ProblemException with {@link Problem#BAD_OPTION} if an option has an invalid value
     */
    static PredictionOptions of(JsonObject json) {
        return read(name -> {
            JsonValue value = json.get(name);
            if (name.equals("charset") && value != null) {
                return text(value);
            }
            return value == null ? null : value.toString(); // a string keeps its quotes, so "3" is no number
        });
    }

    /**
     * Reads the options from a query such as {@code ?top=5&charset=digits}.
     *
     * @throws ProblemException with {@link Problem#BAD_OPTION} if an option has an invalid value
     */
    static PredictionOptions of(MultivaluedMap<String, String> query) {
        return read(query::getFirst);
    }

    private static PredictionOptions read(Function<String, String> values) {
        PredictionOptions defaults = PredictionOptions.DEFAULT;
        String top = values.apply("top");
        String charset = values.apply("charset");
        return new PredictionOptions(
                top == null ? defaults.top() : top(top),
                charset == null ? defaults.charset() : charset,
                flag("glyph", values.apply("glyph")),
                flag("ink", values.apply("ink")),
                flag("legibility", values.apply("legibility")));
    }

    private static int top(String number) {
        if (!number.matches("[1-9]\\d{0,5}")) {
            throw invalid("top must be a whole number from 1 to the number of characters the model knows.");
        }
        return Integer.parseInt(number);
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw invalid("charset must be a string.");
    }

    private static boolean flag(String name, String value) {
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw invalid(name + " must be true or false.");
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.BAD_OPTION, detail);
    }
}
