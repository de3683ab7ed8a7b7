package ink.neural.grizzly;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.threadpool.DefaultWorkerThread;

/**
 * The threads that handle requests. There are few, which go from one request to the next and never sleep under load. One more
 * starts for each request that waits, for example for a slow client or for its turn with a large picture. If a request finds no
 * thread for too long, one starts for each request that has none.
 *
 * <p>Grizzly's own pool wakes up a thread for each request, and makes many more than there are requests. Each costs memory, and
 * time in every garbage collection. preboot.txt names this class to Payara.
 */
public final class RequestThreads extends ThreadPoolExecutor {
    /** As many as the permits that start.sh gives to the program. */
    static final int FEWEST = Runtime.getRuntime().availableProcessors() + 1;
    /** More than requests may wait for a permit, so that the program itself refuses what is too much. */
    static final int MOST = 400;

    /** Nanoseconds between two adjustments of the number of threads. */
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    /** A request whose thread does not run after so many nanoseconds waits for something. Most are answered in a tenth of this time. */
    private static final long WAITING = TimeUnit.MILLISECONDS.toNanos(20);
    /** Nanoseconds after which a request without a thread is late. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(100);

    /** When each thread that handles a request started on it. */
    private final Map<Thread, Long> started = new ConcurrentHashMap<>();

    private final ScheduledExecutorService supervisor =
            Executors.newSingleThreadScheduledExecutor(work -> daemon("http-supervisor", work));

    /** For Payara. */
    public RequestThreads() {
        super(FEWEST, FEWEST, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> daemon("http-request", work));
        supervisor.scheduleAtFixedRate(this::adjust, TICK, TICK, TimeUnit.NANOSECONDS);
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new DefaultWorkerThread(Grizzly.DEFAULT_ATTRIBUTE_BUILDER, name, null, work);
        thread.setDaemon(true);
        return thread;
    }

    /** A request, and when it arrived. */
    private record Arrived(Runnable request, long time) implements Runnable {
        @Override
        public void run() {
            request.run();
        }
    }

    @Override
    public void execute(Runnable request) {
        super.execute(new Arrived(request, System.nanoTime()));
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable request) {
        started.put(thread, System.nanoTime());
    }

    @Override
    protected void afterExecute(Runnable request, Throwable thrown) {
        started.remove(Thread.currentThread());
    }

    @Override
    protected void terminated() {
        supervisor.shutdown();
    }

    /** Adds as many threads as are needed, and takes away one at a time, because a burst seldom comes alone. */
    private void adjust() {
        int needed = Math.min(MOST, FEWEST + countWaiting() + countLate());
        int size = Math.max(needed, getCorePoolSize() - 1);
        if (size > getCorePoolSize()) {
            setMaximumPoolSize(size);
            setCorePoolSize(size);
        } else if (size < getCorePoolSize()) {
            setCorePoolSize(size);
            setMaximumPoolSize(size);
        }
    }

    /** Counts the requests that have a thread and wait. */
    private int countWaiting() {
        long now = System.nanoTime();
        return (int) started.entrySet().stream()
                .filter(entry ->
                        now - entry.getValue() > WAITING && entry.getKey().getState() != Thread.State.RUNNABLE)
                .count();
    }

    /** Counts the requests without a thread if the first of them is late. */
    private int countLate() {
        Arrived first = (Arrived) getQueue().peek();
        boolean isLate = first != null && System.nanoTime() - first.time() > LATE;
        return isLate ? getQueue().size() : 0;
    }
}
