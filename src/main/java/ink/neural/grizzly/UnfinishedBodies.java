package ink.neural.grizzly;

import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;

/**
 * Counts the connections whose request has a body that has not arrived in full. Each takes some 45 kB of memory before the
 * application knows of it, so a flood of them must be refused here.
 */
final class UnfinishedBodies {
    /** More than the application admits, which chooses the ones to give up. */
    private static final int MAX_COUNT = 2200;

    private static final Attribute<Boolean> UNFINISHED =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("ink.neural.grizzly.body");

    private final AtomicInteger count = new AtomicInteger();

    /**
     * Counts a body.
     *
     * @return false if there are too many, so that the request must be refused
     */
    boolean begin(Connection<?> connection) {
        if (count.incrementAndGet() > MAX_COUNT) {
            count.decrementAndGet();
            return false;
        }
        UNFINISHED.set(connection, true);
        return true;
    }

    /** The body has arrived, or the connection is closed. */
    void end(Connection<?> connection) {
        if (UNFINISHED.remove(connection) != null) {
            count.decrementAndGet();
        }
    }
}
