package ink.neural.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A request whose body is collected as it comes in, and which is then handled as if it had all been there at once. */
final class ArrivingBody extends HttpServletRequestWrapper implements ReadListener, AsyncListener {
    /** Bytes of each body that do not count among all that are under way: more than most drawings have. */
    private static final int UNCOUNTED = 16 * 1024;
    /** So much of a body that is too large is still taken in, times the limit: else many clients never see the answer. */
    private static final int SWALLOWED = 4;
    /** Milliseconds that the server's thread may take to leave a request, even the first one. */
    private static final int LEAVING = 50;

    private final ServletInputStream in;
    private final long length;
    private final int limit;
    private final String query;
    private final Collected collected = new Collected();
    private AsyncContext async;
    private ScheduledExecutorService clock;
    private Future<?> timeout;
    private boolean gone;
    private int waited;
    private long count;
    private int taken;
    private Problem problem;
    private boolean ended;

    ArrivingBody(HttpServletRequest request, int limit) throws IOException {
        super(request);
        this.in = request.getInputStream();
        this.length = request.getContentLengthLong();
        this.limit = limit;
        this.query = request.getQueryString();
    }

    /**
     * Begins to collect; the request goes on when the body ends, or when so many milliseconds are over. The server's own
     * clock would go on after that: on one, it cuts off the answer.
     */
    void await(HttpServletResponse response, ScheduledExecutorService clock, int milliseconds) {
        this.clock = clock;
        async = getRequest().startAsync(this, response);
        async.setTimeout(0);
        async.addListener(this);
        timeout = clock.schedule(() -> refuse(Problem.TOO_SLOW), milliseconds, TimeUnit.MILLISECONDS);
        in.setReadListener(this);
    }

    @Override
    public synchronized void onDataAvailable() throws IOException {
        byte[] part = new byte[1 << 13];
        while (!ended && in.isReady()) {
            int read = in.read(part);
            if (read < 0) {
                return;
            }
            keep(part, read);
            if (count == length || count > (long) SWALLOWED * limit) {
                end();
            }
        }
    }

    /** Whether its length alone will have it refused, for which {@link BodyLimit} reads an int. */
    private boolean isAnnouncedTooLarge() {
        return length > limit && length <= Integer.MAX_VALUE;
    }

    /** Keeps one byte more than the limit at most, to show that it was passed; nothing of what was announced to pass it. */
    private void keep(byte[] part, int read) {
        int wanted = isAnnouncedTooLarge() ? 0 : (int) Math.min(read, Math.max(0, limit + 1L - count));
        count += read;
        int more = Math.max(0, collected.available() + wanted - UNCOUNTED) - taken;
        if (ByteBudget.BODIES.take(more)) {
            taken += more;
            collected.add(part, wanted);
        } else {
            refuse(Problem.BUSY);
        }
    }

    @Override
    public synchronized void onAllDataRead() {
        end();
    }

    /** The client has gone: nobody waits for an answer, unless a server that unpacks bodies itself fails at that. */
    @Override
    public synchronized void onError(Throwable thrown) {
        if (!ended) {
            ended = true;
            timeout.cancel(false);
            ((HttpServletResponse) async.getResponse()).setStatus(HttpServletResponse.SC_BAD_REQUEST);
            async.complete();
        }
        giveBack();
    }

    private synchronized void refuse(Problem problem) {
        if (!ended) {
            this.problem = problem;
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            timeout.cancel(false);
            goOn();
        }
    }

    /**
     * Goes on when the server's thread has left for a moment: if a dispatch meets it on its way out, Payara forgets the
     * request, and Open Liberty gives an empty answer.
     */
    private void goOn() {
        clock.schedule(this::dispatch, 1, TimeUnit.MILLISECONDS);
    }

    private synchronized void dispatch() {
        boolean left = hasLeft() || ++waited > LEAVING;
        if (left && gone) {
            async.dispatch();
        } else {
            gone = left;
            goOn();
        }
    }

    /** Whether it is too late for the clock to be set, which it is once the server's thread has left. */
    private boolean hasLeft() {
        try {
            async.setTimeout(0);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void giveBack() {
        ByteBudget.BODIES.giveBack(taken);
        taken = 0;
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        giveBack();
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        giveBack();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // There is none.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    /** As it came: Open Liberty forgets it when its thread has left. */
    @Override
    public String getQueryString() {
        return query;
    }

    /**
     * The body.
     *
     * @return a stream that never waits, and the same each time, for one server asks for it before each read; if the
     *     body did not come in, reading it throws a {@link Refused}
     */
    @Override
    public ServletInputStream getInputStream() {
        return collected;
    }

    /** What has come in, in pieces that grow with it; each is forgotten once it is read. */
    private final class Collected extends ServletInputStream {
        private static final int SMALLEST = 1 << 10;
        private static final int LARGEST = 1 << 16;

        private final Deque<byte[]> pieces = new ArrayDeque<>();
        private int size;
        private int room; // in the last piece
        private int at; // in the first piece

        void add(byte[] part, int length) {
            for (int done = 0, some; done < length; done += some) {
                if (room == 0) {
                    room = Math.max(SMALLEST, Math.min(size, LARGEST));
                    pieces.add(new byte[room]);
                }
                byte[] last = pieces.getLast();
                some = Math.min(room, length - done);
                System.arraycopy(part, done, last, last.length - room, some);
                room -= some;
                size += some;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int wanted) {
            if (problem != null) {
                throw new Refused(problem);
            }
            if (size == 0) {
                return -1;
            }
            byte[] first = pieces.getFirst();
            int some = Math.min(Math.min(wanted, size), first.length - at);
            System.arraycopy(first, at, buffer, offset, some);
            size -= some;
            at += some;
            if (at == first.length) {
                pieces.remove();
                at = 0;
            }
            return some;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int available() {
            return size;
        }

        @Override
        public boolean isFinished() {
            return size == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("all is here already");
        }
    }
}
