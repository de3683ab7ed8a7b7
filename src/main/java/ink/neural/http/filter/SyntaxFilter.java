package ink.neural.http.filter;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses requests that violate HTTP in a way that some servers let through, or that JAX-RS answers with an internal error.
 */
final class SyntaxFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Pattern MALFORMED_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        checkLength(request, response);
        checkQuery(request.getQueryString());
        checkContentType(request.getHeader("Content-Type"));
        checkAccept(ErrorAnswer.accept(request));
        chain.doFilter(request, response);
    }

    /** A proxy may have understood the length of such a request in another way, so its connection is not used again. */
    private static void checkLength(HttpServletRequest request, HttpServletResponse response) {
        List<String> lengths = Collections.list(request.getHeaders("Content-Length"));
        List<String> codings = Collections.list(request.getHeaders("Transfer-Encoding"));
        boolean isClear = lengths.isEmpty()
                ? codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))
                : codings.isEmpty()
                        && lengths.size() == 1
                        && LENGTH.matcher(lengths.get(0)).matches();
        if (!isClear) {
            response.setHeader("Connection", "close");
            throw new ProblemException(
                    Problem.BAD_REQUEST, "Send either one Content-Length or Transfer-Encoding: chunked.");
        }
    }

    private static void checkQuery(String query) {
        if (query != null && MALFORMED_PERCENT.matcher(query).find()) {
            throw new ProblemException(Problem.BAD_REQUEST, "Write the sign % as %25 in the query of the address.");
        }
    }

    private static void checkContentType(String type) {
        if (type != null && !type.isBlank() && !MediaRange.isMediaType(type)) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE, "The Content-Type is malformed. Send one such as image/png.");
        }
    }

    private static void checkAccept(String accept) {
        try {
            MediaRange.listOf(accept);
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(
                    Problem.BAD_REQUEST, "The header field Accept is malformed. Leave it out, or send Accept: */*.");
        }
    }
}
