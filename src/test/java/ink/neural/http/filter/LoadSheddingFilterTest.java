package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.config.Configurations;
import ink.neural.http.FakeExchange;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.Predictions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadSheddingFilterTest {
    private final ConcurrencyLimiter limiter =
            new ConcurrencyLimiter(Configurations.of("neural.ink.concurrency", "1", "neural.ink.queue", "1"));
    private final FakeExchange exchange = new FakeExchange("POST", "/predict");

    private void handle() throws Exception {
        new LoadSheddingFilter(limiter).doFilter(exchange.request(), exchange.response(), exchange.chain());
    }

    @Test
    void requestPassesIfTheQueueHasRoom() throws Exception {
        handle();
        assertEquals(1, exchange.timesPassedOn());
        assertEquals(Map.of(), exchange.answerHeaders());
    }

    @Test
    void requestIsRefusedIfTheQueueIsFull() throws Exception {
        Predictions.whileFull(limiter, 1, 1, this::handle);
        assertEquals(0, exchange.timesPassedOn());
        assertEquals(503, exchange.status());
        String body = "{\"type\":\"urn:neural-ink:problem:busy\",\"title\":\"The server is busy.\","
                + "\"status\":503,\"detail\":\"Send the request again after a second.\"}";
        assertEquals(body, exchange.answer());
        assertEquals(
                Map.of(
                        "Content-Type", "application/problem+json",
                        "Content-Length", Integer.toString(body.length()),
                        "Retry-After", "1"),
                exchange.answerHeaders());
        assertEquals("busy", Outcome.of(exchange.request(), 503));
    }
}
