package ink.neural.http.filter;

import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Gives each request an identifier, or keeps the client's, and records the request in the metrics and the access log. The
 * log is rate-limited for refused requests. It has the trace of a request that belongs to one. It never contains a drawing, or a character that could forge a line. A request
 * that waits for its body is recorded when it passes again.
 */
final class RequestLogFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger("ink.neural.access");
    private static final String ID_HEADER = "X-Request-Id";
    private static final Pattern SAFE_ID = Pattern.compile("[\\w.-]{1,64}");
    private static final Pattern UNSAFE = Pattern.compile("[^!-~]");
    private static final int MAX_LOGGED_PATH = 100;
    private static final int REFUSALS_PER_MINUTE = 600;

    private final transient LogRateLimiter refusals = new LogRateLimiter(REFUSALS_PER_MINUTE);
    private final transient Metrics metrics;

    RequestLogFilter(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        String id = id(request.getHeader(ID_HEADER));
        response.setHeader(ID_HEADER, id);
        metrics.requestStarted();
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } catch (IOException | ServletException | RuntimeException | Error thrown) {
            // ProblemFilter will answer so.
            Problem problem = Failure.of(thrown).problem();
            Outcome.record(request, problem);
            status = problem.status();
            throw thrown;
        } finally {
            if (request.isAsyncStarted()) {
                metrics.requestWaits();
            } else {
                record(idAndTrace(id, request), request, status, (System.nanoTime() - start) / 1e9);
            }
        }
    }

    private static String id(String requested) {
        return requested != null && SAFE_ID.matcher(requested).matches()
                ? requested
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static String idAndTrace(String id, HttpServletRequest request) {
        return TraceParent.traceId(Collections.list(request.getHeaders(TraceParent.HEADER)))
                .map(trace -> id + " trace=" + trace)
                .orElse(id);
    }

    private void record(String ids, HttpServletRequest request, int status, double seconds) {
        // One name for every unknown path: each value of a label costs memory.
        String path = Endpoint.of(request).map(Endpoint::path).orElse("other");
        metrics.requestEnded(path, Outcome.of(request, status), seconds);
        OptionalInt suppressed = status < 400 ? OptionalInt.of(0) : refusals.tryAcquire();
        suppressed.ifPresent(count -> LOG.info(() -> ids
                + " " + safe(request.getMethod())
                + " " + safe(request.getRequestURI())
                + " " + status
                + " " + Math.round(10_000 * seconds) / 10.0 + " ms"
                + (count == 0 ? "" : " (" + count + " refusals before it not logged)")));
    }

    private static String safe(String text) {
        return UNSAFE.matcher(text.substring(0, Math.min(MAX_LOGGED_PATH, text.length())))
                .replaceAll("?");
    }
}
