package ink.neural.http.filter;

import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses a request while the queue is full, before any work is spent on it. Under overload most requests end here, and the
 * CPU time they use is lost to requests that could be served.
 */
final class LoadSheddingFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient ConcurrencyLimiter limiter;
    private final byte[] busy = ErrorAnswer.json(new ProblemException(Problem.BUSY).details());

    LoadSheddingFilter(ConcurrencyLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!limiter.isQueueFull()) {
            chain.doFilter(request, response);
            return;
        }
        Outcome.record(request, Problem.BUSY);
        ErrorAnswer.send(response, Problem.BUSY.status(), Problem.MEDIA_TYPE, busy);
    }
}
