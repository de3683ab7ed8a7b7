package ink.neural.http.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.http.FakeExchange;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncBodyFilterTest {
    private AsyncBodyFilter filter = filter(Duration.ofMinutes(1));

    private static AsyncBodyFilter filter(Duration timeout) {
        return new AsyncBodyFilter(
                request -> request.getRequestURI().equals("/large") ? 100 : 10, 1_000_000, 1000, timeout);
    }

    @AfterEach
    void stop() {
        filter.destroy();
    }

    private static byte[] body(FakeExchange exchange) throws Exception {
        return exchange.handled().getInputStream().readAllBytes();
    }

    private static Problem problem(FakeExchange exchange) {
        return assertThrows(ProblemException.class, () -> body(exchange)).problem();
    }

    @Test
    void requestWithoutABodyPassesUntouched() throws Exception {
        FakeExchange exchange = new FakeExchange("GET", "/predict");
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        assertSame(exchange.request(), exchange.handled());
    }

    @Test
    void bodyThatHasArrivedContinuesOnTheSameThread() throws Exception {
        FakeExchange exchange = new FakeExchange("POST", "/predict").length(3).arrived(new byte[] {1, 2, 3});
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        assertEquals(1, exchange.timesPassedOn());
        assertArrayEquals(new byte[] {1, 2, 3}, body(exchange));
    }

    @Test
    void bodyFarBeyondTheLimitIsRefusedBeforeItArrives() throws Exception {
        FakeExchange exchange = new FakeExchange("POST", "/predict").length(4 * 10 + 1);
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        assertEquals(1, exchange.timesPassedOn());
        assertEquals(Problem.BODY_TOO_LARGE, problem(exchange));
    }

    @Test
    void emptyBodyHasArrived() throws Exception {
        FakeExchange exchange = new FakeExchange("POST", "/predict").length(0);
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        assertEquals(1, exchange.timesPassedOn());
        assertEquals(0, body(exchange).length);
    }

    @Test
    void incompleteBodyIsReceivedWithoutTheThread() throws Exception {
        FakeExchange exchange = new FakeExchange("POST", "/predict").length(3).arrived(new byte[] {1});
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        assertEquals(0, exchange.timesPassedOn());
        exchange.returnThread();
        exchange.arrive(new byte[] {2, 3});
        exchange.awaitDispatch();
        assertArrayEquals(new byte[] {1, 2, 3}, body(exchange));
    }

    @Test
    void chunkedBodyIsReceivedWithoutTheThread() throws Exception {
        FakeExchange exchange = new FakeExchange("POST", "/predict").arrived(new byte[] {1, 2, 3});
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        assertEquals(0, exchange.timesPassedOn());
        exchange.returnThread();
        exchange.arrive(new byte[0]);
        exchange.end();
        exchange.awaitDispatch();
        assertArrayEquals(new byte[] {1, 2, 3}, body(exchange));
    }

    @Test
    void limitDependsOnTheRequest() throws Exception {
        FakeExchange large = new FakeExchange("POST", "/large").length(11).arrived(new byte[11]);
        filter.doFilter(large.request(), large.response(), large.chain());
        assertEquals(11, body(large).length);
        FakeExchange small = new FakeExchange("POST", "/small").length(11).arrived(new byte[11]);
        filter.doFilter(small.request(), small.response(), small.chain());
        assertEquals(Problem.BODY_TOO_LARGE, problem(small));
    }

    @Test
    void bodyThatNeverArrivesTimesOut() throws Exception {
        stop();
        filter = filter(Duration.ofMillis(1));
        FakeExchange exchange = new FakeExchange("POST", "/predict").length(3);
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        exchange.returnThread();
        exchange.awaitDispatch();
        assertEquals(Problem.TOO_SLOW, problem(exchange));
    }
}
