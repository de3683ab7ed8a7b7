package ink.neural.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Gives each request an identifier, or keeps the one it came with, and counts and writes a line when it is answered; of
 * refused ones only so many a minute. Nothing is written that a client could break a line with, and never a drawing.
 */
public class RequestLog extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger("ink.neural.access");
    private static final String ID = "X-Request-Id";
    private static final Pattern SAFE_ID = Pattern.compile("[\\w.-]{1,64}");
    private static final Pattern UNSAFE = Pattern.compile("[^!-~]");
    private static final int LONGEST_PATH = 100;
    private static final int REFUSALS_PER_MINUTE = 600;
    /** What is counted by its path; whatever is none of these goes by one name, for a label's every value costs memory. */
    private static final Set<String> PATHS =
            Set.of("/predict", "/predict/batch", "/api/model", "/api/metrics", "/api/health/live", "/api/health/ready");

    private final transient Quota refusals = new Quota(REFUSALS_PER_MINUTE);

    @Inject
    transient Metrics metrics;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long began = System.nanoTime();
        String id = id(request.getHeader(ID));
        response.setHeader(ID, id);
        metrics.begin();
        try {
            chain.doFilter(request, response);
        } finally {
            end(id, request, response, (System.nanoTime() - began) / 1e9);
        }
    }

    private static String id(String given) {
        return given != null && SAFE_ID.matcher(given).matches()
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private void end(String id, HttpServletRequest request, HttpServletResponse response, double seconds) {
        int status = response.getStatus();
        metrics.end(path(request), Problem.outcome(request, status), seconds);
        int missed = status < 400 ? 0 : refusals.take();
        if (missed >= 0) {
            String unwritten = missed == 0 ? "" : " (" + missed + " refusals before it not written)";
            LOG.info(() -> id + ' ' + safe(request.getMethod()) + ' ' + safe(request.getRequestURI()) + ' ' + status
                    + ' ' + Math.round(10_000 * seconds) / 10.0 + " ms" + unwritten);
        }
    }

    private static String path(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return PATHS.contains(plain) ? plain : "other";
    }

    private static String safe(String text) {
        return UNSAFE.matcher(text.substring(0, Math.min(LONGEST_PATH, text.length())))
                .replaceAll("?");
    }
}
