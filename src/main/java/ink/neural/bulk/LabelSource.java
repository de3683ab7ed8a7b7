package ink.neural.bulk;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the true characters come from. */
enum LabelSource {
    /** From the folder that a picture lies in: {@code R/1.png}. */
    FOLDER,
    /** From the start of its name: {@code R_1.png}. */
    NAME;

    /**
     * A character, or a character whose case is told in words, for systems that do not tell {@code r.png} from {@code R.png}.
     * Nothing, or something that is neither letter nor digit, must follow.
     */
    private static final Pattern LABEL =
            Pattern.compile("(?:(upper|lower|digit)-)?(.)(?:[^\\p{L}\\p{N}].*)?", Pattern.UNICODE_CHARACTER_CLASS);

    /** The character that the path of a picture tells, if it tells one. */
    Optional<String> label(String source) {
        String path = source.replaceFirst(".*!/", "");
        int slash = path.lastIndexOf('/');
        String name = this == NAME ? path.substring(slash + 1) : path.substring(0, Math.max(0, slash));
        Matcher label = LABEL.matcher(name.substring(name.lastIndexOf('/') + 1));
        return label.matches() ? Optional.of(inCase(label.group(1), label.group(2))) : Optional.empty();
    }

    private static String inCase(String name, String character) {
        return "upper".equals(name)
                ? character.toUpperCase(Locale.ROOT)
                : "lower".equals(name) ? character.toLowerCase(Locale.ROOT) : character;
    }
}
