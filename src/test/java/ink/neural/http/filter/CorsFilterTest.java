package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ink.neural.http.FakeExchange;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorsFilterTest {
    private static final String ORIGIN = "https://a.example";

    private static FakeExchange call(FakeExchange exchange, String... origins) throws Exception {
        new CorsFilter(Set.of(origins)).doFilter(exchange.request(), exchange.response(), exchange.chain());
        return exchange;
    }

    private static FakeExchange post() {
        return new FakeExchange("POST", "/predict").header("Origin", ORIGIN);
    }

    private static FakeExchange preflight() {
        return new FakeExchange("OPTIONS", "/predict")
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST");
    }

    @Test
    void configuredOriginIsAllowed() throws Exception {
        FakeExchange exchange = call(post(), "https://b.example", ORIGIN);
        assertEquals(
                Map.of(
                        "Access-Control-Allow-Origin", ORIGIN,
                        "Access-Control-Allow-Methods", "GET, POST",
                        "Access-Control-Allow-Headers",
                                "Content-Type, Authorization, X-Request-Id, traceparent, tracestate",
                        "Access-Control-Expose-Headers", "X-Request-Id, X-Model, Retry-After",
                        "Access-Control-Max-Age", "600",
                        "Vary", "Origin"),
                exchange.answerHeaders());
        assertEquals(1, exchange.timesPassedOn());
    }

    @Test
    void starAllowsEveryOrigin() throws Exception {
        assertEquals(ORIGIN, call(post(), "*").answerHeader("Access-Control-Allow-Origin"));
    }

    @Test
    void varyOfOthersIsKept() throws Exception {
        FakeExchange exchange = post();
        exchange.response().addHeader("Vary", "Accept");
        assertEquals("Accept, Origin", call(exchange, ORIGIN).answerHeader("Vary"));
    }

    @Test
    void otherOriginGetsAnAnswerThatItsBrowserHides() throws Exception {
        FakeExchange exchange = call(post(), "https://b.example");
        assertEquals(Map.of(), exchange.answerHeaders());
        assertEquals(1, exchange.timesPassedOn());
    }

    @Test
    void originMustMatchExactly() throws Exception {
        FakeExchange exchange = new FakeExchange("POST", "/predict").header("Origin", ORIGIN + ".evil.example");
        assertEquals(Map.of(), call(exchange, ORIGIN).answerHeaders());
    }

    @Test
    void requestWithoutAnOriginIsUntouched() throws Exception {
        FakeExchange exchange = call(new FakeExchange("POST", "/predict"), "*");
        assertEquals(Map.of(), exchange.answerHeaders());
        assertEquals(1, exchange.timesPassedOn());
    }

    @Test
    void preflightIsAnsweredAtOnce() throws Exception {
        FakeExchange exchange = call(preflight(), ORIGIN);
        assertEquals(204, exchange.status());
        assertEquals(ORIGIN, exchange.answerHeader("Access-Control-Allow-Origin"));
        assertEquals(0, exchange.timesPassedOn());
    }

    @Test
    void preflightOfAnotherOriginIsNotAnswered() throws Exception {
        FakeExchange exchange = call(preflight());
        assertNull(exchange.answerHeader("Access-Control-Allow-Origin"));
        assertEquals(1, exchange.timesPassedOn());
    }

    @Test
    void optionsThatIsNoPreflightPasses() throws Exception {
        FakeExchange exchange = call(new FakeExchange("OPTIONS", "/predict").header("Origin", ORIGIN), ORIGIN);
        assertEquals(200, exchange.status());
        assertEquals(1, exchange.timesPassedOn());
    }
}
