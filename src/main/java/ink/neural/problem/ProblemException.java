package ink.neural.problem;

import ink.neural.decoding.InvalidPatternException;
import ink.neural.drawing.InvalidImageException;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.recognition.InvalidCharsetException;
import ink.neural.text.NoMatchException;
import ink.neural.text.TooMuchTextException;
import java.util.Optional;

/** A request fails with a problem. The message is the problem's detail. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;
    /** Index of the first wrong character of a pattern, or null. */
    private final Integer position;

    /**
     * A problem of which nothing more is known.
     *
     * @param problem what is wrong
     */
    public ProblemException(Problem problem) {
        this(problem, problem.advice());
    }

    /**
     * A problem with a detail.
     *
     * @param problem what is wrong
     * @param detail what is wrong in this case and what to do, for a person
     */
    public ProblemException(Problem problem, String detail) {
        this(problem, detail, null);
    }

    private ProblemException(Problem problem, String detail, Integer position) {
        super(detail);
        this.problem = problem;
        this.position = position;
    }

    /**
     * Finds the problem that an exception stands for. It may be a cause: servers wrap what is thrown while they read a body.
     *
     * @param thrown any exception
     * @return the problem; empty if neither the exception nor a cause is one of ours
     */
    public static Optional<ProblemException> find(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return Optional.of(problem);
            }
            if (cause instanceof InvalidImageException invalid) {
                return Optional.of(new ProblemException(problem(invalid.reason()), invalid.getMessage()));
            }
            if (cause instanceof EmptyDrawingException) {
                return Optional.of(new ProblemException(
                        Problem.NOTHING_DRAWN,
                        "No ink can be distinguished from the paper. Draw in another colour than the background."));
            }
            if (cause instanceof TooMuchTextException text) {
                return Optional.of(new ProblemException(Problem.TOO_MUCH_TEXT, text.getMessage()));
            }
            if (cause instanceof NoMatchException) {
                return Optional.of(new ProblemException(Problem.NO_MATCH));
            }
            if (cause instanceof InvalidPatternException pattern) {
                return Optional.of(new ProblemException(
                        Problem.BAD_OPTION,
                        "pattern is wrong at position %d: %s".formatted(pattern.position(), pattern.getMessage()),
                        pattern.position()));
            }
            if (cause instanceof InvalidCharsetException charset) {
                return Optional.of(new ProblemException(Problem.BAD_OPTION, charset.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static Problem problem(InvalidImageException.Reason reason) {
        return switch (reason) {
            case NOT_A_DATA_URL -> Problem.NOT_A_DATA_URL;
            case NOT_BASE64 -> Problem.NOT_BASE64;
            case NOT_AN_IMAGE -> Problem.NOT_AN_IMAGE;
            case TOO_MANY_PIXELS -> Problem.TOO_MANY_PIXELS;
        };
    }

    /**
     * What is wrong.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }

    /**
     * The body of the answer.
     *
     * @return the problem details
     */
    public ProblemDetails details() {
        return problem.details(getMessage(), position);
    }
}
