package ink.neural.http;

import ink.neural.http.filter.Failure;
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

/** Turns every exception into a problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        ProblemException problem = problem(thrown);
        Outcome.record(request, problem.problem());
        return response(problem, thrown).build();
    }

    /** Our own problem matters more than the exception that JAX-RS puts around it. */
    private static ProblemException problem(Throwable thrown) {
        boolean isOurs = ProblemException.find(thrown).isPresent();
        for (Throwable cause = thrown; cause != null && !isOurs; cause = cause.getCause()) {
            if (cause instanceof WebApplicationException web
                    && web.getResponse().getStatus() < 500) {
                return Failure.ofStatus(web.getResponse().getStatus());
            }
        }
        return Failure.logged(thrown);
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
            case 401 -> response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Neural Ink\"");
            default -> response;
        };
    }
}
