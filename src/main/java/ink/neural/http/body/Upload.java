package ink.neural.http.body;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.util.Optional;

/** How one body arrives, and the memory it holds. {@link Uploads} guards the fields with its lock. */
final class Upload {
    /** The rate of an upload is its average over this time. */
    static final int WINDOW_SECONDS = 5;

    /** Bytes of the largest small body. */
    private static final int MAX_SMALL = 1 << 20;

    /** A piece costs a server up to 20 µs, whatever its size. So a body may arrive in this many pieces, and more as it grows. */
    private static final int FREE_PIECES = 2000;

    private static final int BYTES_PER_PIECE = 256;
    /** A slow network delivers its packets one by one, which costs little in any one second. */
    private static final int PIECES_PER_SECOND = 500;

    private final long length;
    private final BodyStream body;
    private final Runnable refuse;
    private final long[] receivedBefore = new long[WINDOW_SECONDS];
    private long received;
    private long pieces;
    private int seconds;
    /** Ends of seconds since the last piece arrived. */
    private int silentSeconds;

    private long held;

    /**
     * An upload of which nothing has arrived.
     *
     * @param length the announced bytes of the body, or -1
     * @param body the bytes that have arrived
     * @param refuse answers the request after the body has failed
     */
    Upload(long length, BodyStream body, Runnable refuse) {
        this.length = length;
        this.body = body;
        this.refuse = refuse;
    }

    BodyStream body() {
        return body;
    }

    Runnable refuse() {
        return refuse;
    }

    /** Counts a piece of the body. */
    void arrive(int bytes) {
        received += bytes;
        pieces++;
        silentSeconds = 0;
    }

    /** Whether nothing has arrived for a second. */
    boolean isSilent() {
        return silentSeconds > 1;
    }

    boolean hasTooManyPieces() {
        return pieces > FREE_PIECES + received / BYTES_PER_PIECE + (long) PIECES_PER_SECOND * seconds;
    }

    /**
     * Lets one more second pass.
     *
     * @param minRate the least bytes per second
     * @param maxSeconds the most seconds that the body may take
     * @return the problem if the upload is too slow
     */
    Optional<ProblemException> passSecond(int minRate, int maxSeconds) {
        int slot = seconds % WINDOW_SECONDS;
        long receivedInWindow = received - receivedBefore[slot];
        receivedBefore[slot] = received;
        seconds++;
        silentSeconds++;
        // The first second is seldom a whole one, so the first window begins after it.
        boolean isTooSlow = seconds > WINDOW_SECONDS && receivedInWindow < (long) minRate * WINDOW_SECONDS;
        if (isTooSlow) {
            return tooSlow(
                    "The body arrived at less than %d bytes per second for %d seconds. Please send a smaller body,"
                            + " or send it over a faster connection.",
                    minRate, WINDOW_SECONDS);
        }
        return seconds > maxSeconds
                ? tooSlow("The body did not arrive within %d seconds. Please send a smaller body.", maxSeconds)
                : Optional.empty();
    }

    private static Optional<ProblemException> tooSlow(String detail, Object... arguments) {
        return Optional.of(new ProblemException(Problem.TOO_SLOW, detail.formatted(arguments)));
    }

    /** The bytes in memory. */
    long held() {
        return held;
    }

    void hold(long bytes) {
        held = bytes;
    }

    /** Whether the body is not small. */
    boolean isLarge() {
        return isLargeWith(held);
    }

    /** Whether the body would not be small if it had some bytes in memory. */
    boolean isLargeWith(long bytes) {
        return Math.max(length, bytes) > MAX_SMALL;
    }
}
