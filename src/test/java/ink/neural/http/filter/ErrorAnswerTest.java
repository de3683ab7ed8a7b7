package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.FakeExchange;
import ink.neural.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorAnswerTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static FakeExchange send(Problem problem, FakeExchange exchange) throws Exception {
        new ErrorAnswer(Webapp.at("/ink")).send(exchange.request(), exchange.response(), problem.details("Do this."));
        assertEquals(
                Integer.toString(exchange.answer().getBytes(StandardCharsets.UTF_8).length),
                exchange.answerHeader("Content-Length"));
        return exchange;
    }

    private static FakeExchange get() {
        return new FakeExchange("GET", "/ink/a/b");
    }

    @Test
    void programGetsAProblem() throws Exception {
        FakeExchange exchange = send(Problem.NOT_FOUND, get().header("Accept", "*/*"));
        assertEquals(404, exchange.status());
        assertEquals("application/problem+json", exchange.answerHeader("Content-Type"));
        assertEquals(
                "{\"type\":\"urn:neural-ink:problem:not-found\",\"title\":\"There is nothing at this address.\","
                        + "\"status\":404,\"detail\":\"Do this.\"}",
                exchange.answer());
    }

    @Test
    void personGetsAPageWhoseLinksBeginWithTheContextRoot() throws Exception {
        FakeExchange exchange = send(Problem.NOT_FOUND, get().header("Accept", BROWSER));
        assertEquals(404, exchange.status());
        assertEquals("text/html;charset=UTF-8", exchange.answerHeader("Content-Type"));
        assertTrue(exchange.answer().contains("href=\"/ink/\""), exchange.answer());
        assertTrue(exchange.answer().contains("href=\"/ink/css/document.css\""), exchange.answer());
        assertFalse(exchange.answer().contains("{root}"), exchange.answer());
    }

    @Test
    void acceptMayComeInSeveralFields() throws Exception {
        FakeExchange exchange = send(Problem.NOT_FOUND, get().header("Accept", "image/png\ntext/html"));
        assertEquals("text/html;charset=UTF-8", exchange.answerHeader("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html;q=2", "text/html;;;=", "\u0000"})
    void malformedAcceptCountsAsNone(String accept) throws Exception {
        FakeExchange exchange = send(Problem.NOT_FOUND, get().header("Accept", accept));
        assertEquals("application/problem+json", exchange.answerHeader("Content-Type"));
    }

    @Test
    void otherErrorsAreProblemsInABrowserToo() throws Exception {
        FakeExchange exchange = send(Problem.METHOD_NOT_ALLOWED, get().header("Accept", BROWSER));
        assertEquals("application/problem+json", exchange.answerHeader("Content-Type"));
    }

    @Test
    void busyServerSaysWhenToTryAgain() throws Exception {
        assertEquals("1", send(Problem.BUSY, get()).answerHeader("Retry-After"));
    }
}
