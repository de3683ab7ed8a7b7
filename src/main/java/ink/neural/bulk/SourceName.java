package ink.neural.bulk;

import java.io.File;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes the names of files and entries, so that each is one line of text that reads in its own order, and different names
 * stay different. A byte that is not UTF-8, and each byte of a backslash and of a {@link #CONTROL} character, becomes
 * {@code \x} and two digits.
 */
final class SourceName {
    /** Characters that break a line, or change how the text beside them looks: Unicode's Cc, Zl, Zp and Bidi_Control. */
    static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\x{61C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

    private static final Pattern CONTROL_OR_BACKSLASH = Pattern.compile(CONTROL + "|\\\\");
    private static final Pattern BACKSLASH_OR_NOT_ASCII = Pattern.compile("[^ -~]|\\\\");
    private static final HexFormat HEX = HexFormat.of().withPrefix("\\x").withUpperCase();
    private static final char UNKNOWN = '\uFFFD';

    private SourceName() {}

    /** A path, with {@code /} between its names on each system. */
    static String of(Path file) {
        String path = file.toString();
        return path.indexOf(UNKNOWN) < 0
                ? of(path.replace(File.separatorChar, '/'))
                : (file.isAbsolute() ? "/" : "")
                        + StreamSupport.stream(file.spliterator(), false)
                                .map(name -> of(bytes(name)))
                                .collect(Collectors.joining("/"));
    }

    /** The bytes of a name, some of which may be no text. Only the URI has them. */
    private static byte[] bytes(Path name) {
        String uri = name.toUri().getRawPath().replaceFirst("/$", ""); // a folder's ends in a slash
        String escaped = uri.substring(uri.lastIndexOf('/') + 1).replace("+", "%2B");
        return URLDecoder.decode(escaped, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A name in bytes. */
    static String of(byte[] name) {
        return isText(name)
                ? of(new String(name, StandardCharsets.UTF_8))
                : escaped(
                        BACKSLASH_OR_NOT_ASCII,
                        new String(name, StandardCharsets.ISO_8859_1),
                        StandardCharsets.ISO_8859_1);
    }

    /** Whether bytes are UTF-8. */
    static boolean isText(byte[] name) {
        return Arrays.equals(name, new String(name, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }

    /** A name that is text. */
    static String of(String name) {
        return escaped(CONTROL_OR_BACKSLASH, name, StandardCharsets.UTF_8);
    }

    private static String escaped(Pattern characters, String name, Charset bytes) {
        return characters
                .matcher(name)
                .replaceAll(found ->
                        Matcher.quoteReplacement(HEX.formatHex(found.group().getBytes(bytes))));
    }
}
