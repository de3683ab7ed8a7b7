package ink.neural.http.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.FakeExchange;
import ink.neural.http.ManualScheduler;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BufferedRequestTest {
    private static final int LIMIT = 100_000;
    private static final int BUDGET = 200_000;
    private static final int RATE = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Uploads uploads = new Uploads(BUDGET, RATE, TIMEOUT, scheduler.executor());
    private int heldByOthers;
    private FakeExchange exchange = new FakeExchange("POST", "/predict");

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** Starts to receive a body; a negative length means that the client does not announce it. */
    private BufferedRequest receive(long length) throws IOException {
        exchange = new FakeExchange("POST", "/predict").length(length);
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT);
        request.receive(exchange.response(), uploads, scheduler.executor());
        exchange.returnThread();
        return request;
    }

    private BufferedRequest readArrived(byte[] body) throws IOException {
        exchange.length(body.length).arrived(body);
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT);
        request.readArrivedBody();
        return request;
    }

    /** Long enough for a dispatch, too short for the timeout. */
    private void waitForDispatch() {
        scheduler.advance(Duration.ofMillis(100));
    }

    /** Requests that are being handled hold all of the budget but a few bytes. */
    private void leaveBudget(int bytes) {
        heldByOthers = BUDGET - bytes;
        Upload finished = uploads.begin(heldByOthers, new BodyStream(), () -> {});
        assertTrue(uploads.hold(finished, heldByOthers));
        uploads.end(finished);
    }

    private void assertBudgetIsReturned() {
        assertEquals(heldByOthers, uploads.held());
    }

    private static void assertFails(Problem problem, BufferedRequest request) {
        assertEquals(
                problem,
                assertThrows(ProblemException.class, () -> request.getInputStream()
                                .readAllBytes())
                        .problem());
    }

    @Test
    void bodyThatHasArrivedIsReadAtOnce() throws Exception {
        BufferedRequest request = readArrived(bytes(40_000));
        assertArrayEquals(bytes(40_000), request.getInputStream().readAllBytes());
        assertBudgetIsReturned();
    }

    @Test
    void bytesBeyondTheAnnouncedLengthAreNotRead() throws Exception {
        exchange.length(10).arrived(bytes(20));
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT);
        request.readArrivedBody();
        assertArrayEquals(Arrays.copyOf(bytes(20), 10), request.getInputStream().readAllBytes());
        assertEquals(10, exchange.request().getInputStream().available());
    }

    @Test
    void bodyThatHasArrivedAndIsTooLargeFails() throws Exception {
        exchange.length(11).arrived(new byte[11]);
        BufferedRequest request = new BufferedRequest(exchange.request(), 10);
        request.readArrivedBody();
        assertFails(Problem.BODY_TOO_LARGE, request);
    }

    @Test
    void bodyThatHasArrivedNeedsNoBudget() throws Exception {
        leaveBudget(0);
        assertArrayEquals(
                bytes(40_000), readArrived(bytes(40_000)).getInputStream().readAllBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "10, 9, false",
        "10, 10, true",
        "65536, 65536, true",
        "65537, 65537, false",
        "-1, 5, false"
    })
    void onlyASmallBodyCountsAsArrived(long length, int available, boolean hasArrived) throws Exception {
        exchange.length(length).arrived(new byte[available]);
        assertEquals(hasArrived, new BufferedRequest(exchange.request(), LIMIT).hasArrived());
    }

    @Test
    void bodyInPiecesIsDispatchedWhenComplete() throws Exception {
        byte[] body = bytes(30_000);
        BufferedRequest request = receive(body.length);
        exchange.arrive(Arrays.copyOfRange(body, 0, 9_999));
        exchange.arrive(Arrays.copyOfRange(body, 9_999, 20_000));
        waitForDispatch();
        assertEquals(0, exchange.dispatches());
        exchange.arrive(Arrays.copyOfRange(body, 20_000, 30_000));
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertSame(request, exchange.handled());
        assertArrayEquals(body, request.getInputStream().readAllBytes());
    }

    @Test
    void chunkedBodyIsDispatchedAtItsEnd() throws Exception {
        BufferedRequest request = receive(-1);
        exchange.arrive(bytes(5_000));
        waitForDispatch();
        assertEquals(0, exchange.dispatches());
        exchange.end();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertArrayEquals(bytes(5_000), request.getInputStream().readAllBytes());
    }

    @Test
    void emptyChunkedBodyIsDispatched() throws Exception {
        BufferedRequest request = receive(-1);
        exchange.end();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertEquals(-1, request.getInputStream().read());
    }

    @Test
    void endAfterACompleteBodyDispatchesNothingMore() throws Exception {
        receive(1);
        exchange.arrive(bytes(1));
        exchange.end();
        waitForDispatch();
        exchange.end();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
    }

    @Test
    void bodyAsLargeAsTheLimitIsAccepted() throws Exception {
        BufferedRequest request = receive(LIMIT);
        exchange.arrive(bytes(LIMIT));
        waitForDispatch();
        assertEquals(LIMIT, request.getInputStream().readAllBytes().length);
    }

    @Test
    void announcedBodyThatIsTooLargeIsDrainedAndFails() throws Exception {
        BufferedRequest request = receive(2 * LIMIT);
        exchange.arrive(new byte[LIMIT]);
        assertEquals(0, request.getInputStream().available(), "nothing of it is kept");
        waitForDispatch();
        assertEquals(0, exchange.dispatches(), "the client still sends");
        exchange.arrive(new byte[LIMIT]);
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.BODY_TOO_LARGE, request);
        assertBudgetIsReturned();
    }

    @Test
    void detailOfABodyThatIsTooLargeNamesTheLimit() throws Exception {
        BufferedRequest request = receive(LIMIT + 1);
        exchange.arrive(new byte[LIMIT + 1]);
        assertEquals(
                "A request may have at most 100000 bytes. Send a smaller body.",
                assertThrows(ProblemException.class, () -> request.getInputStream()
                                .read())
                        .getMessage());
    }

    @Test
    void unannouncedBodyThatIsTooLargeFailsAndFreesItsBytes() throws Exception {
        BufferedRequest request = receive(-1);
        exchange.arrive(new byte[LIMIT]);
        assertEquals(LIMIT, request.getInputStream().available());
        exchange.arrive(new byte[1]);
        assertEquals(0, request.getInputStream().available());
        exchange.end();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.BODY_TOO_LARGE, request);
        assertBudgetIsReturned();
    }

    @Test
    void endlessBodyIsCutOffAfterFourTimesTheLimit() throws Exception {
        BufferedRequest request = receive(-1);
        for (int i = 0; i < 4; i++) {
            exchange.arrive(new byte[LIMIT]);
        }
        waitForDispatch();
        assertEquals(0, exchange.dispatches());
        exchange.arrive(new byte[1]);
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        exchange.arrive(new byte[LIMIT]);
        assertEquals(LIMIT, exchange.request().getInputStream().available(), "nothing more is read");
        assertFails(Problem.BODY_TOO_LARGE, request);
    }

    @Test
    void bodyThatIsTooSlowFailsAndTheConnectionIsClosed() throws Exception {
        BufferedRequest request = receive(30_000);
        exchange.arrive(bytes(29_999));
        scheduler.advance(TIMEOUT);
        assertEquals(0, exchange.dispatches());
        scheduler.advance(Duration.ofMillis(1100));
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.TOO_SLOW, request);
        assertEquals("close", exchange.answerHeader("Connection"));
        assertBudgetIsReturned();
    }

    @Test
    void bytesAfterTheTimeoutAreIgnored() throws Exception {
        BufferedRequest request = receive(2);
        scheduler.advance(TIMEOUT.plusSeconds(1));
        exchange.arrive(bytes(2));
        exchange.end();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.TOO_SLOW, request);
    }

    @Test
    void bodyInTooManyPiecesIsReadNoFurther() throws Exception {
        BufferedRequest request = receive(-1);
        for (int i = 0; i < 10_000 && exchange.dispatches() == 0; i++) {
            exchange.arrive(bytes(1));
            scheduler.advance(Duration.ofMillis(1));
        }
        waitForDispatch();
        assertFails(Problem.BAD_REQUEST, request);
        assertEquals("close", exchange.answerHeader("Connection"));
        int unread = exchange.request().getInputStream().available();
        exchange.arrive(bytes(7));
        assertEquals(unread + 7, exchange.request().getInputStream().available());
    }

    @Test
    void abortedRequestIsCompletedAndNotDispatched() throws Exception {
        receive(40_000);
        exchange.arrive(bytes(39_999));
        exchange.abort();
        scheduler.advance(TIMEOUT.plusSeconds(2));
        assertEquals(0, exchange.dispatches());
        assertTrue(exchange.isCompleted());
        assertEquals(400, exchange.status());
        assertBudgetIsReturned();
        exchange.finish();
        assertBudgetIsReturned();
    }

    @Test
    void abortAfterTheBodyIsCompleteChangesNothingButTheBudget() throws Exception {
        receive(40_000);
        exchange.arrive(bytes(40_000));
        exchange.abort();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFalse(exchange.isCompleted());
        assertBudgetIsReturned();
    }

    @Test
    void bodyForWhichNoMemoryIsLeftFails() throws Exception {
        leaveBudget(5_000);
        BufferedRequest request = receive(-1);
        exchange.arrive(new byte[5_000]);
        waitForDispatch();
        assertEquals(0, exchange.dispatches());
        exchange.arrive(new byte[1]);
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.BUSY, request);
        assertBudgetIsReturned();
    }

    @Test
    void stalledBodyMakesRoomForAnother() throws Exception {
        leaveBudget(10_000);
        BufferedRequest stalled = receive(10_000);
        FakeExchange stalledExchange = exchange;
        exchange.arrive(bytes(9_999));
        BufferedRequest drawing = receive(2);
        exchange.arrive(bytes(2));
        waitForDispatch();
        assertArrayEquals(bytes(2), drawing.getInputStream().readAllBytes());
        assertFails(Problem.BUSY, stalled);
        assertEquals(1, stalledExchange.dispatches());
    }

    @Test
    void memoryIsHeldUntilTheRequestEnds() throws Exception {
        receive(1000);
        exchange.arrive(new byte[1000]);
        waitForDispatch();
        assertEquals(1000, uploads.held());
        exchange.finish();
        exchange.finish();
        assertBudgetIsReturned();
    }

    @Test
    void memoryIsFreedWhenTheAnswerFails() throws Exception {
        receive(40_000);
        exchange.arrive(new byte[40_000]);
        waitForDispatch();
        exchange.failAnswer();
        assertBudgetIsReturned();
    }

    @Test
    void chunksThatTheServerHandsOverUndecodedAreDecoded() throws Exception {
        exchange = new FakeExchange("POST", "/predict").header("Upgrade", "h2c").header("Transfer-Encoding", "chunked");
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT);
        request.receive(exchange.response(), uploads, scheduler.executor());
        exchange.returnThread();
        exchange.arrive("3\r\nabc\r\n2\r\nd".getBytes());
        waitForDispatch();
        assertEquals(0, exchange.dispatches());
        exchange.arrive("e\r\n0\r\n\r\n".getBytes());
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertEquals("abcde", new String(request.getInputStream().readAllBytes()));
    }

    @Test
    void racingTimeoutAndEndDispatchOnce() throws Exception {
        for (int round = 0; round < 100; round++) {
            BufferedRequest request = receive(-1);
            exchange.arrive(bytes(10));
            CyclicBarrier start = new CyclicBarrier(2);
            Thread container = new Thread(() -> {
                awaitOthers(start);
                request.onAllDataRead();
            });
            container.start();
            awaitOthers(start);
            scheduler.advance(TIMEOUT.plusSeconds(1));
            container.join();
            waitForDispatch();
            assertEquals(1, exchange.dispatches());
        }
    }

    private static void awaitOthers(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void queryStringIsKeptAsItArrived() throws Exception {
        exchange.query("top=5");
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT);
        exchange.query(null);
        assertEquals("top=5", request.getQueryString());
    }

    @Test
    void everyCallReturnsTheSameStream() throws Exception {
        BufferedRequest request = readArrived(bytes(2));
        assertSame(request.getInputStream(), request.getInputStream());
    }
}
