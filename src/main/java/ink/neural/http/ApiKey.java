package ink.neural.http;

import ink.neural.Settings;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Asks for {@code Authorization: Bearer KEY} everywhere but at the health checks, if {@code neural.ink.api.key} is set.
 * The page does not know the key: this is for deployments that serve programs.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class ApiKey implements ContainerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final Optional<String> key = Settings.text("neural.ink.api.key");

    @Override
    public void filter(ContainerRequestContext request) {
        if (key.isPresent() && !isHealthCheck(request.getUriInfo().getPath())) {
            String given = request.getHeaderString(HttpHeaders.AUTHORIZATION);
            if (given == null || !isEqual(SCHEME + key.get(), given)) {
                throw new Refused(Problem.UNAUTHORIZED, "Send it as Authorization: Bearer KEY.");
            }
        }
    }

    /** Servers do not agree whether a path begins with a slash. */
    private static boolean isHealthCheck(String path) {
        return path.startsWith("health/") || path.startsWith("/health/");
    }

    /** Takes the same time wherever they differ. */
    private static boolean isEqual(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
