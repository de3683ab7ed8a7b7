package ink.neural.http;

import ink.neural.Settings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads no more of a body than {@code neural.ink.max.body} bytes: a longer one is refused by its announced length, or,
 * when none is announced, as soon as it has come too far.
 */
@Provider
public class BodyLimit implements ContainerRequestFilter {
    private final int limit = Settings.number("neural.ink.max.body", 2 * 1024 * 1024);

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getLength() > limit) {
            throw tooLarge(limit);
        }
        request.setEntityStream(new LimitedStream(request.getEntityStream(), limit));
    }

    private static Refused tooLarge(int limit) {
        return new Refused(Problem.BODY_TOO_LARGE, "A request may have at most %d bytes.".formatted(limit));
    }

    /** A stream that fails once more has been read than allowed. */
    private static final class LimitedStream extends FilterInputStream {
        private final int limit;
        private long count;

        LimitedStream(InputStream in, int limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            count += Math.max(0, read);
            if (count > limit) {
                throw tooLarge(limit);
            }
        }
    }
}
