package ink.neural.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on pictures in batches, on several threads, and keeps their order. One more thread reads the pictures. It waits while
 * many batches, or batches of many bytes, have not been consumed. So memory does not grow with the input.
 *
 * <p>However the run ends, also by Ctrl-C, its threads end first: one that was still in the network would crash the process
 * once the network's memory is freed.
 *
 * @param <R> type of what becomes of a picture
 */
final class Pipeline<R> implements AutoCloseable {
    /** Pictures that the network recognises in one run, as on the server. */
    private static final int MAX_BATCH = 32;
    /** A batch ends when its pictures have this many bytes. */
    private static final int MAX_BATCH_BYTES = 1 << 20;
    /** Batches for each thread that may wait behind one that takes long. */
    private static final int BATCHES_PER_THREAD = 16;
    /** The most bytes of all pictures in memory, but for one batch. */
    private static final int MAX_BYTES =
            (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);
    /** How long Ctrl-C waits for threads, such as one that reads from a disk which no longer answers. */
    private static final int MAX_SECONDS_AT_EXIT = 10;

    private final Function<List<Picture>, List<R>> work;
    private final ExecutorService threads;
    private final BlockingQueue<Batch<R>> queue;
    private final Semaphore memory = new Semaphore(MAX_BYTES);
    /** Made early, as it is needed when there is no memory left. */
    private final Batch<R> end = new Batch<>(0, CompletableFuture.completedFuture(List.of()), true);

    private final Thread atExit = new Thread(this::stopAtExit);
    private volatile boolean isStopped;
    private List<Picture> pictures = new ArrayList<>();
    private int bytes;

    /**
     * A pipeline.
     *
     * @param parallelism batches that are worked on at once
     * @param work makes of each picture of a batch what is to become of it
     */
    Pipeline(int parallelism, Function<List<Picture>, List<R>> work) {
        this.work = work;
        queue = new ArrayBlockingQueue<>(BATCHES_PER_THREAD * parallelism);
        threads = Executors.newFixedThreadPool(parallelism + 1, task -> {
            Thread thread = new Thread(task, "neural-ink-bulk");
            thread.setDaemon(true);
            return thread;
        });
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A batch, the bytes that it takes of the memory, and what becomes of it. The last one has no pictures. */
    private record Batch<R>(int bytes, Future<List<R>> results, boolean isEnd) {}

    /**
     * Works on all pictures.
     *
     * @param source gives the pictures to a consumer, on another thread
     * @param results takes what becomes of each picture, in order, on this thread
     * @throws ExecutionException if the source or the work fails
     * @throws InterruptedException if this thread is interrupted
     */
    void run(Consumer<Consumer<Picture>> source, Consumer<R> results) throws ExecutionException, InterruptedException {
        Future<?> reading = threads.submit(() -> {
            try {
                source.accept(this::add);
                submit();
            } finally {
                queue.put(end);
            }
            return null;
        });
        for (Batch<R> batch = queue.take(); !batch.isEnd(); batch = queue.take()) {
            List<R> done = batch.results().get();
            awaitExitIfStopped();
            done.forEach(results);
            memory.release(batch.bytes());
        }
        reading.get();
    }

    private void add(Picture picture) {
        pictures.add(picture);
        bytes += picture.size();
        if (pictures.size() == MAX_BATCH || bytes >= MAX_BATCH_BYTES) {
            submit();
        }
    }

    private void submit() {
        if (pictures.isEmpty()) {
            return;
        }
        List<Picture> batch = pictures;
        int size = Math.min(bytes, MAX_BYTES);
        pictures = new ArrayList<>();
        bytes = 0;
        try {
            memory.acquire(size);
            queue.put(new Batch<>(size, threads.submit(() -> work.apply(batch)), false));
        } catch (InterruptedException | RejectedExecutionException e) {
            Thread.currentThread().interrupt();
            throw new BulkException("The run was interrupted.");
        }
    }

    /** What interrupted work returns is worthless. */
    private void awaitExitIfStopped() throws InterruptedException {
        if (isStopped) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private void stop() {
        isStopped = true;
        threads.shutdownNow();
    }

    private void stopAtExit() {
        stop();
        try {
            threads.awaitTermination(MAX_SECONDS_AT_EXIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the work, and waits until no thread is left. */
    @Override
    public void close() {
        stop();
        boolean isInterrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        removeHook();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process ends, and the hook has run.
        }
    }
}
