package ink.neural.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Tells browsers, with every answer, to load nothing from elsewhere, to guess no types and to be framed by nobody. */
public class SecurityHeaders extends HttpFilter {
    private static final long serialVersionUID = 1;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
                    + "manifest-src 'self'; worker-src 'self'; font-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HEADERS.forEach(response::setHeader);
        boolean dynamic = isDynamic(request.getServletPath());
        response.setHeader("Cache-Control", dynamic ? "no-store" : "no-cache");
        if (request.getMethod().equals("TRACE") && !dynamic) {
            response.setHeader("Allow", "GET, HEAD");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Answers are for once; files may be kept, but asked for by their tag each time. */
    private static boolean isDynamic(String path) {
        return (path + "/").startsWith("/predict/") || (path + "/").startsWith("/api/");
    }
}
