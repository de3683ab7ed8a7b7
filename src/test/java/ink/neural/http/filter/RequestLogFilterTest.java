package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.LogCapture;
import ink.neural.http.FakeExchange;
import ink.neural.metrics.Metrics;
import ink.neural.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogFilterTest {
    private final Metrics metrics = new Metrics();
    private final RequestLogFilter filter = new RequestLogFilter(metrics);
    private final LogCapture log = new LogCapture("ink.neural.access");

    @AfterEach
    void closeLog() {
        log.close();
    }

    private FakeExchange handle(FakeExchange exchange, FilterChain rest) throws Exception {
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain(rest));
        return exchange;
    }

    private FakeExchange handle(FakeExchange exchange) throws Exception {
        return handle(exchange, (request, response) -> {});
    }

    private FakeExchange refuse(FakeExchange exchange) throws Exception {
        return handle(exchange, (request, response) -> {
            Outcome.record((HttpServletRequest) request, Problem.NO_IMAGE);
            ((HttpServletResponse) response).setStatus(400);
        });
    }

    private static FakeExchange post() {
        return new FakeExchange("POST", "/predict");
    }

    private boolean metricsHave(String line) {
        return new String(metrics.scrape(), StandardCharsets.UTF_8).lines().anyMatch(line::equals);
    }

    @Test
    void idOfTheClientIsKept() throws Exception {
        FakeExchange exchange = handle(post().header("X-Request-Id", "Order_1.2-3"));
        assertEquals("Order_1.2-3", exchange.answerHeader("X-Request-Id"));
        assertTrue(
                log.messages().get(0).startsWith("Order_1.2-3 POST /predict 200 "),
                log.messages().get(0));
    }

    @Test
    void requestWithoutAnIdGetsItsOwn() throws Exception {
        String first = handle(post()).answerHeader("X-Request-Id");
        String second = handle(post()).answerHeader("X-Request-Id");
        assertTrue(first.matches("[0-9a-f]{16}"), first);
        assertNotEquals(first, second);
        assertTrue(log.messages().get(0).startsWith(first + " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "é", "<script>", "a\u001B[31m"})
    void unsafeIdIsReplaced(String id) throws Exception {
        assertTrue(handle(post().header("X-Request-Id", id))
                .answerHeader("X-Request-Id")
                .matches("[0-9a-f]{16}"));
    }

    @Test
    void longIdIsReplaced() throws Exception {
        assertEquals(
                64,
                handle(post().header("X-Request-Id", "a".repeat(64)))
                        .answerHeader("X-Request-Id")
                        .length());
        assertEquals(
                16,
                handle(post().header("X-Request-Id", "a".repeat(65)))
                        .answerHeader("X-Request-Id")
                        .length());
    }

    @Test
    void lineHasTheTrace() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        handle(post().header("X-Request-Id", "a").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        handle(post().header("X-Request-Id", "b").header("traceparent", "00-" + trace + "-faked"));
        assertTrue(
                log.messages().get(0).startsWith("a trace=" + trace + " POST /predict 200 "),
                log.messages().get(0));
        assertTrue(
                log.messages().get(1).startsWith("b POST /predict 200 "),
                log.messages().get(1));
    }

    @Test
    void lineCannotBeForged() throws Exception {
        handle(new FakeExchange("GET\r\n", "/api/x\r\nfaked line\u001B[2J\u2028é"));
        assertEquals(1, log.messages().size());
        assertTrue(
                log.messages().get(0).contains(" GET?? /api/x??faked?line?[2J?? 200 "),
                log.messages().get(0));
    }

    @Test
    void longPathIsCut() throws Exception {
        handle(new FakeExchange("GET", "/api/" + "x".repeat(1000)));
        assertTrue(
                log.messages().get(0).contains(" /api/" + "x".repeat(95) + " 200 "),
                log.messages().get(0));
    }

    @Test
    void lineHasNoQueryAndNoBody() throws Exception {
        handle(post().query("secret").arrived("secret".getBytes(StandardCharsets.UTF_8)));
        assertFalse(log.messages().get(0).contains("secret"));
    }

    @Test
    void refusalsAreRateLimitedButAnswersAreNot() throws Exception {
        for (int i = 0; i < 700; i++) {
            refuse(post());
        }
        assertEquals(600, log.messages().size());
        for (int i = 0; i < 100; i++) {
            handle(post());
        }
        assertEquals(700, log.messages().size());
        assertTrue(metricsHave("neural_ink_requests_total{outcome=\"no-image\",path=\"/predict\"} 700.0"));
    }

    @Test
    void outcomesAreCounted() throws Exception {
        handle(post());
        handle(new FakeExchange("GET", "/api/health/live/"));
        refuse(post());
        assertTrue(metricsHave("neural_ink_requests_total{outcome=\"ok\",path=\"/predict\"} 1.0"));
        assertTrue(metricsHave("neural_ink_requests_total{outcome=\"ok\",path=\"/api/health/live\"} 1.0"));
        assertTrue(metricsHave("neural_ink_requests_total{outcome=\"no-image\",path=\"/predict\"} 1.0"));
        assertTrue(metricsHave("neural_ink_request_seconds_count{path=\"/predict\"} 2"));
    }

    @Test
    void allUnknownPathsShareOneLabel() throws Exception {
        for (int i = 0; i < 100; i++) {
            handle(new FakeExchange("GET", "/api/" + i));
        }
        assertTrue(metricsHave("neural_ink_requests_total{outcome=\"ok\",path=\"other\"} 100.0"));
        assertEquals(
                1,
                new String(metrics.scrape(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("neural_ink_requests_total{"))
                        .count());
    }

    @Test
    void requestIsInFlightUntilItsAnswer() throws Exception {
        handle(post(), (request, response) -> assertTrue(metricsHave("neural_ink_in_flight 1.0")));
        assertTrue(metricsHave("neural_ink_in_flight 0.0"));
    }

    @Test
    void failureIsRecordedAndNoLongerInFlight() {
        ServletException failure = new ServletException("broken");
        assertEquals(failure, assertThrows(ServletException.class, () -> fail(failure)));
        assertTrue(metricsHave("neural_ink_in_flight 0.0"));
        assertTrue(metricsHave("neural_ink_requests_total{outcome=\"internal\",path=\"/predict\"} 1.0"));
        assertEquals(1, log.messages().size());
        assertTrue(
                log.messages().get(0).contains(" POST /predict 500 "),
                log.messages().get(0));
    }

    @Test
    void refusalOfAFilterIsRecordedAsItsProblem() {
        assertThrows(ServletException.class, () -> fail(new ServletException(Failure.ofStatus(404))));
        assertTrue(metricsHave("neural_ink_requests_total{outcome=\"not-found\",path=\"/predict\"} 1.0"));
        assertTrue(
                log.messages().get(0).contains(" POST /predict 404 "),
                log.messages().get(0));
    }

    private void fail(ServletException failure) throws Exception {
        handle(post(), (request, response) -> {
            throw failure;
        });
    }

    @Test
    void requestThatWaitsForItsBodyIsRecordedWhenItPassesAgain() throws Exception {
        handle(post(), (request, response) -> request.startAsync(request, response));
        assertTrue(metricsHave("neural_ink_in_flight 0.0"));
        assertEquals(0, log.messages().size());
        handle(post());
        assertEquals(1, log.messages().size());
    }
}
