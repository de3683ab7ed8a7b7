package ink.neural.http.filter;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client says about compressed answers (RFC 9110, section 12.5.3). */
final class AcceptEncoding {
    private static final Pattern CODING = Pattern.compile(
            "\\s*([\\w!#$%&'*+.^`|~-]+)\\s*(?:;\\s*q=([01](?:\\.\\d{0,3})?)\\s*)?", Pattern.CASE_INSENSITIVE);

    private AcceptEncoding() {}

    /**
     * Whether a client accepts gzip, and does not prefer an uncompressed answer. Of a malformed list, the parts that can be
     * read count.
     *
     * @param accepted codings with commas between them; an empty text accepts none
     */
    static boolean prefersGzip(String accepted) {
        Map<String, Double> qualities = qualities(accepted);
        double gzip = qualities.getOrDefault("gzip", qualities.getOrDefault("*", 0.0));
        return gzip > 0 && gzip >= qualities.getOrDefault("identity", 0.0);
    }

    /** How much the client wants each coding that it lists, from 0 to 1. */
    private static Map<String, Double> qualities(String accepted) {
        Map<String, Double> qualities = new HashMap<>();
        for (String item : accepted.split(",")) {
            Matcher coding = CODING.matcher(item);
            if (coding.matches()) {
                String name = coding.group(1).toLowerCase(Locale.ROOT).replace("x-gzip", "gzip");
                qualities.put(name, coding.group(2) == null ? 1 : Double.parseDouble(coding.group(2)));
            }
        }
        return qualities;
    }
}
