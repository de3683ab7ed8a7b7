package ink.neural.http.filter;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers requests to unknown addresses, requests with a method that the address does not accept, and {@code OPTIONS}.
 * Servers and JAX-RS implementations differ in all three.
 */
final class AddressFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final List<String> PREDICTING = List.of("POST");

    /** The scripts of libraries. The server finds them in JAR files, which not every server lists. */
    private static final String LIBRARIES = "/webjars/";

    private final transient Set<String> files;

    /**
     * A filter that knows the page's files.
     *
     * @param context lists the files
     */
    AddressFilter(ServletContext context) {
        files = Stream.concat(Stream.of("", "/"), files(context, "/")).collect(Collectors.toUnmodifiableSet());
    }

    /** The files below a folder, whose path ends with a slash. */
    private static Stream<String> files(ServletContext context, String folder) {
        return Stream.ofNullable(context.getResourcePaths(folder))
                .flatMap(Collection::stream)
                .filter(path -> !path.startsWith("/WEB-INF/") && !path.startsWith("/META-INF/"))
                .flatMap(path -> path.endsWith("/") ? files(context, path) : Stream.of(path));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> methods = methods(request);
        if (methods.contains(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Allow", String.join(", ", methods) + ", OPTIONS");
        if (!request.getMethod().equals("OPTIONS")) {
            throw new ProblemException(Problem.METHOD_NOT_ALLOWED, "Use %s.".formatted(String.join(" or ", methods)));
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** The methods that the address of a request accepts besides {@code OPTIONS}. */
    private List<String> methods(HttpServletRequest request) {
        if (request.getRequestURI().equals("*")) {
            return List.of("GET", "HEAD", "POST");
        }
        String path = path(request);
        if (!Endpoint.isApi(request) && (files.contains(path) || path.startsWith(LIBRARIES))) {
            return READING;
        }
        return Endpoint.of(request)
                .map(endpoint -> endpoint.isPrediction() ? PREDICTING : READING)
                .orElseThrow(() -> Failure.ofStatus(404));
    }

    /** The path below the context root, decoded by the server. */
    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }
}
