package ink.neural.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ink.neural.http.FakeExchange;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    private static Optional<Endpoint> endpoint(String contextPath, String uri) {
        return Endpoint.of(new FakeExchange("GET", uri).contextPath(contextPath).request());
    }

    @ParameterizedTest
    @EnumSource
    void endpointIsFoundByItsPath(Endpoint endpoint) {
        assertEquals(Optional.of(endpoint), endpoint("", endpoint.path()));
        assertEquals(Optional.of(endpoint), endpoint("/ink", "/ink" + endpoint.path()));
    }

    @ParameterizedTest
    @EnumSource
    void oneTrailingSlashIsIgnored(Endpoint endpoint) {
        assertEquals(Optional.of(endpoint), endpoint("", endpoint.path() + "/"));
        assertEquals(Optional.empty(), endpoint("", endpoint.path() + "//"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/index.html",
                "/predict/other",
                "/predict.html",
                "/predict;v=1",
                "/Predict",
                "/api",
                "/api/health",
                "/api/health/live/x",
                "//predict"
            })
    void otherAddressIsNoEndpoint(String uri) {
        assertEquals(Optional.empty(), endpoint("", uri));
    }

    @Test
    void contextPathIsNotPartOfTheAddress() {
        assertEquals(Optional.empty(), endpoint("/predict", "/predict"));
        assertEquals(Optional.of(Endpoint.PREDICT), endpoint("/predict", "/predict/predict"));
    }

    @ParameterizedTest
    @CsvSource({
        "/predict, true",
        "/predict/, true",
        "/predict/unknown, true",
        "/api, true",
        "/api/unknown, true",
        "/, false",
        "/predict.html, false",
        "/apis, false",
        "/js/api/x.js, false"
    })
    void apiIsWhatLiesBelowPredictAndApi(String uri, boolean isApi) {
        assertEquals(isApi, Endpoint.isApi(new FakeExchange("GET", uri).request()));
        assertEquals(
                isApi,
                Endpoint.isApi(new FakeExchange("GET", "/ink" + uri)
                        .contextPath("/ink")
                        .request()));
    }

    @ParameterizedTest
    @EnumSource
    void onlyLiveAndReadyAreHealthChecks(Endpoint endpoint) {
        assertEquals(endpoint == Endpoint.LIVE || endpoint == Endpoint.READY, endpoint.isHealthCheck());
    }
}
