package ink.neural.http;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form with a file, {@code multipart/form-data} (RFC 7578), as browsers send it. The servers' own parsers write files and
 * have limits of their own.
 */
final class MultipartForm {
    /** The options, a file, and fields that we ignore. */
    private static final int MAX_PARTS = 100;

    private static final int MAX_HEADERS = 2048;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final Pattern DISPOSITION =
            Pattern.compile("^content-disposition:\\s*form-data\\b(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    /** A parameter of a header. Its value may be in quotes. */
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([\\w*-]+)=(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^;\\s]*))");

    private final byte[] body;
    private final List<Part> parts = new ArrayList<>();

    /** A field or a file of the form, and where its content is in the body. */
    private record Part(String name, boolean isFile, int from, int to) {
        boolean isEmpty() {
            return from == to;
        }
    }

    /**
     * Parses a form.
     *
     * @param contentType the header {@code Content-Type}, which has the boundary
     * @throws ProblemException if the body is not a form
     */
    MultipartForm(String contentType, byte[] body) {
        this.body = body;
        String boundary = parameters(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw malformed("The Content-Type of a form needs the boundary of its parts. Let the HTTP library set it.");
        }
        byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        parse(delimiter);
    }

    private void parse(byte[] delimiter) {
        boolean startsWithDelimiter = isAt(0, Arrays.copyOfRange(delimiter, LINE_END.length, delimiter.length));
        int at = startsWithDelimiter ? delimiter.length - LINE_END.length : afterNext(delimiter, 0);
        while (!isAt(at, new byte[] {'-', '-'})) {
            if (parts.size() == MAX_PARTS) {
                throw malformed("A form may have at most %d parts.".formatted(MAX_PARTS));
            }
            int next = afterNext(delimiter, at);
            parts.add(part(at, next - delimiter.length));
            at = next;
        }
    }

    /** The part between two delimiters: header lines, an empty line, and the content. */
    private Part part(int from, int to) {
        int content = indexOf(HEADERS_END, from, Math.min(to, from + MAX_HEADERS));
        if (content < 0) {
            throw malformed("A part of the form has no headers, or more than %d bytes of them.".formatted(MAX_HEADERS));
        }
        Matcher disposition = DISPOSITION.matcher(text(from, content));
        Map<String, String> parameters = disposition.find() ? parameters(disposition.group(1)) : Map.of();
        boolean isFile = parameters.containsKey("filename") || parameters.containsKey("filename*");
        return new Part(parameters.getOrDefault("name", ""), isFile, content + HEADERS_END.length, to);
    }

    private static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(header);
        while (parameter.find()) {
            String value = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    /**
     * The file of the form. Its field may have any name.
     *
     * @throws ProblemException if there is none or more than one
     */
    byte[] file() {
        List<Part> files =
                parts.stream().filter(part -> part.isFile() && !part.isEmpty()).toList();
        if (files.isEmpty()) {
            throw new ProblemException(
                    Problem.NO_IMAGE, "The form has no file. Send the drawing as a file in the form.");
        }
        if (files.size() > 1) {
            throw malformed("The form has several files. Send one, or many as JSON to /predict/batch.");
        }
        return Arrays.copyOfRange(body, files.get(0).from(), files.get(0).to());
    }

    /** The text of a field; null if there is no such field or it was left empty. */
    String text(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name) && !part.isFile() && !part.isEmpty())
                .map(part -> text(part.from(), part.to()))
                .findFirst()
                .orElse(null);
    }

    private String text(int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    private int afterNext(byte[] delimiter, int from) {
        int found = indexOf(delimiter, from, body.length);
        if (found < 0) {
            throw malformed("The form is cut off, or its boundary differs from the one in the Content-Type.");
        }
        return found + delimiter.length;
    }

    /** Where a pattern begins in a range of the body. It starts with the only line end in it, so the search is linear. */
    private int indexOf(byte[] pattern, int from, int to) {
        for (int i = from; i <= to - pattern.length; i++) {
            if (body[i] == pattern[0] && isAt(i, pattern)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAt(int position, byte[] pattern) {
        int end = position + pattern.length;
        return end <= body.length && Arrays.equals(body, position, end, pattern, 0, pattern.length);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.BAD_REQUEST, detail);
    }
}
