package ink.neural.http;

import static ink.neural.http.StrictJson.JSON;

import ink.neural.prediction.PredictionOptions;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads the options {@code top}, {@code charset}, {@code glyph}, {@code ink} and {@code legibility} of a request. An option
 * that is absent or null has its default.
 */
final class RequestOptions {
    private static final List<String> NAMES = List.of("top", "charset", "glyph", "ink", "legibility");
    /** The most characters of a charset. Alphabets are smaller. */
    private static final int MAX_CHARSET = 500;

    private RequestOptions() {}

    /**
     * Reads the options from the members of a JSON request.
     *
     * @throws ProblemException with {@link Problem#BAD_OPTION} if an option has an invalid value
     */
    static PredictionOptions of(JsonObject json) {
        return new PredictionOptions(
                top(json.get("top")),
                charset(json.get("charset")),
                flag("glyph", json.get("glyph")),
                flag("ink", json.get("ink")),
                flag("legibility", json.get("legibility")));
    }

    /**
     * Reads the options from texts, such as those of the query {@code ?top=5&charset=digits}.
     *
     * @param texts the text of an option; null if it is absent
     * @throws ProblemException with {@link Problem#BAD_OPTION} if an option has an invalid value
     */
    static PredictionOptions of(UnaryOperator<String> texts) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        for (String name : NAMES) {
            String text = texts.apply(name);
            if (text != null) {
                json.add(name, name.equals("charset") ? JSON.createValue(text) : value(text));
            }
        }
        return of(json.build());
    }

    /** The number or truth value that a text stands for. Any other text is a string, which is no value of these options. */
    private static JsonValue value(String text) {
        return switch (text) {
            case "true" -> JsonValue.TRUE;
            case "false" -> JsonValue.FALSE;
            default ->
                text.matches("[1-9]\\d{0,5}") ? JSON.createValue(Integer.parseInt(text)) : JSON.createValue(text);
        };
    }

    private static int top(JsonValue value) {
        if (isAbsent(value)) {
            return PredictionOptions.DEFAULT.top();
        }
        int top = value instanceof JsonNumber number ? wholeNumber(number) : 0;
        if (top < 1) {
            throw invalid("top must be a whole number from 1 to the number of characters the model knows.");
        }
        return top;
    }

    /** A whole number, which may be written as 1.0 or 1e0; 0 if it is none. */
    private static int wholeNumber(JsonNumber number) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException e) {
            return 0;
        }
    }

    private static String charset(JsonValue value) {
        if (isAbsent(value)) {
            return PredictionOptions.DEFAULT.charset();
        }
        if (!(value instanceof JsonString string)) {
            throw invalid("charset must be a string.");
        }
        String charset = string.getString();
        if (charset.length() > MAX_CHARSET) {
            throw invalid("charset may have at most %d characters.".formatted(MAX_CHARSET));
        }
        return charset;
    }

    private static boolean flag(String name, JsonValue value) {
        if (isAbsent(value) || value == JsonValue.FALSE) {
            return false;
        }
        if (value == JsonValue.TRUE) {
            return true;
        }
        throw invalid(name + " must be true or false.");
    }

    private static boolean isAbsent(JsonValue value) {
        return value == null || value == JsonValue.NULL;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.BAD_OPTION, detail);
    }
}
