package ink.neural.http.body;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.workaround.DispatchAfterReturn;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A request whose body is buffered before it is handled. This is the only place that limits the size of a body. A body that
 * is too large, too slow or over the byte budget makes the request continue with a stream whose reads fail.
 */
final class BufferedRequest extends HttpServletRequestWrapper implements ReadListener, AsyncListener {
    /** Bytes of each body that need no budget. Most drawings are smaller. */
    private static final int FREE_BYTES = 16 * 1024;
    /** A body that is too large is read up to this multiple of the limit. Many clients see no answer before they have sent it. */
    private static final int MAX_DRAIN = 4;

    private final ServletInputStream in;
    private final long length;
    private final int limit;
    private final ByteBudget budget;
    private final String query;
    private final BodyStream body = new BodyStream();
    private AsyncContext async;
    private DispatchAfterReturn dispatch;
    private Future<?> timeoutTask;
    private long received;
    private int reserved;
    private boolean complete;

    BufferedRequest(HttpServletRequest request, int limit, ByteBudget budget) throws IOException {
        super(request);
        this.in = request.getInputStream();
        this.length = request.getContentLengthLong();
        this.limit = limit;
        this.budget = budget;
        this.query = request.getQueryString();
    }

    /**
     * Refuses a body that is announced to be far too large, which is not even drained.
     *
     * @return whether the body was refused, so that the request must continue without it
     */
    boolean refuseIfFarTooLarge() {
        boolean isTooLarge = length > (long) MAX_DRAIN * limit;
        if (isTooLarge) {
            body.fail(this::tooLarge);
        }
        return isTooLarge;
    }

    /** Reads a body that the server has received completely. The server's own buffers limit its size. */
    void readArrivedBody() throws IOException {
        byte[] buffer = new byte[1 << 13];
        int count = 0;
        while (received < length && count >= 0) {
            count = in.read(buffer, 0, (int) Math.min(buffer.length, length - received));
            keep(buffer, Math.max(0, count));
        }
        release();
    }

    /**
     * Receives the body without a thread and dispatches the request when the body is complete, or fails it after a timeout.
     * The server's own asynchronous timeout would not do, because on one server it also cuts off the answer.
     */
    void receive(HttpServletResponse response, ScheduledExecutorService scheduler, Duration timeout) {
        async = getRequest().startAsync(this, response);
        async.setTimeout(0);
        async.addListener(this);
        dispatch = new DispatchAfterReturn(async, scheduler);
        timeoutTask = scheduler.schedule(() -> refuse(Problem.TOO_SLOW), timeout.toMillis(), TimeUnit.MILLISECONDS);
        in.setReadListener(this);
    }

    @Override
    public synchronized void onDataAvailable() throws IOException {
        byte[] buffer = new byte[1 << 13];
        while (!complete && in.isReady()) {
            int count = in.read(buffer);
            if (count < 0) {
                return;
            }
            keep(buffer, count);
            if (received == length || received > (long) MAX_DRAIN * limit) {
                complete();
            }
        }
    }

    /** Keeps bytes up to the limit. A body that is known to be too large is received but not kept. */
    private void keep(byte[] bytes, int count) {
        received += count;
        if (Math.max(length, received) > limit) {
            body.fail(this::tooLarge);
        } else if (reserve(body.available() + count)) {
            body.append(bytes, count);
        } else {
            refuse(Problem.BUSY);
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(Problem.BODY_TOO_LARGE, "A request may have at most %d bytes.".formatted(limit));
    }

    /** Reserves the budget that a body of some bytes needs in all. */
    private boolean reserve(int bytes) {
        int more = Math.max(0, bytes - FREE_BYTES) - reserved;
        if (more > 0 && !budget.tryReserve(more)) {
            return false;
        }
        reserved += Math.max(0, more);
        return true;
    }

    private void release() {
        budget.release(reserved);
        reserved = 0;
    }

    private synchronized void refuse(Problem problem) {
        if (!complete) {
            body.fail(() -> new ProblemException(problem));
            complete();
        }
    }

    @Override
    public synchronized void onAllDataRead() {
        complete();
    }

    private void complete() {
        if (!complete) {
            complete = true;
            if (timeoutTask != null) { // null if the timeout fires before schedule() has returned
                timeoutTask.cancel(false);
            }
            if (dispatch != null) {
                dispatch.dispatch();
            }
        }
    }

    /** The client closed the connection, or a server that decodes bodies failed to. Only the latter reads the answer. */
    @Override
    public synchronized void onError(Throwable thrown) {
        if (!complete) {
            complete = true;
            timeoutTask.cancel(false);
            ((HttpServletResponse) async.getResponse()).setStatus(HttpServletResponse.SC_BAD_REQUEST);
            async.complete();
        }
        release();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        release();
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        release();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // The asynchronous timeout is disabled.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    /** The query string as it arrived. Open Liberty forgets it after the container thread has returned. */
    @Override
    public String getQueryString() {
        return query;
    }

    /**
     * The buffered body.
     *
     * @return always the same stream, since one server asks for it before each read; if the body was refused, its reads
     *     throw a {@link ProblemException}
     */
    @Override
    public ServletInputStream getInputStream() {
        return body;
    }
}
