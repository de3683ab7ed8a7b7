package ink.neural.http.filter;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Answers requests to unknown addresses, requests with a method that the address does not accept, and {@code OPTIONS}.
 * Servers and JAX-RS implementations differ in all three.
 */
final class AddressFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final List<String> POSTING = List.of("POST");

    private final transient StaticFiles files;
    private final boolean canReload;

    /**
     * A filter for the page's files and the API.
     *
     * @param files the page's files
     * @param canReload whether {@link Endpoint#RELOAD} exists
     */
    AddressFilter(StaticFiles files, boolean canReload) {
        this.files = files;
        this.canReload = canReload;
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
        if (!Endpoint.isApi(request)
                && (isContextRoot(request) || files.requestedBy(request).isPresent())) {
            return READING;
        }
        return Endpoint.of(request)
                .filter(endpoint -> canReload || endpoint != Endpoint.RELOAD)
                .map(endpoint -> endpoint.isPrediction() || endpoint == Endpoint.RELOAD ? POSTING : READING)
                .orElseThrow(() -> Failure.ofStatus(404));
    }

    /** Whether the slash after the context root is missing. The server redirects to the address with it. */
    private static boolean isContextRoot(HttpServletRequest request) {
        return request.getRequestURI().equals(request.getContextPath());
    }
}
