package ink.neural.grizzly;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.threadpool.DefaultWorkerThread;

/**
 * The threads that handle requests. A request goes to the thread that became idle last, so that the others end even under load.
 * Grizzly's own pool takes its threads in turn, and makes many more than there are requests. Each costs memory, and time in
 * every garbage collection. preboot.txt names this class to Payara.
 */
public final class RequestThreads extends ThreadPoolExecutor {
    private static final int MAX_THREADS = 400;
    private static final int MAX_IDLE_SECONDS = 30;

    /** Holds the requests for which there is no thread. Its own thread waits for one, because Grizzly's selectors must not wait. */
    private final ThreadPoolExecutor overflow = new ThreadPoolExecutor(
            1, 1, MAX_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), RequestThreads::thread);

    /** For Payara. */
    public RequestThreads() {
        super(0, MAX_THREADS, MAX_IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), RequestThreads::thread);
        overflow.allowCoreThreadTimeOut(true);
        setRejectedExecutionHandler((request, threads) -> overflow.execute(() -> handOver(request)));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new DefaultWorkerThread(Grizzly.DEFAULT_ATTRIBUTE_BUILDER, "http-request", null, work);
        thread.setDaemon(true);
        return thread;
    }

    private void handOver(Runnable request) {
        try {
            getQueue().put(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        }
    }
}
