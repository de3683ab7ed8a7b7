package ink.neural.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Lets pages of the configured origins call the API (CORS). */
final class CorsFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient Set<String> origins;

    /**
     * A filter for some origins.
     *
     * @param origins such as {@code https://a.example}; {@code *} allows all
     */
    CorsFilter(Set<String> origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        boolean allowed = origin != null && (origins.contains("*") || origins.contains(origin));
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Methods", "GET, POST");
            response.setHeader(
                    "Access-Control-Allow-Headers",
                    "Content-Type, Authorization, X-Request-Id, traceparent, tracestate");
            response.setHeader("Access-Control-Expose-Headers", "X-Request-Id, X-Model, Retry-After");
            response.setHeader("Access-Control-Max-Age", "600");
            response.addHeader("Vary", "Origin");
        }
        if (allowed && isPreflight(request)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }
}
