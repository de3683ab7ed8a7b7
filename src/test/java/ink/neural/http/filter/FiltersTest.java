package ink.neural.http.filter;

import static jakarta.servlet.DispatcherType.ASYNC;
import static jakarta.servlet.DispatcherType.ERROR;
import static jakarta.servlet.DispatcherType.REQUEST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ink.neural.config.Configurations;
import ink.neural.http.Fake;
import ink.neural.http.FakeExchange;
import ink.neural.metrics.Metrics;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FiltersTest {
    private record Registered(
            String name,
            Filter filter,
            boolean async,
            Set<DispatcherType> types,
            boolean afterOthers,
            List<String> patterns) {}

    private final List<Registered> registered = new ArrayList<>();

    /** A servlet context that records the filters added to it. */
    private final class Context {
        @SuppressWarnings("unused")
        public FilterRegistration.Dynamic addFilter(String name, Filter filter) {
            return Fake.of(FilterRegistration.Dynamic.class, new Registration(name, filter));
        }

        @SuppressWarnings("unused")
        public String getContextPath() {
            return "";
        }

        @SuppressWarnings("unused")
        public InputStream getResourceAsStream(String path) {
            return InputStream.nullInputStream();
        }

        @SuppressWarnings("unused")
        public Set<String> getResourcePaths(String folder) {
            return Set.of();
        }
    }

    private final class Registration {
        private final String name;
        private final Filter filter;
        private boolean async;

        Registration(String name, Filter filter) {
            this.name = name;
            this.filter = filter;
        }

        @SuppressWarnings("unused")
        public void setAsyncSupported(boolean supported) {
            async = supported;
        }

        @SuppressWarnings("unused")
        public void addMappingForUrlPatterns(EnumSet<DispatcherType> types, boolean after, String... patterns) {
            registered.add(new Registered(name, filter, async, types, after, List.of(patterns)));
        }
    }

    @BeforeEach
    void register() {
        Filters filters = new Filters();
        filters.configuration = Configurations.of("neural.ink.max.body", "10", "neural.ink.max.batch.body", "20");
        filters.limiter = new ConcurrencyLimiter(filters.configuration);
        filters.metrics = new Metrics();
        filters.contextInitialized(new ServletContextEvent(Fake.of(ServletContext.class, new Context())));
    }

    @AfterEach
    void destroy() {
        registered.forEach(registration -> registration.filter.destroy());
    }

    private Registered registered(String name) {
        return registered.stream()
                .filter(registration -> registration.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void filtersAreRegisteredInOrder() {
        assertEquals(
                List.of(
                        "SecurityHeadersFilter",
                        "ProblemFilter",
                        "RequestLogFilter",
                        "CorsFilter",
                        "SyntaxFilter",
                        "AddressFilter",
                        "StaticFileFilter",
                        "AsyncBodyFilter",
                        "LoadSheddingFilter"),
                registered.stream().map(Registered::name).toList());
    }

    @Test
    void everyFilterAllowsAsynchronousRequestsAndFollowsTheDeclaredOnes() {
        assertEquals(Set.of(true), registered.stream().map(Registered::async).collect(Collectors.toSet()));
        assertEquals(
                Set.of(true), registered.stream().map(Registered::afterOthers).collect(Collectors.toSet()));
    }

    @Test
    void requestIsCheckedAndBufferedOnArrivalAndContinuesAfterDispatch() {
        assertEquals(Set.of(REQUEST, ERROR), registered("SecurityHeadersFilter").types);
        assertEquals(Set.of(REQUEST, ASYNC), registered("ProblemFilter").types);
        assertEquals(Set.of(REQUEST, ASYNC), registered("RequestLogFilter").types);
        assertEquals(Set.of(REQUEST), registered("CorsFilter").types);
        assertEquals(Set.of(REQUEST), registered("SyntaxFilter").types);
        assertEquals(Set.of(REQUEST), registered("AddressFilter").types);
        assertEquals(Set.of(REQUEST), registered("StaticFileFilter").types);
        assertEquals(Set.of(REQUEST), registered("AsyncBodyFilter").types);
        assertEquals(Set.of(REQUEST, ASYNC), registered("LoadSheddingFilter").types);
    }

    @Test
    void filtersCoverTheirPartOfTheUrlMap() {
        for (String name : new String[] {
            "SecurityHeadersFilter", "ProblemFilter", "SyntaxFilter", "AddressFilter", "StaticFileFilter"
        }) {
            assertEquals(List.of("/*"), registered(name).patterns);
        }
        assertEquals(List.of("/predict/*", "/api/*"), registered("RequestLogFilter").patterns);
        assertEquals(List.of("/predict/*", "/api/*"), registered("CorsFilter").patterns);
        assertEquals(List.of("/predict/*"), registered("AsyncBodyFilter").patterns);
        assertEquals(List.of("/predict/*"), registered("LoadSheddingFilter").patterns);
    }

    @Test
    void batchMayBeLargerThanADrawing() throws Exception {
        assertEquals(Problem.BODY_TOO_LARGE, problem("/predict", 11));
        assertEquals(Problem.BODY_TOO_LARGE, problem("/predict/batch", 21));
        assertEquals(Problem.BODY_TOO_LARGE, problem("/predict/batch/", 21));
        assertArrayEquals(new byte[20], send("/predict/batch", 20));
        assertArrayEquals(new byte[20], send("/predict/batch/", 20));
        assertArrayEquals(new byte[10], send("/predict", 10));
    }

    private Problem problem(String uri, int bytes) {
        return assertThrows(ProblemException.class, () -> send(uri, bytes)).problem();
    }

    private byte[] send(String uri, int bytes) throws Exception {
        FakeExchange exchange = new FakeExchange("POST", uri).length(bytes).arrived(new byte[bytes]);
        registered("AsyncBodyFilter").filter.doFilter(exchange.request(), exchange.response(), exchange.chain());
        return exchange.handled().getInputStream().readAllBytes();
    }
}
