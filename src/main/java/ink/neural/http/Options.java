package ink.neural.http;

import ink.neural.recognition.Labels;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * What an answer should hold beyond the three likeliest characters.
 *
 * @param top how many characters, at least 1
 * @param charset the characters that come into question, as {@link Labels#indices} takes them
 * @param glyph whether to show what the model saw
 * @param legibility whether to say how surely it is a character at all
 */
record Options(int top, String charset, boolean glyph, boolean legibility) {
    private static final String DEFAULT_TOP = "3";
    private static final String DEFAULT_CHARSET = "alphanumeric";

    /**
     * Reads the options of a JSON request.
     *
     * @throws Refused as {@link Problem#BAD_OPTION} if one has a value it cannot have
     */
    static Options of(JsonObject json) {
        return new Options(
                top(json.containsKey("top") ? integer(json.get("top")) : DEFAULT_TOP),
                json.containsKey("charset") ? text(json.get("charset")) : DEFAULT_CHARSET,
                flag("glyph", json.getOrDefault("glyph", JsonValue.FALSE).toString()),
                flag(
                        "legibility",
                        json.getOrDefault("legibility", JsonValue.FALSE).toString()));
    }

    /**
     * Reads the options of a request's address, {@code ?top=5&charset=digits}.
     *
     * @throws Refused as {@link Problem#BAD_OPTION} if one has a value it cannot have
     */
    static Options of(MultivaluedMap<String, String> query) {
        return new Options(
                top(first(query, "top", DEFAULT_TOP)),
                first(query, "charset", DEFAULT_CHARSET),
                flag("glyph", first(query, "glyph", "false")),
                flag("legibility", first(query, "legibility", "false")));
    }

    private static String first(MultivaluedMap<String, String> query, String name, String otherwise) {
        String value = query.getFirst(name);
        return value == null ? otherwise : value;
    }

    private static int top(String number) {
        if (!number.matches("[1-9]\\d{0,5}")) {
            throw bad("top must be a whole number from 1 to the number of characters the model knows.");
        }
        return Integer.parseInt(number);
    }

    private static String integer(JsonValue value) {
        return value instanceof JsonNumber number ? number.toString() : "";
    }

    private static String text(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.getString();
        }
        throw bad("charset must be a string.");
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(name + " must be true or false.");
        };
    }

    private static Refused bad(String detail) {
        return new Refused(Problem.BAD_OPTION, detail);
    }
}
