package ink.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Runs a task many times on several threads. */
public final class Concurrently {
    private Concurrently() {}

    /** A task that is told which of its runs this is, counted from 0. */
    public interface Task<T> {
        T run(int index) throws Exception;
    }

    /**
     * Runs a task {@code count} times on {@code threads} threads and waits for all runs.
     *
     * @return the results in the order of their indices
     * @throws java.util.concurrent.ExecutionException if a run failed
     */
    public static <T> List<T> run(int threads, int count, Task<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = IntStream.range(0, count)
                    .mapToObj(i -> pool.submit(() -> task.run(i)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Waits for a latch inside a lambda, which may not throw an {@link InterruptedException}. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
