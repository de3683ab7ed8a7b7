package ink.neural.workaround;

import jakarta.servlet.AsyncContext;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Dispatches an asynchronous request only after the container thread has returned. Any earlier, Payara loses the request
 * and Open Liberty sends an empty answer.
 *
 * <p>Remove when both servers accept {@link AsyncContext#dispatch()} at any time, as the Servlet specification (6.0,
 * section 2.3.3.3) requires. No unit test can tell, so try it on each new version of these servers.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-java-instrumentation/pull/9261">an analysis of Payara's
 *     race</a>
 */
public final class DispatchAfterReturn {
    /** The most polls, one each millisecond. After that the request is dispatched anyway. */
    private static final int MAX_POLLS = 50;

    private final AsyncContext async;
    private final ScheduledExecutorService scheduler;
    private int polls;
    private boolean returned;

    /**
     * Prepares the dispatch of one request.
     *
     * @param async the asynchronous request
     * @param scheduler the thread that polls and dispatches
     */
    public DispatchAfterReturn(AsyncContext async, ScheduledExecutorService scheduler) {
        this.async = async;
        this.scheduler = scheduler;
    }

    /** Dispatches the request soon. */
    public void dispatch() {
        scheduler.schedule(this::poll, 1, TimeUnit.MILLISECONDS);
    }

    /** Waits for one more poll after the thread has returned, since the container still finishes its own work. */
    private synchronized void poll() {
        boolean returnedNow = hasContainerThreadReturned() || ++polls > MAX_POLLS;
        if (returnedNow && returned) {
            async.dispatch();
        } else {
            returned = returnedNow;
            dispatch();
        }
    }

    /** The timeout can be set until the container thread has returned. */
    private boolean hasContainerThreadReturned() {
        try {
            async.setTimeout(0);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
