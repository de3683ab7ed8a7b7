package ink.neural.grizzly;

import org.glassfish.grizzly.memory.HeapMemoryManager;

/**
 * Allocates each buffer when it is needed, and keeps none. Grizzly would keep 64 KiB for each of up to 400 threads. Buffers that
 * wait in a thread for its next request outlive many young collections, and then take a full one. start.sh names this class to
 * Grizzly.
 */
public final class SmallBuffers extends HeapMemoryManager {
    /** For Grizzly. */
    public SmallBuffers() {
        super(0);
    }
}
