package ink.neural.http;

import ink.neural.Settings;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads JSON nobody vouches for: strict UTF-8, no name twice, no deep nesting, no endless numbers, not so many values or
 * so long strings that they would take many times the memory of their text.
 */
final class JsonBody {
    /** Found once: {@code Json.createParser} and its like look for it in all jars each time. */
    static final JsonProvider JSON = JsonProvider.provider();

    private static final int MAX_DEPTH = 8;
    /** Longer numbers than this take more time than their digits to become numbers. */
    private static final int MAX_DIGITS = 32;
    /** A value takes up to a hundred bytes, and two of its text. */
    private static final int MAX_VALUES = 1000 + 2 * Settings.number("neural.ink.max.batch", 256);

    private static final int MAX_STRING = Settings.number("neural.ink.max.body", 2 * 1024 * 1024);

    private JsonBody() {}

    /**
     * Reads a JSON object as it comes in: nothing holds all of its text at once.
     *
     * @param body UTF-8 text
     * @return the object
     * @throws Refused as {@link Problem#NOT_JSON} if it is anything else
     */
    static JsonObject parse(InputStream body) {
        InputStreamReader text = new InputStreamReader(new Watched(body), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.next() != Event.START_OBJECT) {
                throw notJson("The request must be a JSON object.");
            }
            JsonObject object = object(parser, 1);
            if (parser.hasNext()) {
                throw notJson("The request must be one JSON object.");
            }
            return object;
        } catch (NumberFormatException e) {
            throw notJson("A number is beyond all bounds.");
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            throw e.getCause() instanceof CharacterCodingException
                    ? notJson("The request is not text in UTF-8.")
                    : new Refused(Problem.NOT_JSON);
        }
    }

    private static JsonObject object(JsonParser parser, int depth) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        Set<String> names = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = parser.getString();
            if (!names.add(name)) {
                throw notJson("A name is in the same JSON object twice.");
            }
            object.add(name, value(parser, parser.next(), depth));
        }
        return object.build();
    }

    private static JsonValue value(JsonParser parser, Event event, int depth) {
        return switch (event) {
            case START_OBJECT, START_ARRAY -> {
                if (depth == MAX_DEPTH) {
                    throw notJson("The JSON is nested more than %d deep.".formatted(MAX_DEPTH));
                }
                yield event == Event.START_OBJECT ? object(parser, depth + 1) : array(parser, depth + 1);
            }
            case VALUE_NUMBER -> {
                if (parser.getString().length() > MAX_DIGITS) {
                    throw notJson("A number has more than %d digits.".formatted(MAX_DIGITS));
                }
                yield JSON.createValue(parser.getBigDecimal()); // now, not when somebody asks: 1e99999999999 has none
            }
            case VALUE_STRING -> JSON.createValue(parser.getString()); // getValue() would copy it for each who asks
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

    private static Refused notJson(String detail) {
        return new Refused(Problem.NOT_JSON, detail);
    }

    /** Counts before anything is made of the text: whatever is wrong with it otherwise, the parser finds. */
    private static final class Watched extends FilterInputStream {
        private int values;
        private int length = -1; // of the string, if within one
        private boolean escaped;

        Watched(InputStream body) {
            super(body);
        }

        @Override
        public int read(byte[] buffer, int offset, int wanted) throws IOException {
            int read = in.read(buffer, offset, wanted);
            for (int i = offset; i < offset + read; i++) {
                watch(buffer[i]);
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        private void watch(byte c) {
            if (length >= 0) {
                watchString(c);
            } else if (c == '"') {
                length = 0;
            } else if (c == ',' && ++values > MAX_VALUES) {
                throw notJson("The JSON has more than %d values.".formatted(MAX_VALUES));
            }
        }

        private void watchString(byte c) {
            if (c == '"' && !escaped) {
                length = -1;
            } else if (++length > MAX_STRING) {
                throw notJson("A string has more than %d bytes.".formatted(MAX_STRING));
            }
            escaped = c == '\\' && !escaped;
        }
    }
}
