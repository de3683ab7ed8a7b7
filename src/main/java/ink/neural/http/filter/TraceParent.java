package ink.neural.http.filter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header field with which tracing systems tell which trace a request belongs to (<a
 * href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a>). This server is the end of each
 * trace: it calls no other.
 */
final class TraceParent {
    static final String HEADER = "traceparent";

    /** Version, trace, parent and flags. A version above 00 may have more. Neither ID may be zero. */
    private static final Pattern FORMAT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private TraceParent() {}

    /**
     * The trace of a request.
     *
     * @param values the values of all such header fields; there should be one
     * @return 32 hexadecimal digits; nothing if there is not exactly one field, or it is malformed
     */
    static Optional<String> traceId(List<String> values) {
        return values.size() == 1 ? traceId(values.get(0)) : Optional.empty();
    }

    private static Optional<String> traceId(String value) {
        Matcher field = FORMAT.matcher(value);
        boolean isValid =
                field.matches() && (field.group(3) == null || !field.group(1).equals("00"));
        return isValid ? Optional.of(field.group(2)) : Optional.empty();
    }
}
