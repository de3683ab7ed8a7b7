package ink.neural.http.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media type or range, such as {@code text/html;q=0.8} (RFC 9110, sections 8.3.1 and 12.5.1).
 *
 * @param type in lower case, without parameters
 * @param quality how much the client wants it, from 0 to 1
 */
record MediaRange(String type, double quality) {
    private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]++";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
    /** Some clients omit the zero. */
    private static final String QUALITY = "q=(0?\\.[0-9]{1,3}|0\\.?|1(?:\\.0{0,3})?)(?![^\\s;,])";

    private static final String PARAMETER = "(?:" + QUALITY + "|(?!q=)" + TOKEN + "=(?:" + TOKEN + "|" + QUOTED + "))";
    private static final Pattern RANGE = Pattern.compile(
            "\\s*+(" + TOKEN + "/" + TOKEN + "|\\*)(?:\\s*+;\\s*+" + PARAMETER + "?+)*+\\s*+",
            Pattern.CASE_INSENSITIVE);

    /** Whether a text is one media type with parameters. */
    static boolean isMediaType(String text) {
        return text.indexOf('/') > 0 && RANGE.matcher(text).matches();
    }

    /**
     * Reads the value of {@code Accept}.
     *
     * @param accept ranges with commas between them; an empty text accepts everything
     * @throws IllegalArgumentException if it is anything else
     */
    static List<MediaRange> listOf(String accept) {
        List<MediaRange> ranges = new ArrayList<>();
        Matcher matcher = RANGE.matcher(accept);
        for (int at = 0; at < accept.length(); at++) {
            if (matcher.region(at, accept.length()).lookingAt()) {
                ranges.add(of(matcher));
                at = matcher.end();
            }
            if (at < accept.length() && ", \t".indexOf(accept.charAt(at)) < 0) {
                throw new IllegalArgumentException(accept);
            }
        }
        return ranges;
    }

    private static MediaRange of(Matcher matcher) {
        double quality = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
        return new MediaRange(matcher.group(1).toLowerCase(Locale.ROOT), quality);
    }

    /** Whether a client asks for a page rather than for JSON, as browsers do when a person opens an address. */
    static boolean prefersHtml(List<MediaRange> accepted) {
        double html = quality(accepted, "text/html");
        return html > 0
                && html >= quality(accepted, "application/problem+json", "application/json", "application/*", "*/*");
    }

    /** The quality of the first of some types that is listed, or 0. */
    private static double quality(List<MediaRange> accepted, String... types) {
        for (String type : types) {
            for (MediaRange range : accepted) {
                if (range.type.equals(type)) {
                    return range.quality;
                }
            }
        }
        return 0;
    }
}
