package ink.neural.api;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The options of a request, by name. An option that is null is absent.
 *
 * @param json the members of the request
 */
public record Options(JsonObject json) {
    private static final int MAX_COORDINATE = 1_000_000;

    /** Whether an option that is true or false is true. It is false if it is absent. */
    boolean flag(String name) {
        JsonValue value = json.get(name);
        if (isAbsent(value) || value == JsonValue.FALSE) {
            return false;
        }
        if (value == JsonValue.TRUE) {
            return true;
        }
        throw invalid(name + " must be true or false.");
    }

    /** A whole number, which may be written as 1.0 or 1e0; 0 if the option is something else. */
    OptionalInt wholeNumber(String name) {
        JsonValue value = json.get(name);
        if (isAbsent(value)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(value instanceof JsonNumber number ? number.intValueExact() : 0);
        } catch (ArithmeticException e) {
            return OptionalInt.of(0);
        }
    }

    /** A string of at most so many characters. */
    Optional<String> text(String name, int maxLength) {
        JsonValue value = json.get(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!(value instanceof JsonString string)) {
            throw invalid(name + " must be a string.");
        }
        if (string.getString().length() > maxLength) {
            throw invalid("%s may have at most %d characters.".formatted(name, maxLength));
        }
        return Optional.of(string.getString());
    }

    /** An array of strings. */
    Optional<List<String>> texts(String name) {
        JsonValue value = json.get(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(JsonString.class::isInstance)) {
            throw invalid(name + " must be an array of strings. It can be sent in JSON only.");
        }
        return Optional.of(array.getValuesAs(JsonString::getString));
    }

    /** The members of an option that is an object. */
    Optional<Options> object(String name) {
        JsonValue value = json.get(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject object)) {
            throw invalid(name + " must be an object. It can be sent in JSON only.");
        }
        return Optional.of(new Options(object));
    }

    /** The members of each of an option's objects; no objects if it is absent. */
    List<Options> objects(String name) {
        JsonValue value = json.get(name);
        if (isAbsent(value)) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || !array.stream().allMatch(JsonObject.class::isInstance)) {
            throw invalid(name + " must be an array of objects. It can be sent in JSON only.");
        }
        return array.getValuesAs(Options::new);
    }

    /** A row or column of a picture, which may lie outside it. */
    OptionalDouble coordinate(String name) {
        JsonValue value = json.get(name);
        if (isAbsent(value)) {
            return OptionalDouble.empty();
        }
        double coordinate = value instanceof JsonNumber number ? number.doubleValue() : Double.NaN;
        if (!(Math.abs(coordinate) <= MAX_COORDINATE)) {
            throw invalid("%s must be a number of pixels, at most %d.".formatted(name, MAX_COORDINATE));
        }
        return OptionalDouble.of(coordinate);
    }

    private static boolean isAbsent(JsonValue value) {
        return value == null || value == JsonValue.NULL;
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(Problem.BAD_OPTION, detail);
    }
}
