package ink.neural.http;

import ink.neural.config.Configuration;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads JSON from untrusted clients. It accepts strict UTF-8 only, and refuses duplicate names, deep nesting, long numbers,
 * many values and long strings. JSON-B would accept {@code "3"} for 3, {@code "yes"} for false, and duplicate names.
 */
@ApplicationScoped
public class JsonRequestReader {
    /** Looked up once, because {@code Json.createParser} searches all jars each time. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private static final int MAX_DEPTH = 8;
    /** The time to convert a number grows faster than its length. */
    private static final int MAX_DIGITS = 32;
    /** Values a request may have besides its images: options, and members that we ignore. */
    private static final int SPARE_VALUES = 1000;

    private int maxValues;
    private int maxString;

    /** For the container, which needs it to make a proxy. */
    protected JsonRequestReader() {}

    /**
     * A reader with the configured limits.
     *
     * @param configuration limits the images of a batch and the bytes of a body
     */
    @Inject
    public JsonRequestReader(Configuration configuration) {
        maxValues = SPARE_VALUES + 2 * configuration.maxBatch();
        maxString = configuration.maxBody();
    }

    /**
     * Reads a JSON object. The text is never in memory as a whole.
     *
     * @param body UTF-8 text
     * @return the object
     * @throws ProblemException with {@link Problem#NOT_JSON} if the text is anything else
     */
    public JsonObject read(InputStream body) {
        GuardedInputStream guarded = new GuardedInputStream(body, maxValues, maxString);
        InputStreamReader text = new InputStreamReader(guarded, StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.next() != Event.START_OBJECT) {
                throw notJson("The request must be a JSON object.");
            }
            JsonObject object = object(parser, 1);
            if (parser.hasNext()) {
                throw notJson("The request must be a single JSON object.");
            }
            return object;
        } catch (NumberFormatException e) {
            throw notJson("A number is out of range.");
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            throw e.getCause() instanceof CharacterCodingException
                    ? notJson("The request is not valid UTF-8.")
                    : new ProblemException(Problem.NOT_JSON);
        }
    }

    private static JsonObject object(JsonParser parser, int depth) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        Set<String> names = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            if (!names.add(name)) {
                throw notJson("A JSON object contains a name twice.");
            }
            object.add(name, value(parser, parser.next(), depth));
        }
        return object.build();
    }

    private static JsonValue value(JsonParser parser, Event event, int depth) {
        return switch (event) {
            case START_OBJECT, START_ARRAY -> {
                if (depth == MAX_DEPTH) {
                    throw notJson("The JSON is nested more than %d levels deep.".formatted(MAX_DEPTH));
                }
                yield event == Event.START_OBJECT ? object(parser, depth + 1) : array(parser, depth + 1);
            }
            case VALUE_NUMBER -> {
                if (parser.getString().length() > MAX_DIGITS) {
                    throw notJson("A number has more than %d digits.".formatted(MAX_DIGITS));
                }
                yield JSON.createValue(parser.getBigDecimal()); // converts now, and fails here for 1e99999999999
            }
            case VALUE_STRING ->
                JSON.createValue(parser.getString()); // getValue() would copy the string on each access
            default -> parser.getValue();
        };
    }

    private static JsonValue array(JsonParser parser, int depth) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            array.add(value(parser, event, depth));
        }
        return array.build();
    }

    private static ProblemException notJson(String detail) {
        return new ProblemException(Problem.NOT_JSON, detail);
    }
}
