package ink.neural.workaround;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.http.FakeExchange;
import ink.neural.http.ManualScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DispatchAfterReturnTest {
    private static final Duration POLL = Duration.ofMillis(1);

    private final FakeExchange exchange = new FakeExchange("POST", "/predict");
    private final ManualScheduler scheduler = new ManualScheduler();

    private void dispatch() {
        new DispatchAfterReturn(exchange.async(), scheduler.executor()).dispatch();
    }

    @Test
    void requestIsDispatchedAPollAfterTheThreadHasReturned() {
        dispatch();
        scheduler.advance(POLL.multipliedBy(10));
        assertEquals(0, exchange.dispatches());
        exchange.returnThread();
        scheduler.advance(POLL);
        assertEquals(0, exchange.dispatches(), "the container may still be at work");
        scheduler.advance(POLL);
        assertEquals(1, exchange.dispatches());
    }

    @Test
    void requestIsDispatchedEvenIfTheThreadNeverReturns() {
        dispatch();
        scheduler.advance(POLL.multipliedBy(51));
        assertEquals(0, exchange.dispatches());
        scheduler.advance(POLL);
        assertEquals(1, exchange.dispatches());
    }

    @Test
    void requestIsDispatchedOnce() {
        dispatch();
        exchange.returnThread();
        scheduler.advance(POLL.multipliedBy(1000));
        assertEquals(1, exchange.dispatches());
        assertEquals(0, scheduler.pending());
    }
}
