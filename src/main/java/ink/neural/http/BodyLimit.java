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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/**
 * Reads no more of a body than {@code neural.ink.max.body} bytes ({@code neural.ink.max.batch.body} for a batch), packed
 * or unpacked. That the body came in is {@link BodyGate}'s concern.
 */
@Provider
public class BodyLimit implements ContainerRequestFilter, ContainerResponseFilter {
    private static final int MIB = 1024 * 1024;
    private static final int SINGLE = Settings.number("neural.ink.max.body", 2 * MIB);
    private static final int BATCH = Settings.number("neural.ink.max.batch.body", 8 * MIB);
    private static final String UNPACKED = "ink.neural.unpacked";

    /** The bytes that a body sent to a path may have. */
    static int of(String path) {
        return path.endsWith("batch") ? BATCH : SINGLE;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        int limit = of(request.getUriInfo().getPath());
        if (request.getLength() > limit) {
            throw tooLarge(limit);
        }
        InputStream body = new LimitedStream(request.getEntityStream(), request.getLength(), limit);
        String encoding = request.getHeaderString("Content-Encoding");
        request.setEntityStream(isPacked(encoding) ? unpacked(request, body, limit) : body);
    }

    private static boolean isPacked(String encoding) {
        if (encoding == null || encoding.equals("identity")) {
            return false;
        }
        if (encoding.equals("gzip")) {
            return true;
        }
        throw new Refused(Problem.UNSUPPORTED_MEDIA_TYPE, "A body may be packed with gzip only.");
    }

    private static InputStream unpacked(ContainerRequestContext request, InputStream body, int limit) {
        AtomicInteger taken = new AtomicInteger();
        request.setProperty(UNPACKED, taken);
        return new LimitedStream(unpacked(body), -1, limit) {
            @Override
            void count(int read) {
                if (!ByteBudget.BODIES.take(read)) {
                    throw new Refused(Problem.BUSY);
                }
                taken.addAndGet(read);
                super.count(read);
            }
        };
    }

    private static InputStream unpacked(InputStream body) {
        try {
            return new GZIPInputStream(body);
        } catch (IOException e) {
            throw brokenOff();
        }
    }

    /** The request is answered: what it was unpacked to is forgotten. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(UNPACKED) instanceof AtomicInteger taken) {
            ByteBudget.BODIES.giveBack(taken.getAndSet(0));
        }
    }

    /** Not left to the server as an {@link IOException}: one answers that with an empty 200. */
    private static Refused brokenOff() {
        return new Refused(Problem.BAD_REQUEST, "The body broke off, or is not packed as it says.");
    }

    private static Refused tooLarge(int limit) {
        return new Refused(Problem.BODY_TOO_LARGE, "A request may have at most %d bytes.".formatted(limit));
    }

    /**
     * A stream that fails once more has been read than allowed. It ends where it was announced to end, if it was: one
     * server waits for more when a client offers, as Java's does, to go on in HTTP/2.
     */
    private static class LimitedStream extends FilterInputStream {
        private final int length;
        private final int limit;
        private int count;

        LimitedStream(InputStream in, int length, int limit) {
            super(in);
            this.length = length;
            this.limit = limit;
        }

        void count(int read) {
            count += read;
            if (count > limit) {
                throw tooLarge(limit);
            }
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int wanted) {
            if (count == length) {
                return -1;
            }
            try {
                int read = in.read(buffer, offset, length < 0 ? wanted : Math.min(wanted, length - count));
                count(Math.max(0, read));
                return read;
            } catch (IOException e) {
                throw brokenOff();
            }
        }

        @Override
        public long skip(long n) {
            int wanted = (int) Math.min(n, 1 << 14);
            return Math.max(0, read(new byte[wanted], 0, wanted));
        }
    }
}
