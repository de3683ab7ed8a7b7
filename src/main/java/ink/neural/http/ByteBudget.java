package ink.neural.http;

import ink.neural.Settings;
import java.util.concurrent.atomic.AtomicLong;

/** So many bytes of bodies may be in memory at once, whoever sent them. */
final class ByteBudget {
    /** The budget of all bodies, {@code neural.ink.max.bodies} bytes. */
    static final ByteBudget BODIES = new ByteBudget(Settings.number("neural.ink.max.bodies", 64 * 1024 * 1024));

    private final AtomicLong free;

    private ByteBudget(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** Takes bytes from the budget, all or none; tells whether there were enough. */
    boolean take(int bytes) {
        return free.getAndUpdate(left -> left < bytes ? left : left - bytes) >= bytes;
    }

    /** Gives back what was taken. */
    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
