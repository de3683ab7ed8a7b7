package ink.neural.http.body;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.ToIntFunction;

/**
 * Buffers the body of a POST request before the request continues. No thread waits for the body. Otherwise a few hundred
 * clients that stop in the middle of a body would occupy every thread of the server.
 */
public final class AsyncBodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient ToIntFunction<HttpServletRequest> maxBody;
    private final transient ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(1, AsyncBodyFilter::daemon);
    private final transient Uploads uploads;

    /**
     * A filter with its own byte budget.
     *
     * @param maxBody the most bytes that the body of a request may have
     * @param maxBodies the most bytes that all bodies in memory may have together
     * @param minRate the least bytes per second of a body that arrives
     * @param timeout how long a body may take to arrive
     */
    public AsyncBodyFilter(ToIntFunction<HttpServletRequest> maxBody, int maxBodies, int minRate, Duration timeout) {
        this.maxBody = maxBody;
        this.uploads = new Uploads(maxBodies, minRate, timeout, scheduler);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "neural-ink-body");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        BufferedRequest buffered = new BufferedRequest(request, maxBody.applyAsInt(request));
        if (buffered.refuseIfFarTooLarge()) {
            chain.doFilter(buffered, response);
        } else if (buffered.hasArrived()) {
            buffered.readArrivedBody();
            chain.doFilter(buffered, response);
        } else {
            buffered.receive(response, uploads, scheduler);
        }
    }

    @Override
    public void destroy() {
        scheduler.shutdownNow();
    }
}
