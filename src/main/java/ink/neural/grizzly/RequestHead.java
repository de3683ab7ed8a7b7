package ink.neural.grizzly;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules for a request line and header fields that Grizzly does not check.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112: HTTP/1.1</a>
 */
final class RequestHead {
    /** No status: the head is well formed. */
    static final int ACCEPTED = 0;

    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int URI_TOO_LONG = 414;
    private static final int HEADER_FIELDS_TOO_LARGE = 431;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int VERSION_NOT_SUPPORTED = 505;

    private static final Pattern LINE_END = Pattern.compile("\r\n");
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    /** The percent signs of the query are left to the application, which says what is wrong with them. */
    private static final Pattern REQUEST_LINE = Pattern.compile(
            TOKEN + " (?:[^\\x00-\\x20\\x7f%?]|%[0-9A-Fa-f]{2})++(?:\\?[^\\x00-\\x20\\x7f]*)? (HTTP/[0-9]\\.[0-9])");

    private static final Pattern OTHER_VERSION =
            Pattern.compile(".* HTTP/(?!1\\.[01]$)[0-9]+(?:\\.[0-9]+)?|[^ ]* [^ ]*");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):([^\\x00-\\x08\\x0a-\\x1f\\x7f]*)");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern LARGE_LENGTH = Pattern.compile("[0-9]{19,}");
    private static final Pattern LARGE_LENGTH_FIELD =
            Pattern.compile("(?im)^content-length:[ \t]*[0-9]{19,}[ \t]*\r?$");

    private record Field(String name, String value) {}

    private RequestHead() {}

    /** The status of the answer to a head that Grizzly has read, or {@link #ACCEPTED}. */
    static int refusal(String head) {
        List<String> lines = List.of(LINE_END.split(head));
        if (!REQUEST_LINE.matcher(lines.get(0)).matches()) {
            return OTHER_VERSION.matcher(lines.get(0)).matches() ? VERSION_NOT_SUPPORTED : BAD_REQUEST;
        }
        if (!lines.get(0).endsWith("HTTP/1.1") && !lines.get(0).endsWith("HTTP/1.0")) {
            return VERSION_NOT_SUPPORTED;
        }
        if (lines.get(0).startsWith("CONNECT ")) {
            return METHOD_NOT_ALLOWED;
        }
        List<Matcher> matchers = lines.stream().skip(1).map(FIELD::matcher).toList();
        if (!matchers.stream().allMatch(Matcher::matches)) {
            return BAD_REQUEST;
        }
        List<Field> fields = matchers.stream()
                .map(field -> new Field(
                        field.group(1).toLowerCase(Locale.ROOT), field.group(2).strip()))
                .toList();
        return isHostClear(fields, lines.get(0).endsWith("1.1")) ? refusalOfLength(fields) : BAD_REQUEST;
    }

    private static boolean isHostClear(List<Field> fields, boolean isRequired) {
        List<String> hosts = values(fields, "host").toList();
        return hosts.size() == 1 ? HOST.matcher(hosts.get(0)).matches() : hosts.isEmpty() && !isRequired;
    }

    /** A proxy in front could understand an ambiguous length in another way, and take part of the body for a request. */
    private static int refusalOfLength(List<Field> fields) {
        List<String> codings = values(fields, "transfer-encoding").toList();
        List<String> lengths = values(fields, "content-length").toList();
        if (codings.isEmpty() && lengths.isEmpty()) {
            return ACCEPTED;
        }
        if (codings.size() + lengths.size() > 1) {
            return BAD_REQUEST;
        }
        if (codings.isEmpty()) {
            String length = lengths.get(0);
            return LENGTH.matcher(length).matches()
                    ? ACCEPTED
                    : LARGE_LENGTH.matcher(length).matches() ? CONTENT_TOO_LARGE : BAD_REQUEST;
        }
        return codings.get(0).equalsIgnoreCase("chunked") ? ACCEPTED : NOT_IMPLEMENTED;
    }

    private static Stream<String> values(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.name.equals(name)).map(Field::value);
    }

    /**
     * The status of the answer to a head that Grizzly cannot read.
     *
     * @param start the head, or as much of it as has arrived
     */
    static int refusalOfUnreadable(String start, int maxBytes, int maxFields) {
        if (start.length() >= maxBytes) {
            return start.indexOf('\n') < 0 || start.indexOf('\n') >= maxBytes ? URI_TOO_LONG : HEADER_FIELDS_TOO_LARGE;
        }
        if (start.lines().count() > maxFields) {
            return HEADER_FIELDS_TOO_LARGE;
        }
        return LARGE_LENGTH_FIELD.matcher(start).find() ? CONTENT_TOO_LARGE : BAD_REQUEST;
    }
}
