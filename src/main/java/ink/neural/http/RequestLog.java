package ink.neural.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Gives each request an identifier, or keeps the one it came with, and writes a line when it is answered; of refused
 * ones only so many a minute. Nothing is written that a client could break a line with, and never a drawing.
 */
@Provider
@PreMatching
@Priority(0)
@ApplicationScoped
public class RequestLog implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Logger LOG = Logger.getLogger("ink.neural.access");
    private static final String ID = "X-Request-Id";
    private static final String BEGAN = "ink.neural.began";
    private static final Pattern SAFE_ID = Pattern.compile("[\\w.-]{1,64}");
    private static final int LONGEST_PATH = 100;
    private static final int REFUSALS_PER_MINUTE = 600;

    private final Quota refusals = new Quota(REFUSALS_PER_MINUTE);

    @Inject
    Metrics metrics;

    @Override
    public void filter(ContainerRequestContext request) {
        metrics.begin();
        String id = request.getHeaderString(ID);
        request.setProperty(ID, id != null && SAFE_ID.matcher(id).matches() ? id : newId());
        request.setProperty(BEGAN, System.nanoTime());
    }

    private static String newId() {
        return "%016x".formatted(ThreadLocalRandom.current().nextLong());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(BEGAN) instanceof Long began)) {
            return;
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        response.getHeaders().putSingle(ID, request.getProperty(ID));
        metrics.end(path(request), outcome(response), seconds);
        int missed = response.getStatus() < 400 ? 0 : refusals.take();
        if (missed >= 0) {
            LOG.info(() -> line(request, response, seconds, missed));
        }
    }

    /** The path as a label; whatever is none of ours goes by one name, for a label's every value costs memory. */
    private static String path(ContainerRequestContext request) {
        boolean ours = !request.getUriInfo().getMatchedURIs().isEmpty();
        return ours ? request.getUriInfo().getRequestUri().getPath().replaceFirst("/$", "") : "other";
    }

    private static String outcome(ContainerResponseContext response) {
        int status = response.getStatus();
        return Problem.of(response.getEntity())
                .map(Problem::slug)
                .orElseGet(() -> status < 400 ? "ok" : Integer.toString(status));
    }

    private static String line(
            ContainerRequestContext request, ContainerResponseContext response, double seconds, int missed) {
        String path = request.getUriInfo().getRequestUri().getRawPath();
        return "%s %s %s %d %.1f ms%s"
                .formatted(
                        request.getProperty(ID),
                        safe(request.getMethod()),
                        safe(path),
                        response.getStatus(),
                        1000 * seconds,
                        missed == 0 ? "" : " (%d refusals before it not written)".formatted(missed));
    }

    private static String safe(String text) {
        return text.substring(0, Math.min(LONGEST_PATH, text.length())).replaceAll("[^!-~]", "?");
    }
}
