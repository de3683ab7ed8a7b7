package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.LogCapture;
import ink.neural.http.FakeExchange;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.servlet.ServletException;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProblemFilterTest {
    private final ProblemFilter filter = new ProblemFilter(new ErrorAnswer(Webapp.at("")));
    private final FakeExchange exchange = new FakeExchange("POST", "/predict");
    private final LogCapture log = new LogCapture(Failure.class.getName());

    @BeforeEach
    void forgetLines() {
        Failure.lines = new LogRateLimiter(10);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private FakeExchange fail(Throwable failure) throws Exception {
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain((request, response) -> {
            response.getOutputStream().print("half an answer");
            throw ProblemFilterTest.<RuntimeException>unchecked(failure);
        }));
        return exchange;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void problemIsAnsweredAsItIs() throws Exception {
        fail(new ServletException(new ProblemException(Problem.TOO_SLOW, "Send faster.")));
        assertEquals(408, exchange.status());
        assertEquals("application/problem+json", exchange.answerHeader("Content-Type"));
        assertTrue(exchange.answer().startsWith("{\"type\":\"urn:neural-ink:problem:too-slow\""), exchange.answer());
        assertTrue(exchange.answer().contains("Send faster."), exchange.answer());
        assertTrue(log.records().isEmpty());
    }

    @Test
    void faultOfOursIsLoggedButNotSent() throws Exception {
        Throwable fault = new IllegalStateException("secret");
        fail(fault);
        assertEquals(500, exchange.status());
        assertTrue(exchange.answer().startsWith("{\"type\":\"urn:neural-ink:problem:internal\""), exchange.answer());
        assertFalse(exchange.answer().contains("secret"), exchange.answer());
        assertSame(fault, log.records().get(0).getThrown());
    }

    @Test
    void requestThatEndsEarlyIsTheClientsFault() throws Exception {
        fail(new IOException("connection reset"));
        assertEquals(400, exchange.status());
        assertTrue(log.records().isEmpty());
    }

    @Test
    void fileThatTheServerDoesNotFindIsAnUnknownAddress() throws Exception {
        fail(new ServletException(new FileNotFoundException("/webjars/secret")));
        assertEquals(404, exchange.status());
        assertFalse(exchange.answer().contains("secret"), exchange.answer());
    }

    @Test
    void answerThatHasBegunIsBrokenOff() throws Exception {
        exchange.response().flushBuffer();
        IOException failure = new IOException();
        assertSame(failure, assertThrows(IOException.class, () -> fail(failure)));
        assertEquals("half an answer", exchange.answer());
    }
}
