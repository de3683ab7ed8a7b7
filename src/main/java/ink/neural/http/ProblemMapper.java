package ink.neural.http;

import ink.neural.http.filter.LogRateLimiter;
import ink.neural.http.filter.Outcome;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns every exception into a problem. Clients never see the text of an exception that is not ours. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());
    private static final String ACCEPTED_MEDIA_TYPES = "Send application/json or, to /predict, image/png, image/jpeg,"
            + " image/webp, image/gif, image/bmp or image/tiff.";
    private static final LogRateLimiter FAILURES = new LogRateLimiter(10);

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        ProblemException problem = problem(thrown);
        Outcome.record(request, problem.problem());
        if (problem.problem() == Problem.INTERNAL) {
            log(thrown);
        }
        return response(problem, thrown).build();
    }

    private static ProblemException problem(Throwable thrown) {
        return ProblemException.find(thrown)
                .or(() -> cause(thrown, WebApplicationException.class)
                        .map(web -> ofStatus(web.getResponse().getStatus())))
                .or(() -> cause(thrown, IOException.class)
                        .map(e -> new ProblemException(Problem.BAD_REQUEST, "The request ended early.")))
                .orElseGet(() -> new ProblemException(Problem.INTERNAL));
    }

    private static ProblemException ofStatus(int status) {
        Problem problem = problem(status);
        return problem == Problem.UNSUPPORTED_MEDIA_TYPE
                ? new ProblemException(problem, ACCEPTED_MEDIA_TYPES)
                : new ProblemException(problem);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 404 -> Problem.NOT_FOUND;
            case 405 -> Problem.METHOD_NOT_ALLOWED;
            case 406 -> Problem.NOT_ACCEPTABLE;
            case 413 -> Problem.BODY_TOO_LARGE;
            case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
            default -> status < 500 ? Problem.BAD_REQUEST : Problem.INTERNAL;
        };
    }

    private static ResponseBuilder response(ProblemException thrown, Throwable original) {
        Problem problem = thrown.problem();
        ResponseBuilder response = Response.status(problem.status(), problem.title())
                .type(Problem.MEDIA_TYPE)
                .entity(thrown.details());
        if (original instanceof NotAllowedException notAllowed) {
            response.header(HttpHeaders.ALLOW, notAllowed.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return switch (problem.status()) {
            case 503 -> response.header(HttpHeaders.RETRY_AFTER, Problem.RETRY_AFTER_SECONDS);
            case 401 -> response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            default -> response;
        };
    }

    private static void log(Throwable thrown) {
        FAILURES.tryAcquire()
                .ifPresent(suppressed -> LOG.log(
                        Level.SEVERE,
                        thrown,
                        () -> suppressed == 0
                                ? "A request failed"
                                : "A request failed. %d failures before it were not logged".formatted(suppressed)));
    }
}
