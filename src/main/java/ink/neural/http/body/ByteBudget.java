package ink.neural.http.body;

import java.util.concurrent.atomic.AtomicLong;

/** Limits the bytes of all bodies in memory. */
final class ByteBudget {
    private final AtomicLong available;

    ByteBudget(long bytes) {
        available = new AtomicLong(bytes);
    }

    /** Reserves bytes, all or none, and returns whether there were enough. */
    boolean tryReserve(int bytes) {
        return available.getAndUpdate(left -> left < bytes ? left : left - bytes) >= bytes;
    }

    /** Returns reserved bytes. */
    void release(long bytes) {
        available.addAndGet(bytes);
    }
}
