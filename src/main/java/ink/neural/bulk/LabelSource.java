package ink.neural.bulk;

import java.io.File;
import java.nio.file.Path;
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
        int name = source.lastIndexOf('/') + 1;
        Matcher label = LABEL.matcher(this == NAME ? source.substring(name) : folder(source.substring(0, name)));
        return label.matches() ? Optional.of(inCase(label.group(1), label.group(2))) : Optional.empty();
    }

    /** The name of the last folder of a path that ends in a slash, within the archive if the path leads into one. */
    private static String folder(String path) {
        int inArchive = path.lastIndexOf("!/");
        String folder = inArchive < 0
                ? Path.of(path).toAbsolutePath().normalize().toString().replace(File.separatorChar, '/')
                : path.substring(inArchive + 1, path.length() - 1);
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** What to do if no picture has a label. */
    String advice() {
        String where = this == NAME ? "Names must start with it: R_1.png" : "Folders must be named after it: R/1.png";
        return "No %s tells a character that the model knows. %s, or upper-%s for systems that do not tell r from R."
                .formatted(name().toLowerCase(Locale.ROOT), where, this == NAME ? "r_1.png" : "r/1.png");
    }

    private static String inCase(String name, String character) {
        return "upper".equals(name)
                ? character.toUpperCase(Locale.ROOT)
                : "lower".equals(name) ? character.toLowerCase(Locale.ROOT) : character;
    }
}
