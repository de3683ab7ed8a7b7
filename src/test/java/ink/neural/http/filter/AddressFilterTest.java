package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.http.FakeExchange;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFilterTest {
    private static final String CONTEXT_ROOT = "/ink";
    private final AddressFilter filter = new AddressFilter(new StaticFiles(Webapp.at(CONTEXT_ROOT)), false);

    private FakeExchange send(FakeExchange exchange) throws Exception {
        filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        return exchange;
    }

    private static FakeExchange request(String method, String path) {
        return new FakeExchange(method, CONTEXT_ROOT + path).contextPath(CONTEXT_ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /predict",
        "POST, /predict/",
        "POST, /predict/batch/",
        "GET, /api/model",
        "HEAD, /api/health/live/",
        "GET, /",
        "GET, /index.html",
        "HEAD, /js/i18n/en.js"
    })
    void requestThatTheAddressAcceptsPasses(String method, String path) throws Exception {
        assertEquals(1, send(request(method, path)).timesPassedOn());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/predict/more",
                "/predict//",
                "//predict",
                "/predict;x=1",
                "/%70redict",
                "/api",
                "/api//model",
                "/js",
                "/js/",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/js/../WEB-INF/web.xml",
                "/js/../index.html",
                "/error"
            })
    void unknownAddressIsNotFoundWithAnyMethod(String path) {
        for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS", "DELETE"}) {
            FakeExchange exchange = request(method, path);
            ProblemException refused = assertThrows(ProblemException.class, () -> send(exchange));
            assertEquals(Problem.NOT_FOUND, refused.problem());
            assertEquals(0, exchange.timesPassedOn());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "RELOAD")
    void optionsListsTheMethodsOfAnEndpoint(Endpoint endpoint) throws Exception {
        FakeExchange exchange = send(request("OPTIONS", endpoint.path()));
        assertEquals(204, exchange.status());
        assertEquals(endpoint.isPrediction() ? "POST, OPTIONS" : "GET, HEAD, OPTIONS", exchange.answerHeader("Allow"));
        assertEquals("", exchange.answer());
        assertEquals(0, exchange.timesPassedOn());
    }

    @Test
    void optionsListsTheMethodsOfAFileAndOfTheWholeServer() throws Exception {
        assertEquals(
                "GET, HEAD, OPTIONS", send(request("OPTIONS", "/index.html")).answerHeader("Allow"));
        FakeExchange server = new FakeExchange("OPTIONS", "*");
        assertEquals("GET, HEAD, POST, OPTIONS", send(server).answerHeader("Allow"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /predict       | POST, OPTIONS      | Use POST.",
                "HEAD   | /predict/batch | POST, OPTIONS      | Use POST.",
                "get    | /api/model     | GET, HEAD, OPTIONS | Use GET or HEAD.",
                "TRACE  | /api/metrics   | GET, HEAD, OPTIONS | Use GET or HEAD.",
                "POST   | /              | GET, HEAD, OPTIONS | Use GET or HEAD.",
                "DELETE | /index.html    | GET, HEAD, OPTIONS | Use GET or HEAD."
            })
    void otherMethodIsRefusedAndTheRightOnesAreNamed(String method, String path, String allow, String detail) {
        FakeExchange exchange = request(method, path);
        ProblemException refused = assertThrows(ProblemException.class, () -> send(exchange));
        assertEquals(Problem.METHOD_NOT_ALLOWED, refused.problem());
        assertEquals(detail, refused.getMessage());
        assertEquals(allow, exchange.answerHeader("Allow"));
    }

    @Test
    void modelsCanBeReloadedOnlyIfThereIsAKey() throws Exception {
        for (String method : new String[] {"POST", "GET", "OPTIONS"}) {
            FakeExchange reload = request(method, "/api/model/reload");
            assertEquals(
                    Problem.NOT_FOUND,
                    assertThrows(ProblemException.class, () -> send(reload)).problem());
        }
        AddressFilter withKey = new AddressFilter(new StaticFiles(Webapp.at(CONTEXT_ROOT)), true);
        FakeExchange reload = request("POST", "/api/model/reload");
        withKey.doFilter(reload.request(), reload.response(), reload.chain());
        assertEquals(1, reload.timesPassedOn());
    }
}
