package ink.neural.http.body;

import ink.neural.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The buffered bytes of a body, in chunks that are freed as they are read. Reading never blocks. A body may fail while it
 * arrives, so those methods are synchronized. It is read after that.
 */
final class BodyStream extends ServletInputStream {
    private static final int MIN_CHUNK = 1 << 10;
    private static final int MAX_CHUNK = 1 << 16;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private ProblemException failure;
    private int size;
    private int freeInLast;
    private int readFromFirst;

    /** Appends bytes, unless the body has failed. The chunks grow with the body, so that small bodies waste little memory. */
    synchronized void append(byte[] bytes, int length) {
        if (failure != null) {
            return;
        }
        for (int done = 0, count; done < length; done += count) {
            if (freeInLast == 0) {
                freeInLast = Math.max(MIN_CHUNK, Math.min(size, MAX_CHUNK));
                chunks.add(new byte[freeInLast]);
            }
            byte[] last = chunks.getLast();
            count = Math.min(freeInLast, length - done);
            System.arraycopy(bytes, done, last, last.length - freeInLast, count);
            freeInLast -= count;
            size += count;
        }
    }

    /** Drops the buffered bytes and makes every read fail with a problem. The first failure counts. */
    synchronized void fail(Supplier<ProblemException> problem) {
        if (failure != null) {
            return;
        }
        failure = problem.get();
        chunks.clear();
        freeInLast = 0;
        size = 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (failure != null) {
            throw failure;
        }
        if (size == 0) {
            return -1;
        }
        byte[] first = chunks.getFirst();
        int count = Math.min(Math.min(length, size), first.length - readFromFirst);
        System.arraycopy(first, readFromFirst, buffer, offset, count);
        size -= count;
        readFromFirst += count;
        if (readFromFirst == first.length) {
            chunks.remove();
            readFromFirst = 0;
        }
        return count;
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
        throw new IllegalStateException("The body has been buffered. Read it directly.");
    }
}
