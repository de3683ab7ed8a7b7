package ink.neural.http;

import ink.neural.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Lets a request go on when all of its body is there, or {@code neural.ink.body.ms} milliseconds are over. Until then no
 * thread waits for it: else a few hundred clients that stop in the middle of a body would keep out everybody.
 */
public class BodyGate extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final int milliseconds = Settings.number("neural.ink.body.ms", 10_000);
    private final transient ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, BodyGate::daemon);

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "neural-ink-body-clock");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void init() {
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST") && !isHere(request)) {
            new ArrivingBody(request, BodyLimit.of(request.getRequestURI())).await(response, clock, milliseconds);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isHere(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        return length >= 0 && request.getInputStream().available() >= length;
    }
}
