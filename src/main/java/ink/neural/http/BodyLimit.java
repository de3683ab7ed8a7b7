package ink.neural.http;

import ink.neural.Settings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * Reads no more of a body than {@code neural.ink.max.body} bytes ({@code neural.ink.max.batch.body} for a batch), packed
 * or unpacked, and for no longer than {@code neural.ink.body.ms} milliseconds. All bodies that are under way at a time
 * have no more than {@code neural.ink.max.bodies} bytes together, the beginning of each not counted: whoever sends large
 * bodies slowly keeps out others who do, but nobody with a drawing of the usual size.
 */
@Provider
public class BodyLimit implements ContainerRequestFilter, ContainerResponseFilter {
    private static final int MIB = 1024 * 1024;
    /** Bytes of each body that do not count among all that is under way; larger than most drawings. */
    private static final int UNCOUNTED = 128 * 1024;

    private static final String GIVE_BACK = "ink.neural.bytes";
    /** So much of a body that is too large is still taken in, times the limit: else many clients never see the answer. */
    private static final int SWALLOWED = 4;

    private final int single = Settings.number("neural.ink.max.body", 2 * MIB);
    private final int batch = Settings.number("neural.ink.max.batch.body", 16 * MIB);
    private final int milliseconds = Settings.number("neural.ink.body.ms", 10_000);
    private final AtomicLong free = new AtomicLong(Settings.number("neural.ink.max.bodies", 64 * MIB));

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        int limit = request.getUriInfo().getPath().endsWith("batch") ? batch : single;
        Deadline deadline = new Deadline(milliseconds, Problem.TOO_SLOW);
        int length = request.getLength();
        if (length > limit) {
            swallow(request.getEntityStream(), limit, deadline);
            throw tooLarge(limit);
        }
        AtomicLong taken = new AtomicLong();
        request.setProperty(GIVE_BACK, (Runnable) () -> free.addAndGet(taken.getAndSet(0)));
        InputStream body = new LimitedStream(request.getEntityStream(), length, limit, deadline, taken);
        request.setEntityStream(unpacked(request.getHeaderString("Content-Encoding"), body, limit, deadline, taken));
    }

    /** The request is answered: its bytes are free for others. They may have been counted by another object of this class. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(GIVE_BACK) instanceof Runnable giveBack) {
            giveBack.run();
        }
    }

    private void take(int bytes, AtomicLong taken) {
        taken.addAndGet(bytes);
        if (free.addAndGet(-bytes) < 0 && bytes > 0) {
            throw new Refused(Problem.BUSY);
        }
    }

    private InputStream unpacked(String encoding, InputStream body, int limit, Deadline deadline, AtomicLong taken)
            throws IOException {
        if (encoding == null || encoding.equals("identity")) {
            return body;
        }
        if (encoding.equals("gzip")) {
            return new LimitedStream(new GZIPInputStream(body), -1, limit, deadline, taken);
        }
        throw new Refused(Problem.UNSUPPORTED_MEDIA_TYPE, "A body may be packed with gzip only.");
    }

    private static void swallow(InputStream body, int limit, Deadline deadline) throws IOException {
        byte[] buffer = new byte[1 << 14];
        long rest = (long) SWALLOWED * limit;
        for (int read = 0; read >= 0 && rest > 0; rest -= read) {
            deadline.check();
            read = body.read(buffer);
        }
    }

    private static Refused tooLarge(int limit) {
        return new Refused(Problem.BODY_TOO_LARGE, "A request may have at most %d bytes.".formatted(limit));
    }

    /**
     * A stream that fails once more has been read than allowed, or for longer. It ends where it was announced to end: one
     * server waits for more when a client offers, as Java's does, to go on in HTTP/2.
     */
    private final class LimitedStream extends FilterInputStream {
        private final int length;
        private final int limit;
        private final Deadline deadline;
        private final AtomicLong taken;
        private int count;

        LimitedStream(InputStream in, int length, int limit, Deadline deadline, AtomicLong taken) {
            super(in);
            this.length = length;
            this.limit = limit;
            this.deadline = deadline;
            this.taken = taken;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int wanted) throws IOException {
            deadline.check();
            if (count == length) {
                return -1;
            }
            int read = in.read(buffer, offset, length < 0 ? wanted : Math.min(wanted, length - count));
            int before = Math.max(count, UNCOUNTED);
            count += Math.max(0, read);
            take(Math.max(0, count - before), taken);
            if (count > limit) {
                swallow(in, limit, deadline);
                throw tooLarge(limit);
            }
            return read;
        }

        @Override
        public long skip(long n) throws IOException {
            return read(new byte[(int) Math.min(n, 1 << 14)]);
        }
    }
}
