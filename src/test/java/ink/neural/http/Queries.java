package ink.neural.http;

import jakarta.servlet.http.HttpServletRequest;

/** Requests without a query, for tests that call a resource. */
final class Queries {
    private Queries() {}

    static HttpServletRequest none() {
        return new FakeExchange("POST", "/predict").request();
    }
}
