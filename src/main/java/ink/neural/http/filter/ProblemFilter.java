package ink.neural.http.filter;

import ink.neural.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with a problem where a filter, or what follows it, throws an exception. */
final class ProblemFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient ErrorAnswer answer;

    ProblemFilter(ErrorAnswer answer) {
        this.answer = answer;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error thrown) {
            if (response.isCommitted() || request.isAsyncStarted()) {
                throw thrown;
            }
            ProblemException problem = Failure.logged(thrown);
            response.resetBuffer();
            answer.send(request, response, problem.details());
        }
    }
}
