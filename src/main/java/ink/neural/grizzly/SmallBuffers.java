package ink.neural.grizzly;

import org.glassfish.grizzly.memory.HeapMemoryManager;

/**
 * Keeps 16 KiB of buffers for each thread instead of 64. The server has up to 400 threads, most of which wait for their turn.
 * The request of a drawing has 5 to 12 KiB, and its answer less than 2. Longer buffers are allocated when they are needed.
 * start.sh names this class to Grizzly.
 */
public final class SmallBuffers extends HeapMemoryManager {
    private static final int BYTES_PER_THREAD = 16 * 1024;

    /** For Grizzly. */
    public SmallBuffers() {
        super(BYTES_PER_THREAD);
    }
}
