package ink.neural.http;

import ink.neural.drawing.UnreadableDrawing;
import ink.neural.glyph.NothingDrawn;
import ink.neural.recognition.NotReady;
import ink.neural.recognition.UnknownCharacters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns whatever was thrown into a problem. Nothing of an exception we did not word ourselves reaches the client. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());
    private static final Quota FAILURES = new Quota(10);

    @Context
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        Refused refusal = refusal(thrown);
        refusal.problem().note(request);
        return respond(refusal, thrown).build();
    }

    private static Response.ResponseBuilder respond(Refused refusal, Throwable thrown) {
        Response.ResponseBuilder response = refusal.problem().toResponse(refusal.getMessage());
        if (refusal.problem() == Problem.INTERNAL) {
            log(thrown);
        }
        return thrown instanceof NotAllowedException notAllowed
                ? response.header(HttpHeaders.ALLOW, notAllowed.getResponse().getHeaderString(HttpHeaders.ALLOW))
                : response;
    }

    private static void log(Throwable thrown) {
        int missed = FAILURES.take();
        if (missed >= 0) {
            LOG.log(Level.SEVERE, thrown, () -> "A request failed, and %d more in the last minute".formatted(missed));
        }
    }

    /**
     * Finds what is wrong along the chain of causes: servers wrap what is thrown while a body is read.
     *
     * @param thrown anything
     * @return the problem it stands for
     */
    static Refused refusal(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused;
            }
            if (cause instanceof UnreadableDrawing unreadable) {
                return new Refused(problem(unreadable.reason()), unreadable.getMessage());
            }
            if (cause instanceof NothingDrawn) {
                return new Refused(Problem.NOTHING_DRAWN);
            }
            if (cause instanceof UnknownCharacters unknown) {
                return new Refused(Problem.BAD_OPTION, detail(unknown));
            }
            if (cause instanceof NotReady) {
                return new Refused(Problem.NOT_READY);
            }
            if (cause instanceof WebApplicationException web) {
                return new Refused(problem(web.getResponse().getStatus()));
            }
            if (cause instanceof IOException) {
                return new Refused(Problem.BAD_REQUEST, "The request broke off before its end.");
            }
        }
        return new Refused(Problem.INTERNAL);
    }

    private static Problem problem(UnreadableDrawing.Reason reason) {
        return switch (reason) {
            case NOT_A_DATA_URL -> Problem.NOT_A_DATA_URL;
            case NOT_BASE64 -> Problem.NOT_BASE64;
            case NOT_AN_IMAGE -> Problem.NOT_AN_IMAGE;
            case TOO_MANY_PIXELS -> Problem.TOO_MANY_PIXELS;
        };
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

    private static String detail(UnknownCharacters unknown) {
        return unknown.characters().isEmpty()
                ? "charset has none of the model's characters."
                : "charset has characters that the model does not know: " + unknown.characters();
    }
}
