package ink.neural.recognition;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The characters that a model knows.
 *
 * @param characters the character of each class, in the order of the network's outputs
 */
public record Labels(List<String> characters) {
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
     * The class of a character in EMNIST ByMerge, which merges both cases of 15 letters that look alike (Cohen et al. 2017).
     *
     * @param character a character
     * @return the upper case of such a letter, or else the character
     */
    public static String merged(String character) {
        return "cijklmopsuvwxyz".contains(character) ? character.toUpperCase(Locale.ROOT) : character;
    }

    /**
     * More characters.
     *
     * @param others characters, of which some may be known already
     * @return these characters, followed by the others in their order
     */
    Labels and(Stream<String> others) {
        return new Labels(Stream.concat(characters.stream(), others).distinct().toList());
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
     * @throws InvalidCharsetException if a listed character is unknown, the charset holds none of the model's characters,
     *     or it looks like a misspelt keyword
     */
    public int[] indices(String charset) {
        int[] indices = CharsetKeyword.of(charset)
                .map(keyword -> indices(keyword::contains))
                .orElseGet(() -> listed(charset));
        if (indices.length == 0) {
            throw InvalidCharsetException.empty();
        }
        return indices;
    }

    private int[] listed(String charset) {
        CharsetKeyword.meantBy(charset).ifPresent(keyword -> {
            throw InvalidCharsetException.misspelt(charset, keyword);
        });
        Set<Integer> known =
                characters.stream().map(label -> label.codePointAt(0)).collect(Collectors.toSet());
        int[] unknown =
                charset.codePoints().filter(c -> !known.contains(c)).distinct().toArray();
        if (unknown.length > 0) {
            throw InvalidCharsetException.unknown(unknown);
        }
        return indices(c -> charset.indexOf(c) >= 0);
    }

    private int[] indices(IntPredicate wanted) {
        return IntStream.range(0, size())
                .filter(i -> wanted.test(characters.get(i).codePointAt(0)))
                .toArray();
    }
}
