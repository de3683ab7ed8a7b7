package ink.neural.recognition;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** The words that name a charset. Other words look like one of them, which helps those who mistype a keyword. */
enum CharsetKeyword {
    DIGITS(CharsetKeyword::isDigit, "digit", "number", "numbers", "numeric"),
    UPPER(CharsetKeyword::isUpper, "caps", "capitals", "uppercase"),
    LOWER(CharsetKeyword::isLower, "lowercase"),
    LETTERS(c -> isUpper(c) || isLower(c), "letter", "alpha", "alphabet"),
    ALPHANUMERIC(c -> true, "alnum", "any", "all");

    /** Shorter words are too easily a list of characters. */
    private static final int MIN_MISSPELT = 5;

    private final IntPredicate characters;
    private final Set<String> synonyms;

    CharsetKeyword(IntPredicate characters, String... synonyms) {
        this.characters = characters;
        this.synonyms = Set.of(synonyms);
    }

    /** The keyword of exactly this spelling. */
    static Optional<CharsetKeyword> of(String charset) {
        return Stream.of(values())
                .filter(keyword -> keyword.word().equals(charset))
                .findFirst();
    }

    /**
     * The keyword that was probably meant: whatever its case, by a synonym, or with one character too many, too few or wrong.
     */
    static Optional<CharsetKeyword> meantBy(String charset) {
        String word = charset.strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(keyword -> keyword.words().anyMatch(word::equals))
                .findFirst()
                .or(() -> Stream.of(values())
                        .filter(keyword -> keyword.words()
                                .filter(known -> known.length() >= MIN_MISSPELT)
                                .anyMatch(known -> isWithinOneEdit(word, known)))
                        .findFirst());
    }

    /** The keyword as it is written. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean contains(int character) {
        return characters.test(character);
    }

    private Stream<String> words() {
        return Stream.concat(Stream.of(word()), synonyms.stream());
    }

    /** Whether inserting, deleting or replacing one character at most makes the words equal. */
    private static boolean isWithinOneEdit(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        int shorter = Math.min(a.length(), b.length());
        int prefix = 0;
        while (prefix < shorter && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix && a.charAt(a.length() - 1 - suffix) == b.charAt(b.length() - 1 - suffix)) {
            suffix++;
        }
        return prefix + suffix >= longer - 1;
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
