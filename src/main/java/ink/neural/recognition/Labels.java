package ink.neural.recognition;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The characters that a model knows.
 *
 * @param characters the character of each class, in the order of the network's outputs
 */
public record Labels(List<String> characters) {
    private static final Map<String, IntPredicate> KEYWORDS = Map.of(
            "digits", Labels::isDigit,
            "upper", Labels::isUpper,
            "lower", Labels::isLower,
            "letters", c -> isUpper(c) || isLower(c),
            "alphanumeric", c -> true);

    /**
     * Reads a label map.
     *
     * @param json UTF-8 text such as {@code {"0":"0",...,"61":"z"}}: class index to character
     * @return the characters by index
     * @throws InvalidModelException if the map has another form, lacks an index or contains a character twice
     */
    static Labels parse(byte[] json) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
            JsonObject map = reader.readObject();
            List<String> characters = IntStream.range(0, map.size())
                    .mapToObj(index -> map.getString(Integer.toString(index)))
                    .toList();
            if (characters.isEmpty() || new HashSet<>(characters).size() < characters.size()) {
                throw new InvalidModelException("the label map is empty or contains a character twice");
            }
            if (characters.stream().anyMatch(label -> label.codePointCount(0, label.length()) != 1)) {
                throw new InvalidModelException("each label in the label map must be one character");
            }
            return new Labels(characters);
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new InvalidModelException(
                    "the label map must be a JSON object from class indices, which start at 0, to characters", e);
        }
    }

    /**
     * The number of classes.
     *
     * @return at least 1
     */
    public int size() {
        return characters.size();
    }

    /**
     * All classes.
     *
     * @return the indices from 0 to {@code size() - 1}
     */
    public int[] all() {
        return IntStream.range(0, size()).toArray();
    }

    /**
     * The classes of a charset.
     *
     * @param charset {@code digits}, {@code upper}, {@code lower}, {@code letters}, {@code alphanumeric}, or the
     *     characters themselves
     * @return the distinct indices in ascending order
     * @throws UnknownCharactersException if a listed character is unknown, or the charset holds none of the model's characters
     */
    public int[] indices(String charset) {
        IntPredicate keyword = KEYWORDS.get(charset);
        String unknown = keyword != null
                ? ""
                : charset.codePoints()
                        .mapToObj(Character::toString)
                        .filter(c -> !characters.contains(c))
                        .distinct()
                        .collect(Collectors.joining());
        IntPredicate wanted = keyword != null ? keyword : c -> charset.indexOf(c) >= 0;
        int[] indices = IntStream.range(0, size())
                .filter(i -> wanted.test(characters.get(i).codePointAt(0)))
                .toArray();
        if (!unknown.isEmpty() || indices.length == 0) {
            throw new UnknownCharactersException(unknown);
        }
        return indices;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }
}
