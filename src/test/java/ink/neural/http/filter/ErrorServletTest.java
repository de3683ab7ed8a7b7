package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.FakeExchange;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorServletTest {
    @ParameterizedTest
    @CsvSource({
        "400, urn:neural-ink:problem:bad-request",
        "403, about:blank",
        "404, urn:neural-ink:problem:not-found",
        "405, urn:neural-ink:problem:method-not-allowed",
        "413, urn:neural-ink:problem:body-too-large",
        "416, about:blank",
        "500, urn:neural-ink:problem:internal",
        "503, about:blank"
    })
    void statusOfTheServerBecomesAProblemOfTheSameStatus(int status, String type) throws Exception {
        FakeExchange exchange = new FakeExchange("PATCH", "/x");
        exchange.request().setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
        ErrorServlet servlet = new ErrorServlet() {
            @Override
            public ServletContext getServletContext() {
                return Webapp.at("");
            }
        };
        servlet.init();
        servlet.service(exchange.request(), exchange.response());
        assertEquals(status, exchange.status());
        assertEquals("no-store", exchange.answerHeader("Cache-Control"));
        assertTrue(exchange.answer().startsWith("{\"type\":\"" + type + "\""), exchange.answer());
        assertTrue(
                exchange.answer().matches(".*\"status\":" + status + ",\"detail\":\"[^\"]{10,}\"}"), exchange.answer());
    }
}
