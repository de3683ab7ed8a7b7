package ink.neural.grizzly;

import org.glassfish.grizzly.memory.HeapMemoryManager;

/**
 * Allocates each buffer when it is needed, and pools none. Grizzly would keep 64 KiB for each of up to 400 threads. A buffer that is
 * kept until its thread has another request outlives many young collections. Then only a full GC frees it. start.sh names this
 * class to Grizzly.
 */
public final class UnpooledBuffers extends HeapMemoryManager {
    /** For Grizzly. */
    public UnpooledBuffers() {
        super(0);
    }
}
