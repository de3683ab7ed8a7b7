package ink.neural.http;

import ink.neural.Settings;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses requests whose headers and address have more than {@code neural.ink.max.headers} characters. */
@Provider
@PreMatching
@Priority(1)
public class HeaderLimit implements ContainerRequestFilter {
    private final int limit = Settings.number("neural.ink.max.headers", 6 * 1024);

    @Override
    public void filter(ContainerRequestContext request) {
        long length = request.getUriInfo().getRequestUri().toString().length();
        for (var header : request.getHeaders().entrySet()) {
            for (String value : header.getValue()) {
                length += header.getKey().length() + value.length();
            }
        }
        if (length > limit) {
            throw new Refused(Problem.HEADERS_TOO_LARGE, "They may have at most %d characters.".formatted(limit));
        }
    }
}
