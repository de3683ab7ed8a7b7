package ink.neural.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.ManualScheduler;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {
    private static final int MIB = 1 << 20;
    private static final int BUDGET = 8 * MIB;
    private static final int RATE = 32_000;
    private static final int SECONDS = 120;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Uploads uploads = new Uploads(BUDGET, RATE, Duration.ofSeconds(SECONDS), scheduler.executor());
    private final Set<Upload> givenUp = new HashSet<>();

    /** Begins an upload; a negative length means that the client does not announce it. */
    private Upload begin(long length) {
        Upload[] upload = new Upload[1];
        upload[0] = uploads.begin(length, new BodyStream(), () -> givenUp.add(upload[0]));
        return upload[0];
    }

    private boolean receive(Upload upload, int bytes) {
        uploads.arrive(upload, bytes);
        boolean held = uploads.hold(upload, bytes);
        scheduler.advance(Duration.ZERO);
        return held;
    }

    /** An upload that has received some bytes and is silent from now on. */
    private Upload stalled(long length, int received) {
        Upload upload = begin(length);
        assertTrue(receive(upload, received));
        return upload;
    }

    /** A body that is being handled. */
    private Upload finished(int bytes) {
        Upload upload = stalled(bytes, bytes);
        uploads.end(upload);
        return upload;
    }

    private Problem problem(Upload upload) {
        return givenUp.contains(upload) ? failure(upload).problem() : null;
    }

    private static ProblemException failure(Upload upload) {
        return assertThrows(ProblemException.class, upload.body()::read);
    }

    @Test
    void smallBodiesMayUseTheWholeBudget() {
        for (int i = 0; i < 8; i++) {
            finished(MIB);
        }
        assertEquals(BUDGET, uploads.held());
        Upload more = begin(1);
        assertFalse(receive(more, 1));
        assertEquals(Problem.BUSY, problem(more));
    }

    @Test
    void largeBodiesMayUseHalfOfTheBudget() {
        finished(MIB + 1);
        finished(3 * MIB - 1);
        Upload large = begin(2 * MIB);
        assertFalse(receive(large, 1));
        assertEquals(Problem.BUSY, problem(large));
        assertTrue(receive(begin(MIB), MIB));
    }

    @Test
    void bodyThatGrowsBeyondOneMebibyteIsLarge() {
        finished(4 * MIB);
        Upload growing = begin(-1);
        assertTrue(receive(growing, MIB));
        assertFalse(receive(growing, 1));
        assertEquals(Problem.BUSY, problem(growing));
        assertEquals(4 * MIB, uploads.held());
    }

    @Test
    void freedBytesCanBeUsedAgain() {
        Upload large = finished(4 * MIB);
        uploads.free(large);
        uploads.free(large);
        assertEquals(0, uploads.held());
        assertTrue(receive(begin(4 * MIB), 4 * MIB));
    }

    @Test
    void uploadThatHasBeenSilentLongestMakesRoom() {
        Upload[] stalled = new Upload[8];
        for (int i = 0; i < stalled.length; i++) {
            stalled[i] = stalled(MIB, MIB - 1);
        }
        uploads.arrive(stalled[0], 0);
        assertTrue(receive(begin(900_000), 900_000));
        assertEquals(Problem.BUSY, problem(stalled[1]));
        assertEquals(1, givenUp.size());
    }

    @Test
    void largestOfTheSilentUploadsMakesRoom() {
        Upload small = stalled(MIB, MIB / 2);
        Upload largest = stalled(MIB, MIB - 1);
        scheduler.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 6; i++) {
            stalled(MIB, MIB);
        }
        assertTrue(receive(begin(900_000), 900_000));
        assertEquals(Problem.BUSY, problem(largest));
        assertNull(problem(small));
        assertEquals(1, givenUp.size());
    }

    @Test
    void numberOfUnfinishedUploadsIsBounded() {
        int most = BUDGET / 65536;
        Upload first = begin(MIB);
        for (int i = 1; i < most; i++) {
            begin(MIB);
        }
        assertNull(problem(first));
        Upload last = begin(MIB);
        scheduler.advance(Duration.ZERO);
        assertEquals(Problem.BUSY, problem(first));
        assertNull(problem(last));
        assertEquals(1, givenUp.size());
    }

    @Test
    void largeUploadMakesRoomForALargeOne() {
        Upload small = stalled(MIB, MIB);
        Upload large = stalled(4 * MIB, 3 * MIB);
        assertTrue(receive(begin(2 * MIB), 2 * MIB));
        assertEquals(Problem.BUSY, problem(large));
        assertNull(problem(small));
    }

    @Test
    void smallUploadsMakeRoomForALargeOneBeyondTheirHalf() {
        for (int i = 0; i < 8; i++) {
            stalled(MIB, MIB);
        }
        assertTrue(receive(begin(4 * MIB), 4 * MIB));
        assertEquals(4, givenUp.size());
    }

    @Test
    void finishedBodiesNeverMakeRoom() {
        for (int i = 0; i < 7; i++) {
            finished(MIB);
        }
        Upload stalled = stalled(-1, MIB);
        assertTrue(receive(begin(MIB), MIB));
        assertEquals(Problem.BUSY, problem(stalled));
        assertEquals(1, givenUp.size());
        assertEquals(BUDGET, uploads.held());
    }

    @Test
    void memoryOfAnUploadThatIsGivenUpIsFreedAtOnce() {
        Upload stalled = stalled(4 * MIB, 4 * MIB);
        stalled.body().append(new byte[4 * MIB], 4 * MIB);
        uploads.hold(begin(4 * MIB), 4 * MIB);
        assertEquals(0, stalled.body().available());
        assertEquals(0, givenUp.size(), "the request answers later");
    }

    @Test
    void bytesOfAnUploadThatWasGivenUpAreNotKept() {
        Upload stalled = stalled(4 * MIB, 4 * MIB - 1);
        assertTrue(receive(begin(4 * MIB), 4 * MIB));
        assertFalse(receive(stalled, 1));
        assertEquals(4 * MIB, uploads.held());
    }

    /** Of any size, and with or without an announced length. */
    @ParameterizedTest
    @CsvSource({
        "12582912, 100000",
        "12582912, 12582911",
        "1048576, 1048575",
        "-1, 1048576",
        "-1, 8000000",
        "900000, 899999"
    })
    void drawingsAreNeverRefusedForStalledUploads(long length, int received) {
        Uploads many = new Uploads(128 * MIB, RATE, Duration.ofSeconds(SECONDS), scheduler.executor());
        for (int i = 0; i < 500; i++) {
            Upload stalled = many.begin(length, new BodyStream(), () -> {});
            many.arrive(stalled, received);
            many.hold(stalled, received);
        }
        for (int i = 0; i < 500; i++) {
            Upload drawing = many.begin(900_000, new BodyStream(), () -> {});
            for (int piece = 0; piece < 9; piece++) {
                many.arrive(drawing, 100_000);
                assertTrue(many.hold(drawing, 100_000));
            }
            many.end(drawing);
            many.free(drawing);
        }
    }

    @Test
    void uploadBelowTheLeastRateIsGivenUp() {
        Upload fast = begin(12 * MIB);
        Upload slow = begin(12 * MIB);
        Upload stops = stalled(12 * MIB, MIB);
        for (int second = 1; second <= 6; second++) {
            assertEquals(0, givenUp.size(), "after " + second + " seconds");
            uploads.arrive(fast, RATE);
            uploads.arrive(slow, RATE - 1);
            scheduler.advance(Duration.ofSeconds(1));
        }
        assertEquals(Problem.TOO_SLOW, problem(slow));
        assertEquals(Problem.TOO_SLOW, problem(stops));
        assertEquals(
                "The body arrived at less than 32000 bytes per second for 5 seconds. Please send a smaller body, or send it"
                        + " over a faster connection.",
                failure(slow).getMessage());
        assertNull(problem(fast));
    }

    @Test
    void pauseIsAllowedIfTheAverageIsHighEnough() {
        Upload upload = begin(12 * MIB);
        for (int second = 0; second < 60; second++) {
            uploads.arrive(upload, second % 5 == 0 ? 5 * RATE : 0);
            scheduler.advance(Duration.ofSeconds(1));
        }
        assertNull(problem(upload));
    }

    @Test
    void onlyTheLastSecondsCount() {
        Upload upload = begin(12 * MIB);
        uploads.arrive(upload, 10 * MIB);
        scheduler.advance(Duration.ofMillis(5900));
        assertNull(problem(upload));
        scheduler.advance(Duration.ofMillis(200));
        assertEquals(Problem.TOO_SLOW, problem(upload));
    }

    @Test
    void bodyThatFinishesWithinFiveSecondsIsNeverTooSlow() {
        scheduler.advance(Duration.ofMillis(1)); // the worst time between two checks
        Upload upload = begin(2);
        scheduler.advance(Duration.ofMillis(4999));
        uploads.arrive(upload, 1);
        assertNull(problem(upload));
        uploads.end(upload);
        scheduler.advance(Duration.ofSeconds(SECONDS));
        assertNull(problem(upload));
    }

    @Test
    void uploadThatTakesTooLongIsGivenUp() {
        Upload upload = begin(12 * MIB);
        for (int second = 0; second <= SECONDS; second++) {
            assertNull(problem(upload));
            uploads.arrive(upload, 2 * RATE);
            scheduler.advance(Duration.ofSeconds(1));
        }
        assertEquals(Problem.TOO_SLOW, problem(upload));
        assertEquals(
                "The body did not arrive within 120 seconds. Please send a smaller body.",
                failure(upload).getMessage());
    }

    private void receiveInPieces(Upload upload, int bytes, int pieceLength, int piecesPerSecond) {
        for (int pieces = 1; pieces * pieceLength <= bytes; pieces++) {
            uploads.arrive(upload, pieceLength);
            scheduler.advance(pieces % piecesPerSecond == 0 ? Duration.ofSeconds(1) : Duration.ZERO);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void tinyPiecesInQuickSuccessionAreRefused(int pieceLength) {
        Upload upload = begin(-1);
        receiveInPieces(upload, 2 * MIB, pieceLength, Integer.MAX_VALUE);
        assertEquals(Problem.BAD_REQUEST, problem(upload));
    }

    @ParameterizedTest
    @CsvSource({"20000, 10", "300000, 100", "12582912, 256", "12582912, 1024"})
    void smallChunksOfADrawingAreAccepted(int bytes, int pieceLength) {
        Upload upload = begin(-1);
        receiveInPieces(upload, bytes, pieceLength, Integer.MAX_VALUE);
        assertNull(problem(upload));
    }

    /** The packets of a slow network arrive one by one. */
    @ParameterizedTest
    @CsvSource({"100, 400", "500, 700", "536, 1000"})
    void smallPiecesOfASlowClientAreAccepted(int pieceLength, int piecesPerSecond) {
        Upload upload = begin(12 * MIB);
        receiveInPieces(upload, 4 * MIB, pieceLength, piecesPerSecond);
        assertNull(problem(upload));
    }
}
