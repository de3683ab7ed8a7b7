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
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on pictures in batches, on several threads, and keeps their order. One more thread reads the pictures. It waits while
 * many batches, or batches of many bytes, have not been consumed. So memory does not grow with the input.
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

    private final Function<List<Picture>, List<R>> work;
    private final ExecutorService threads;
    private final BlockingQueue<Batch<R>> queue;
    private final Semaphore memory = new Semaphore(MAX_BYTES);
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
                queue.put(new Batch<>(0, CompletableFuture.completedFuture(List.of()), true));
            }
            return null;
        });
        for (Batch<R> batch = queue.take(); !batch.isEnd(); batch = queue.take()) {
            batch.results().get().forEach(results);
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BulkException("The run was interrupted.");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
