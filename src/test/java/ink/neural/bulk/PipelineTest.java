package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static Picture picture(int number, int size) {
        return new Picture(Integer.toString(number), null, size, null);
    }

    @Test
    void resultsKeepTheOrderOfThePictures() throws Exception {
        List<String> results = new ArrayList<>();
        try (Pipeline<String> pipeline = new Pipeline<>(4, pictures -> {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000));
            return pictures.stream().map(Picture::source).toList();
        })) {
            pipeline.run(
                    pictures -> IntStream.range(0, 10_000).forEach(i -> pictures.accept(picture(i, 0))), results::add);
        }
        assertEquals(IntStream.range(0, 10_000).mapToObj(Integer::toString).toList(), results);
    }

    @Test
    void readingWaitsWhileMuchIsInMemory() throws Exception {
        AtomicInteger inMemory = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Pipeline<Integer> pipeline = new Pipeline<>(
                2, pictures -> pictures.stream().map(Picture::size).toList())) {
            pipeline.run(
                    pictures -> {
                        for (int i = 0; i < 100; i++) {
                            most.accumulateAndGet(inMemory.addAndGet(12), Math::max);
                            pictures.accept(picture(i, 12 << 20));
                        }
                    },
                    size -> {
                        LockSupport.parkNanos(100_000);
                        inMemory.addAndGet(-12);
                    });
        }
        assertEquals(0, inMemory.get());
        assertTrue(most.get() <= 64 + 2 * 12, most + " MiB were in memory at once");
    }

    /** The threads would crash the process if the network's memory was freed under them. */
    @Test
    void noThreadIsLeftAfterARunThatEndedEarly() {
        AtomicInteger working = new AtomicInteger();
        Pipeline<Picture> pipeline = new Pipeline<>(4, pictures -> {
            working.incrementAndGet();
            long end = System.nanoTime() + 50_000_000;
            while (System.nanoTime() < end) { // native code cannot be interrupted either
                Thread.onSpinWait();
            }
            working.decrementAndGet();
            return pictures;
        });
        try (pipeline) {
            assertThrows(
                    BulkException.class,
                    () -> pipeline.run(
                            pictures -> IntStream.range(0, 100_000).forEach(i -> pictures.accept(picture(i, 0))),
                            result -> {
                                throw new BulkException("disk full");
                            }));
        }
        assertEquals(0, working.get());
    }

    @Test
    void aFaultOfTheSourceOrTheWorkEndsTheRun() {
        try (Pipeline<Picture> pipeline = new Pipeline<>(2, pictures -> pictures)) {
            assertThrows(
                    ExecutionException.class,
                    () -> pipeline.run(
                            pictures -> {
                                throw new BulkException("source");
                            },
                            result -> {}));
        }
        try (Pipeline<Picture> pipeline = new Pipeline<>(2, pictures -> {
            throw new IllegalStateException("work");
        })) {
            assertThrows(
                    ExecutionException.class,
                    () -> pipeline.run(
                            pictures -> IntStream.range(0, 100_000)
                                    .forEach(i -> pictures.accept(Picture.unreadable("", Problem.INTERNAL, ""))),
                            result -> {}));
        }
    }
}
