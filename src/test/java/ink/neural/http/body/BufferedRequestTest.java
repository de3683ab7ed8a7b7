package ink.neural.http.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.Fake;
import ink.neural.http.FakeExchange;
import ink.neural.http.ManualScheduler;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BufferedRequestTest {
    private static final int LIMIT = 100_000;
    private static final int BUDGET = 200_000;
    /** Bytes of each body that the budget does not count. */
    private static final int FREE = 16 * 1024;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ByteBudget budget = new ByteBudget(BUDGET);
    private final ManualScheduler scheduler = new ManualScheduler();
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
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT, budget);
        request.receive(exchange.response(), scheduler.executor(), TIMEOUT);
        exchange.returnThread();
        return request;
    }

    private BufferedRequest readArrived(byte[] body) throws IOException {
        exchange.length(body.length).arrived(body);
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT, budget);
        request.readArrivedBody();
        return request;
    }

    /** Long enough for a dispatch, too short for the timeout. */
    private void waitForDispatch() {
        scheduler.advance(Duration.ofMillis(100));
    }

    /** Other requests hold all of the budget but a few bytes. */
    private void leaveBudget(int bytes) {
        heldByOthers = BUDGET - bytes;
        assertTrue(budget.tryReserve(heldByOthers));
    }

    private void assertBudgetIsReturned() {
        assertBudgetLeft(BUDGET - heldByOthers);
    }

    private void assertBudgetLeft(int bytes) {
        assertFalse(budget.tryReserve(bytes + 1));
        assertTrue(budget.tryReserve(bytes));
        budget.release(bytes);
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
        assertEquals(0, scheduler.pending());
        assertBudgetIsReturned();
    }

    @Test
    void bytesBeyondTheAnnouncedLengthAreNotRead() throws Exception {
        exchange.length(10).arrived(bytes(20));
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT, budget);
        request.readArrivedBody();
        assertArrayEquals(Arrays.copyOf(bytes(20), 10), request.getInputStream().readAllBytes());
        assertEquals(10, exchange.request().getInputStream().available());
    }

    @Test
    void bodyThatHasArrivedAndIsTooLargeFails() throws Exception {
        BufferedRequest request = readArrived(new byte[LIMIT + 1]);
        assertFails(Problem.BODY_TOO_LARGE, request);
        assertBudgetIsReturned();
    }

    @Test
    void bodyThatHasArrivedAndExceedsTheBudgetFailsAndIsNotKept() throws Exception {
        leaveBudget(10_000);
        BufferedRequest request = readArrived(new byte[LIMIT]);
        assertFails(Problem.BUSY, request);
        assertEquals(0, request.getInputStream().available());
        assertBudgetIsReturned();
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
        assertEquals(0, scheduler.pending(), "the timeout is cancelled");
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
        BufferedRequest request = readArrived(bytes(LIMIT));
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
                "A request may have at most 100000 bytes.",
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
        exchange.finish();
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
    void bodyThatIsTooSlowFails() throws Exception {
        BufferedRequest request = receive(30_000);
        exchange.arrive(bytes(29_999));
        scheduler.advance(TIMEOUT.minusMillis(1));
        assertEquals(0, exchange.dispatches());
        scheduler.advance(Duration.ofMillis(100));
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.TOO_SLOW, request);
        exchange.finish();
        assertBudgetIsReturned();
    }

    @Test
    void bytesAfterTheTimeoutAreIgnored() throws Exception {
        BufferedRequest request = receive(2);
        scheduler.advance(TIMEOUT);
        exchange.arrive(bytes(2));
        exchange.end();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.TOO_SLOW, request);
    }

    @Test
    void abortedRequestIsCompletedAndNotDispatched() throws Exception {
        receive(40_000);
        exchange.arrive(bytes(39_999));
        exchange.abort();
        scheduler.advance(TIMEOUT);
        assertEquals(0, exchange.dispatches());
        assertTrue(exchange.isCompleted());
        assertEquals(400, exchange.status());
        assertEquals(0, scheduler.pending(), "the timeout is cancelled");
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
    void bodyBeyondTheBudgetFails() throws Exception {
        leaveBudget(5_000);
        BufferedRequest request = receive(-1);
        exchange.arrive(new byte[FREE + 5_000]);
        waitForDispatch();
        assertEquals(0, exchange.dispatches());
        exchange.arrive(new byte[1]);
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.BUSY, request);
        exchange.finish();
        assertBudgetIsReturned();
    }

    @Test
    void smallBodiesNeedNoBudget() throws Exception {
        leaveBudget(0);
        BufferedRequest request = receive(FREE);
        exchange.arrive(bytes(FREE));
        waitForDispatch();
        assertArrayEquals(bytes(FREE), request.getInputStream().readAllBytes());
    }

    @Test
    void budgetIsHeldUntilTheRequestEnds() throws Exception {
        receive(FREE + 1000);
        exchange.arrive(new byte[FREE + 1000]);
        waitForDispatch();
        assertBudgetLeft(BUDGET - 1000);
        exchange.finish();
        exchange.finish();
        assertBudgetIsReturned();
    }

    @Test
    void budgetIsReturnedWhenTheAnswerFails() throws Exception {
        receive(40_000);
        exchange.arrive(new byte[40_000]);
        waitForDispatch();
        exchange.failAnswer();
        assertBudgetIsReturned();
    }

    @Test
    void timeoutBeforeReceiveReturnsStillDispatches() throws Exception {
        exchange.length(1);
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT, budget);
        request.receive(exchange.response(), Fake.of(ScheduledExecutorService.class, new Impatient()), TIMEOUT);
        exchange.returnThread();
        waitForDispatch();
        assertEquals(1, exchange.dispatches());
        assertFails(Problem.TOO_SLOW, request);
    }

    /** Runs the timeout before {@code schedule} returns, as a scheduler may if the calling thread is held up. */
    private final class Impatient {
        @SuppressWarnings("unused")
        public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            ScheduledFuture<?> task = scheduler.schedule(work, delay, unit);
            if (unit.toMillis(delay) == TIMEOUT.toMillis()) {
                scheduler.advance(TIMEOUT);
            }
            return task;
        }
    }

    @Test
    void racingTimeoutAndEndDispatchOnce() throws Exception {
        for (int round = 0; round < 300; round++) {
            BufferedRequest request = receive(-1);
            exchange.arrive(bytes(10));
            CyclicBarrier start = new CyclicBarrier(2);
            Thread container = new Thread(() -> {
                awaitOthers(start);
                request.onAllDataRead();
            });
            container.start();
            awaitOthers(start);
            scheduler.advance(TIMEOUT);
            container.join();
            waitForDispatch();
            assertEquals(1, exchange.dispatches());
            assertEquals(0, scheduler.pending());
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
        BufferedRequest request = new BufferedRequest(exchange.request(), LIMIT, budget);
        exchange.query(null);
        assertEquals("top=5", request.getQueryString());
    }

    @Test
    void everyCallReturnsTheSameStream() throws Exception {
        BufferedRequest request = readArrived(bytes(2));
        assertSame(request.getInputStream(), request.getInputStream());
    }
}
