package ink.neural.http.filter;

import ink.neural.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;

/** The outcome of a request, for metrics. The code that writes an error answer records the problem. */
public final class Outcome {
    private static final String ATTRIBUTE = "ink.neural.problem";

    private Outcome() {}

    /**
     * Records that a request is answered with a problem.
     *
     * @param request the request
     * @param problem its problem
     */
    public static void record(HttpServletRequest request, Problem problem) {
        request.setAttribute(ATTRIBUTE, problem.slug());
    }

    /** {@code ok}, the recorded problem, or the status if the server itself wrote the error. */
    static String of(HttpServletRequest request, int status) {
        if (status < 400) {
            return "ok";
        }
        return request.getAttribute(ATTRIBUTE) instanceof String problem ? problem : Integer.toString(status);
    }
}
