package ink.neural.http;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;

/** Addresses without a query, for tests that call a resource. */
final class Queries {
    private Queries() {}

    static UriInfo none() {
        return Fake.of(UriInfo.class, new NoQuery());
    }

    private static final class NoQuery {
        @SuppressWarnings("unused")
        public MultivaluedMap<String, String> getQueryParameters() {
            return new MultivaluedHashMap<>();
        }
    }
}
