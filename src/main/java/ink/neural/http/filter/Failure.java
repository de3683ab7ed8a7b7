package ink.neural.http.filter;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds the problem that an exception or a bare status stands for. Clients never see the text of an exception that is not ours. */
public final class Failure {
    private static final Logger LOG = Logger.getLogger(Failure.class.getName());

    /** Tests replace it, because it remembers the lines of other tests. */
    static LogRateLimiter lines = new LogRateLimiter(10);

    private Failure() {}

    /**
     * The problem that an exception stands for.
     *
     * @param thrown any exception
     * @return the problem, with a detail
     */
    public static ProblemException of(Throwable thrown) {
        return ProblemException.find(thrown).orElseGet(() -> ofOthers(thrown));
    }

    /**
     * The problem that an exception stands for. The cause of an internal error is logged, a few times a minute.
     *
     * @param thrown any exception
     * @return the problem, with a detail
     */
    public static ProblemException logged(Throwable thrown) {
        ProblemException problem = of(thrown);
        if (problem.problem() == Problem.INTERNAL) {
            log(thrown);
        }
        return problem;
    }

    private static ProblemException ofOthers(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileNotFoundException) { // Open Liberty's servlet for files throws it
                return ofStatus(404);
            }
            if (cause instanceof IOException) {
                return new ProblemException(
                        Problem.BAD_REQUEST, "The request ended early. Please send it again, all of it.");
            }
        }
        return ofStatus(500);
    }

    /**
     * The problem that a status stands for. The server or JAX-RS chose it, and says no more.
     *
     * @param status 400 or more
     * @return the problem, with a detail
     */
    public static ProblemException ofStatus(int status) {
        return new ProblemException(
                switch (status) {
                    case 404 -> Problem.NOT_FOUND;
                    case 405 -> Problem.METHOD_NOT_ALLOWED;
                    case 406 -> Problem.NOT_ACCEPTABLE;
                    case 408 -> Problem.TOO_SLOW;
                    case 413 -> Problem.BODY_TOO_LARGE;
                    case 415 -> Problem.UNSUPPORTED_MEDIA_TYPE;
                    default -> status < 500 ? Problem.BAD_REQUEST : Problem.INTERNAL;
                });
    }

    private static void log(Throwable thrown) {
        lines.tryAcquire()
                .ifPresent(suppressed -> LOG.log(
                        Level.SEVERE,
                        thrown,
                        () -> suppressed == 0
                                ? "A request failed"
                                : "A request failed. %d failures before it were not logged".formatted(suppressed)));
    }
}
