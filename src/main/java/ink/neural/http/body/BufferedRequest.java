package ink.neural.http.body;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import ink.neural.workaround.DispatchAfterReturn;
import ink.neural.workaround.UndecodedChunks;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A request whose body is buffered before it is handled. This is the only place that limits the size of a body. A body that
 * is too large, too slow or over the byte budget makes the request continue with a stream whose reads fail.
 */
final class BufferedRequest extends HttpServletRequestWrapper implements ReadListener, AsyncListener {
    /** The most bytes of a body that counts as arrived. */
    private static final int MAX_ARRIVED = 1 << 16;
    /** A body that is too large is read up to this multiple of the limit. Many clients see no answer before they have sent it. */
    private static final int MAX_DRAIN = 4;

    private final ServletInputStream in;
    private final long length;
    private final int limit;
    private final String query;
    private final BodyStream body = new BodyStream();
    private final UndecodedChunks chunks;
    private AsyncContext async;
    private DispatchAfterReturn dispatch;
    private Uploads uploads;
    private Upload upload;
    private long received;
    private boolean complete;

    BufferedRequest(HttpServletRequest request, int limit) throws IOException {
        super(request);
        this.in = request.getInputStream();
        this.length = request.getContentLengthLong();
        this.limit = limit;
        this.query = request.getQueryString();
        this.chunks = new UndecodedChunks(request);
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

    /**
     * Whether the whole body is in the buffers of the server, as most drawings are. It needs no budget, because the server's
     * threads bound how many such bodies there are.
     */
    boolean hasArrived() throws IOException {
        return length >= 0 && length <= MAX_ARRIVED && in.available() >= length;
    }

    /** Reads a body that has arrived. */
    void readArrivedBody() throws IOException {
        byte[] buffer = new byte[(int) length];
        int count = in.readNBytes(buffer, 0, buffer.length);
        if (length > limit) {
            body.fail(this::tooLarge);
        }
        body.append(buffer, count);
    }

    /**
     * Receives the body without a thread and dispatches the request when the body is complete or has been refused. The
     * server's own asynchronous timeout would not do, because on one server it also cuts off the answer.
     */
    void receive(HttpServletResponse response, Uploads uploads, ScheduledExecutorService scheduler) {
        async = getRequest().startAsync(this, response);
        async.setTimeout(0);
        async.addListener(this);
        dispatch = new DispatchAfterReturn(async, scheduler);
        this.uploads = uploads;
        upload = uploads.begin(length, body, this::refuse);
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
            if (received == length || chunks.isEnd()) {
                complete();
            } else if (received > (long) MAX_DRAIN * limit) {
                refuse();
            }
        }
    }

    /** Keeps bytes up to the limit. A body that is known to be too large is received but not kept. */
    private void keep(byte[] bytes, int count) throws IOException {
        received += count;
        uploads.arrive(upload, count);
        int decoded = chunks.decode(bytes, count);
        if (Math.max(length, received) > limit) {
            body.fail(this::tooLarge);
            uploads.free(upload);
        } else if (uploads.hold(upload, decoded)) {
            body.append(bytes, decoded);
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Problem.BODY_TOO_LARGE, "A request may have at most %d bytes. Send a smaller body.".formatted(limit));
    }

    /** Answers a request whose body has failed. The rest of it is not read, so the connection cannot be used again. */
    private synchronized void refuse() {
        if (!complete) {
            ((HttpServletResponse) async.getResponse()).setHeader("Connection", "close");
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
            uploads.end(upload);
            dispatch.dispatch();
        }
    }

    /** The client closed the connection, or a server that decodes bodies failed to. Only the latter reads the answer. */
    @Override
    public synchronized void onError(Throwable thrown) {
        if (!complete) {
            complete = true;
            uploads.end(upload);
            ((HttpServletResponse) async.getResponse()).setStatus(HttpServletResponse.SC_BAD_REQUEST);
            async.complete();
        }
        uploads.free(upload);
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        uploads.free(upload);
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        uploads.free(upload);
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
