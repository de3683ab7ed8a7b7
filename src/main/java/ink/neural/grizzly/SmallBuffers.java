package ink.neural.grizzly;

import org.glassfish.grizzly.memory.HeapMemoryManager;

/**
 * Keeps 8 KiB of buffers for each thread instead of 64. The server has up to 400 threads, most of which wait for their turn, and
 * an answer has less than 2 KiB. Longer buffers are allocated when they are needed. start.sh names this class to Grizzly.
 */
public final class SmallBuffers extends HeapMemoryManager {
    private static final int BYTES_PER_THREAD = 8 * 1024;

    /** For Grizzly. */
    public SmallBuffers() {
        super(BYTES_PER_THREAD);
    }
}
