package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.http.FakeExchange;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersFilterTest {
    private static FakeExchange get(String uri) throws Exception {
        FakeExchange exchange = new FakeExchange("GET", uri);
        new SecurityHeadersFilter().doFilter(exchange.request(), exchange.response(), exchange.chain());
        assertEquals(1, exchange.timesPassedOn());
        return exchange;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/predict", "/api/model", "/nowhere"})
    void everyAnswerHasTheSecurityHeaders(String uri) throws Exception {
        Map<String, String> headers = get(uri).answerHeaders();
        assertEquals("nosniff", headers.get("X-Content-Type-Options"));
        assertEquals("no-referrer", headers.get("Referrer-Policy"));
        assertEquals("same-origin", headers.get("Cross-Origin-Opener-Policy"));
        assertEquals("same-origin", headers.get("Cross-Origin-Resource-Policy"));
        assertTrue(headers.get("Permissions-Policy").contains("camera=()"));
        assertTrue(headers.get("Content-Security-Policy").startsWith("default-src 'none';"));
        assertTrue(headers.get("Content-Security-Policy").contains("frame-ancestors 'none'"));
    }

    @Test
    void answersOfTheApiAreNeverStored() throws Exception {
        assertEquals("no-store", get("/predict").answerHeader("Cache-Control"));
        assertEquals("no-store", get("/api/unknown").answerHeader("Cache-Control"));
    }

    @Test
    void filesAreRevalidated() throws Exception {
        assertEquals("no-cache", get("/js/main.js").answerHeader("Cache-Control"));
    }

    @Test
    void filesOfTheModelAreRevalidated() throws Exception {
        assertEquals("no-cache", get("/api/model/file").answerHeader("Cache-Control"));
        assertEquals("no-cache", get("/api/model/descriptor").answerHeader("Cache-Control"));
        assertEquals("no-store", get("/api/model").answerHeader("Cache-Control"));
    }

    @Test
    void onlyTheWorkerMayCompileWebAssembly() throws Exception {
        String page = get("/").answerHeader("Content-Security-Policy");
        assertFalse(page.contains("wasm"));
        assertEquals(
                page.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
                get("/js/device/worker.js").answerHeader("Content-Security-Policy"));
    }

    @Test
    void headersAreSetBeforeTheRestOfTheChain() throws Exception {
        FakeExchange exchange = new FakeExchange("GET", "/");
        new SecurityHeadersFilter()
                .doFilter(
                        exchange.request(),
                        exchange.response(),
                        exchange.chain((request, response) ->
                                assertEquals("nosniff", exchange.answerHeader("X-Content-Type-Options"))));
        assertEquals(1, exchange.timesPassedOn());
    }
}
