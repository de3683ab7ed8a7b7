package ink.neural.http;

import ink.neural.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of other origins ask, if {@code neural.ink.cors.origins} names them: {@code https://a.example,
 * https://b.example}, or {@code *} for all. None may unless it is set.
 */
public class Cors extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final String ASKED_METHOD = "Access-Control-Request-Method";

    private final transient Set<String> origins = Set.copyOf(
            List.of(Settings.text("neural.ink.cors.origins").orElse("").split("[,\\s]+")));

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        boolean isAllowed = origin != null && (origins.contains("*") || origins.contains(origin));
        if (isAllowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Methods", "GET, POST");
            response.setHeader("Access-Control-Allow-Headers", "Content-Type, Authorization, X-Request-Id");
            response.setHeader("Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
            response.setHeader("Access-Control-Max-Age", "600");
            response.addHeader("Vary", "Origin");
        }
        if (isAllowed && request.getMethod().equals("OPTIONS") && request.getHeader(ASKED_METHOD) != null) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, response);
        }
    }
}
