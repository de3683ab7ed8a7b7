package ink.neural.http;

import ink.neural.Settings;
import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of other origins ask, if {@code neural.ink.cors.origins} names them: {@code https://a.example,
 * https://b.example}, or {@code *} for all. None may unless it is set.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 1)
public class Cors implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String ASKED_METHOD = "Access-Control-Request-Method";

    private final Set<String> origins = Set.copyOf(
            List.of(Settings.text("neural.ink.cors.origins").orElse("").split("[,\\s]+")));

    @Override
    public void filter(ContainerRequestContext request) {
        if (isAllowed(request)
                && request.getMethod().equals(HttpMethod.OPTIONS)
                && request.getHeaderString(ASKED_METHOD) != null) {
            request.abortWith(Response.noContent().build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (isAllowed(request)) {
            MultivaluedMap<String, Object> headers = response.getHeaders();
            headers.putSingle("Access-Control-Allow-Origin", request.getHeaderString("Origin"));
            headers.putSingle("Access-Control-Allow-Methods", "GET, POST");
            headers.putSingle("Access-Control-Allow-Headers", "Content-Type, Authorization, X-Request-Id");
            headers.putSingle("Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
            headers.putSingle("Access-Control-Max-Age", "600");
            headers.add("Vary", "Origin");
        }
    }

    private boolean isAllowed(ContainerRequestContext request) {
        String origin = request.getHeaderString("Origin");
        return origin != null && (origins.contains("*") || origins.contains(origin));
    }
}
