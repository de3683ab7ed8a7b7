package ink.neural.http.body;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * All bodies in memory. Together they have a byte budget, half of which is reserved for small bodies. If the budget is used
 * up, a silent upload makes room for the one that is arriving. Uploads that are too slow are given up too.
 */
final class Uploads {
    private static final String TOO_MANY_PIECES =
            "The body arrived in too many small pieces. Please send it in chunks of at least 1 kB.";
    private static final String NEEDED_FOR_OTHERS =
            "The memory of this unfinished upload was needed for others. Please send it again, without pauses.";

    /** A server keeps about so much for a connection whose body is incomplete. It bounds the number of uploads. */
    private static final int BYTES_PER_CONNECTION = 1 << 16;

    private final long budget;
    private final int minRate;
    private final int maxSeconds;
    private final ScheduledExecutorService scheduler;
    /** The unfinished uploads. The one whose last piece arrived longest ago is the first, and makes room before its equals. */
    private final Set<Upload> arriving = new LinkedHashSet<>();

    private long held;
    private long heldByLarge;

    /**
     * No bodies yet.
     *
     * @param budget the most bytes that all bodies may have together
     * @param minRate the least bytes per second of an upload
     * @param timeout how long an upload may take
     * @param scheduler the thread that checks the uploads and gives them up
     */
    Uploads(long budget, int minRate, Duration timeout, ScheduledExecutorService scheduler) {
        this.budget = budget;
        this.minRate = minRate;
        this.maxSeconds = (int) Math.ceil(timeout.toMillis() / 1000.0);
        this.scheduler = scheduler;
        // With a fixed rate, many seconds would pass at once after a pause of the whole process.
        scheduler.scheduleWithFixedDelay(this::passSecond, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Begins an upload.
     *
     * @param length the announced bytes of the body, or -1
     * @param body the bytes that have arrived
     * @param refuse answers the request after the body has failed; called by the scheduler, without a lock
     */
    synchronized Upload begin(long length, BodyStream body, Runnable refuse) {
        if (arriving.size() >= budget / BYTES_PER_CONNECTION) {
            evict(any -> true);
        }
        Upload upload = new Upload(length, body, refuse);
        arriving.add(upload);
        return upload;
    }

    /** Counts a piece of a body, whether it is kept or not. Gives the upload up if its pieces are too small. */
    synchronized void arrive(Upload upload, int bytes) {
        upload.arrive(bytes);
        if (arriving.remove(upload)) {
            arriving.add(upload);
            if (upload.hasTooManyPieces()) {
                giveUp(upload, new ProblemException(Problem.BAD_REQUEST, TOO_MANY_PIECES));
            }
        }
    }

    /**
     * Reserves memory for more bytes of a body.
     *
     * @return false if the upload has been given up
     */
    synchronized boolean hold(Upload upload, int more) {
        long bytes = upload.held() + more;
        free(upload);
        while (arriving.contains(upload) && !fits(upload, bytes)) {
            boolean large = exceedsHalf(upload, bytes);
            if (!evict(other -> other.held() > 0 && (other.isLarge() || !large))) {
                giveUp(upload, new ProblemException(Problem.BUSY));
            }
        }
        boolean isArriving = arriving.contains(upload);
        if (isArriving) {
            count(upload, bytes);
        }
        return isArriving;
    }

    private boolean fits(Upload upload, long bytes) {
        return held + bytes <= budget && !exceedsHalf(upload, bytes);
    }

    private boolean exceedsHalf(Upload upload, long bytes) {
        return upload.isLargeWith(bytes) && heldByLarge + bytes > budget / 2;
    }

    /**
     * Evicts one of some uploads: the largest of those that are silent, or the largest if none is. A drawing is small, and
     * all uploads are silent while the server is collecting garbage.
     */
    private boolean evict(Predicate<Upload> candidate) {
        Optional<Upload> largest = arriving.stream()
                .filter(candidate)
                .max(Comparator.comparing(Upload::isSilent).thenComparing(Upload::held));
        largest.ifPresent(upload -> giveUp(upload, new ProblemException(Problem.BUSY, NEEDED_FOR_OTHERS)));
        return largest.isPresent();
    }

    private void count(Upload upload, long bytes) {
        upload.hold(bytes);
        held += bytes;
        heldByLarge += upload.isLarge() ? bytes : 0;
    }

    /** The memory of a body is free again. */
    synchronized void free(Upload upload) {
        held -= upload.held();
        heldByLarge -= upload.isLarge() ? upload.held() : 0;
        upload.hold(0);
    }

    /** The bytes of all bodies in memory. */
    synchronized long held() {
        return held;
    }

    /** The body needs no more watching. It keeps its memory until that is freed. */
    synchronized void end(Upload upload) {
        arriving.remove(upload);
    }

    private synchronized void passSecond() {
        for (Upload upload : List.copyOf(arriving)) {
            upload.passSecond(minRate, maxSeconds).ifPresent(problem -> giveUp(upload, problem));
        }
    }

    /** Frees the memory at once, and lets the request answer later, since it has a lock of its own. */
    private void giveUp(Upload upload, ProblemException problem) {
        end(upload);
        free(upload);
        upload.body().fail(() -> problem);
        scheduler.execute(upload.refuse());
    }
}
