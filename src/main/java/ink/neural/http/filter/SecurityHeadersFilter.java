package ink.neural.http.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Adds the security headers and the caching rule to every answer. */
final class SecurityHeadersFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    /** The script that may compile WebAssembly. It runs as a worker, which has a policy of its own. */
    private static final String WORKER = "/js/device/worker.js";

    private static final String POLICY = "Content-Security-Policy";
    private static final Map<String, String> HEADERS = Map.of(
            POLICY,
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
        if (request.getRequestURI().equals(request.getContextPath() + WORKER)) {
            response.setHeader(
                    POLICY, HEADERS.get(POLICY).replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
        }
        // Answers are never cached. Files may be, but the browser must check their ETag each time.
        response.setHeader("Cache-Control", isFile(request) ? "no-cache" : "no-store");
        chain.doFilter(request, response);
    }

    private static boolean isFile(HttpServletRequest request) {
        return Endpoint.of(request).map(Endpoint::isFile).orElse(!Endpoint.isApi(request));
    }
}
