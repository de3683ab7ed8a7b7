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
 * The characters a model tells apart.
 *
 * @param characters one for each class, in the order of the model's output
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
     * @return its characters by index
     * @throws UnusableModel if it is not of this form, or an index is missing, or a character is there twice
     */
    static Labels parse(byte[] json) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
            JsonObject map = reader.readObject();
            List<String> characters = IntStream.range(0, map.size())
                    .mapToObj(index -> map.getString(Integer.toString(index)))
                    .toList();
            if (characters.isEmpty() || new HashSet<>(characters).size() < characters.size()) {
                throw new UnusableModel("the label map has no characters, or one of them twice");
            }
            return new Labels(characters);
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new UnusableModel("the label map is not a JSON object of class indices from 0 and characters", e);
        }
    }

    /**
     * How many classes there are.
     *
     * @return number of characters
     */
    public int size() {
        return characters.size();
    }

    /**
     * The classes of all characters.
     *
     * @return every index
     */
    public int[] all() {
        return IntStream.range(0, size()).toArray();
    }

    /**
     * The classes of a set of characters.
     *
     * @param charset {@code digits}, {@code upper}, {@code lower}, {@code letters}, {@code alphanumeric}, or the
     *     characters themselves
     * @return their indices in ascending order, none twice
     * @throws UnknownCharacters if the model knows one of them, or all of a keyword's, not
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
            throw new UnknownCharacters(unknown);
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
