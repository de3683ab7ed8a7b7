package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.config.Configurations;
import ink.neural.http.Fake;
import ink.neural.http.FakeExchange;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFilterTest {
    private static void filter(String key, String uri, String authorization) {
        ApiKeyFilter filter = new ApiKeyFilter();
        filter.configuration = key == null ? Configurations.of() : Configurations.of("neural.ink.api.key", key);
        filter.request = new FakeExchange("GET", uri).request();
        filter.filter(Fake.of(ContainerRequestContext.class, new Headers("Authorization", authorization)));
    }

    /** The only header of a request. */
    record Headers(String name, String value) {
        public String getHeaderString(String wanted) {
            return wanted.equalsIgnoreCase(name) ? value : null;
        }
    }

    @Test
    void noKeyIsRequiredUnlessOneIsConfigured() {
        assertDoesNotThrow(() -> filter(null, "/predict", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/predict", "/predict/batch", "/api/model", "/api/metrics"})
    void rightKeyIsAccepted(String uri) {
        assertDoesNotThrow(() -> filter("schlüssel", uri, "Bearer schlüssel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer key", "BEARER key", "BeArEr   key"})
    void nameOfTheSchemeMayBeInAnyCaseWithSeveralSpacesAfterIt(String authorization) {
        assertDoesNotThrow(() -> filter("key", "/predict", authorization));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/predict",
                "/predict/batch",
                "/api/model",
                "/api/metrics",
                "/api/health",
                "/api/unknown",
                "/api/health/live;x=1",
                "/api/health/live/x"
            })
    void requestWithoutAKeyIsRefused(String uri) {
        ProblemException refused = assertThrows(ProblemException.class, () -> filter("key", uri, null));
        assertEquals(Problem.UNAUTHORIZED, refused.problem());
        assertEquals("Send it as Authorization: Bearer KEY.", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key",
                "Bearer ",
                "Bearer ke",
                "Bearer keys",
                "Bearer KEY",
                "Basic key",
                " Bearer key",
                "Bearerkey",
                "Bearer",
                "Bearer\tkey",
                "Bearer key\n"
            })
    void wrongKeyIsRefused(String authorization) {
        assertEquals(
                Problem.UNAUTHORIZED,
                assertThrows(ProblemException.class, () -> filter("key", "/predict", authorization))
                        .problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/health/live", "/api/health/ready", "/api/health/ready/"})
    void healthChecksNeedNoKey(String uri) {
        assertDoesNotThrow(() -> filter("key", uri, null));
        assertDoesNotThrow(() -> filter("key", uri, "Bearer wrong"));
    }
}
