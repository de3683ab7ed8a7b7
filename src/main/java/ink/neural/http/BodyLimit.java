package ink.neural.http;

import ink.neural.Settings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Reads no more of a body than {@code neural.ink.max.body} bytes ({@code neural.ink.max.batch.body} for a batch), packed
 * or unpacked, and for no longer than {@code neural.ink.body.ms} milliseconds.
 */
@Provider
public class BodyLimit implements ContainerRequestFilter {
    private static final int MIB = 1024 * 1024;
    /** So much of a body that is too large is still taken in, times the limit: else many clients never see the answer. */
    private static final int SWALLOWED = 4;

    private final int single = Settings.number("neural.ink.max.body", 2 * MIB);
    private final int batch = Settings.number("neural.ink.max.batch.body", 16 * MIB);
    private final int milliseconds = Settings.number("neural.ink.body.ms", 10_000);

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        int limit = request.getUriInfo().getPath().endsWith("batch") ? batch : single;
        Deadline deadline = new Deadline(milliseconds, Problem.TOO_SLOW);
        int length = request.getLength();
        if (length > limit) {
            swallow(request.getEntityStream(), limit, deadline);
            throw tooLarge(limit);
        }
        InputStream body = new LimitedStream(request.getEntityStream(), length, limit, deadline);
        request.setEntityStream(unpacked(request.getHeaderString("Content-Encoding"), body, limit, deadline));
    }

    private static InputStream unpacked(String encoding, InputStream body, int limit, Deadline deadline)
            throws IOException {
        if (encoding == null || encoding.equals("identity")) {
            return body;
        }
        if (encoding.equals("gzip")) {
            return new LimitedStream(new GZIPInputStream(body), -1, limit, deadline);
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
    private static final class LimitedStream extends FilterInputStream {
        private final int length;
        private final int limit;
        private final Deadline deadline;
        private int count;

        LimitedStream(InputStream in, int length, int limit, Deadline deadline) {
            super(in);
            this.length = length;
            this.limit = limit;
            this.deadline = deadline;
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
            count += Math.max(0, read);
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
