package ink.neural.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Sends a request away as long as the queue for a place is full, before anything is made of it: under overload most
 * requests end here, and what they cost is taken from those that are answered.
 */
public class QueueGate extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final byte[] BUSY = Problem.BUSY.toJson(null).toString().getBytes(StandardCharsets.UTF_8);

    @Inject
    transient Admission admission;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!admission.isFull()) {
            chain.doFilter(request, response);
            return;
        }
        Problem.BUSY.note(request);
        response.setStatus(Problem.BUSY.getStatusCode());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setIntHeader("Retry-After", Problem.RETRY_AFTER);
        response.setContentLength(BUSY.length);
        response.getOutputStream().write(BUSY);
    }
}
