package ink.neural.api;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses a JSON object (RFC 8259) from an untrusted client. The text is read once, and what has been read of it takes no more
 * memory than the text itself: JSON-P's parsers double a buffer until it holds the longest string.
 */
public final class StrictJson {
    /** Looked up once, because {@code Json.createValue} searches all jars each time. */
    static final JsonProvider JSON = JsonProvider.provider();

    private static final int END = -1;
    private static final int MAX_DEPTH = 8;
    /** The time to convert a number grows faster than its length. */
    private static final int MAX_DIGITS = 32;

    /** Members of the request that may be long lists. */
    private static final Set<String> LISTS = Set.of("words", "examples");
    /** The most values in these lists together. */
    static final int MAX_LISTED = 10_500;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final Charset encoding;
    private final Reader text;
    private final int maxValues;
    private final int maxString;
    private final char[] buffer = new char[1 << 13];
    private int position;
    private int end;
    private int values;
    private int listed;
    /** Whether the value that is being read is or belongs to one of the {@link #LISTS}. */
    private boolean inList;

    /**
     * A parser of one text.
     *
     * @param text in UTF-8, UTF-16 or UTF-32, with or without a byte-order mark
     * @param maxValues the most values but those in lists; a small value takes up to 100 bytes of memory for two bytes of text
     * @param maxString the most characters of a string
     */
    public StrictJson(InputStream text, int maxValues, int maxString) {
        PeekedStream peeked = PeekedStream.of(text, JsonEncoding.START_LENGTH);
        this.encoding = JsonEncoding.of(peeked.start());
        this.text = new InputStreamReader(peeked.whole(), encoding.newDecoder());
        this.maxValues = maxValues;
        this.maxString = maxString;
    }

    /**
     * Parses the whole text.
     *
     * @return the object
     * @throws ProblemException with {@link Problem#NOT_JSON} if the text is anything but one object within the limits
     */
    public JsonObject object() {
        int first = nextToken();
        if (first == JsonEncoding.BYTE_ORDER_MARK) {
            first = nextToken();
        }
        if (first != '{') {
            throw notJson("The request must be a JSON object.");
        }
        JsonObject object = object(1);
        if (nextToken() != END) {
            throw notJson("There is something after the JSON object.");
        }
        return object;
    }

    /** Reads an object, whose brace has been read. */
    private JsonObject object(int depth) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        Set<String> names = new HashSet<>();
        for (int token = nextToken(); token != '}'; token = nextInList('}')) {
            require(token == '"');
            String name = string().getString();
            if (!names.add(name)) {
                throw notJson("A JSON object contains a name twice.");
            }
            require(nextToken() == ':');
            inList = depth > 1 ? inList : LISTS.contains(name);
            object.add(name, value(nextToken(), depth));
        }
        return object.build();
    }

    private JsonArray array(int depth) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        for (int token = nextToken(); token != ']'; token = nextInList(']')) {
            array.add(value(token, depth));
        }
        return array.build();
    }

    /** Reads what follows an element: the end of the list, or a comma and the first character of the next element. */
    private int nextInList(char listEnd) {
        int token = nextToken();
        if (token == listEnd) {
            return listEnd;
        }
        require(token == ',');
        int first = nextToken();
        require(first != listEnd);
        return first;
    }

    /**
     * Reads a value.
     *
     * @param first its first character, which has been read
     * @param depth how deep the object or array is nested that the value belongs to
     */
    private JsonValue value(int first, int depth) {
        count();
        return switch (first) {
            case '"' -> string();
            case '{', '[' -> {
                if (depth == MAX_DEPTH) {
                    throw notJson("The JSON is nested more than %d levels deep.".formatted(MAX_DEPTH));
                }
                yield first == '{' ? object(depth + 1) : array(depth + 1);
            }
            case 't' -> literal("rue", JsonValue.TRUE);
            case 'f' -> literal("alse", JsonValue.FALSE);
            case 'n' -> literal("ull", JsonValue.NULL);
            default -> number(first);
        };
    }

    private void count() {
        if (inList && ++listed > MAX_LISTED) {
            throw notJson("A list has more than %d values.".formatted(MAX_LISTED));
        }
        if (!inList && ++values > maxValues) {
            throw notJson("The JSON has more than %d values.".formatted(maxValues));
        }
    }

    private JsonValue literal(String rest, JsonValue value) {
        for (int i = 0; i < rest.length(); i++) {
            require(next() == rest.charAt(i));
        }
        return value;
    }

    private JsonNumber number(int first) {
        StringBuilder digits = new StringBuilder();
        for (int c = first; "+-.eE0123456789".indexOf(c) >= 0; c = next()) {
            if (digits.length() == MAX_DIGITS) {
                throw notJson("A number has more than %d digits.".formatted(MAX_DIGITS));
            }
            digits.append((char) c);
        }
        require(NUMBER.matcher(digits).matches());
        position--; // the character after the number
        try {
            return JSON.createValue(new BigDecimal(digits.toString()));
        } catch (NumberFormatException e) {
            throw notJson("A number is out of range.");
        }
    }

    /** Reads a string, whose quote has been read. */
    private ChunkedString string() {
        ChunkedString.Builder string = new ChunkedString.Builder();
        for (int c = next(); c != '"'; c = next()) {
            if (c >= 0 && c < ' ') {
                throw notJson(
                        "A string has a line break, a tab or another control character. Write it as \\n or the like, or"
                                + " leave it out. base64 -w0 writes no line breaks.");
            }
            require(c >= 0);
            if (string.length() >= maxString) {
                throw notJson("A string has more than %d characters.".formatted(maxString));
            }
            string.append(c == '\\' ? escaped() : (char) c);
            int plain = plain(maxString - string.length());
            string.append(buffer, position, plain);
            position += plain;
        }
        return string.build();
    }

    /** How many characters in the buffer stand for themselves within a string, up to a limit. */
    private int plain(int limit) {
        int to = Math.min(end, position + limit);
        int at = position;
        while (at < to && buffer[at] >= ' ' && buffer[at] != '"' && buffer[at] != '\\') {
            at++;
        }
        return at - position;
    }

    private char escaped() {
        int c = next();
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = next();
                    require(HexFormat.isHexDigit(digit));
                    code = code << 4 | HexFormat.fromHexDigit(digit);
                }
                yield (char) code;
            }
            default -> throw new ProblemException(Problem.NOT_JSON);
        };
    }

    /** The next character that is no white space, or {@link #END}. */
    private int nextToken() {
        int c = next();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = next();
        }
        return c;
    }

    private int next() {
        if (position == end) {
            position = 0;
            end = fill();
        }
        return end == END ? END : buffer[position++];
    }

    private int fill() {
        try {
            return text.read(buffer);
        } catch (CharacterCodingException e) {
            throw notJson("The request is not valid %s.".formatted(encoding));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean isJson) {
        if (!isJson) {
            throw new ProblemException(Problem.NOT_JSON);
        }
    }

    private static ProblemException notJson(String detail) {
        return new ProblemException(Problem.NOT_JSON, detail);
    }
}
