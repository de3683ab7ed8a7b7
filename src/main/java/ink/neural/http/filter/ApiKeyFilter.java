package ink.neural.http.filter;

import ink.neural.config.Configuration;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requires {@code Authorization: Bearer KEY} if a key is configured, except for health checks. The page does not know the
 * key, so a key suits deployments that serve programs only.
 */
@Provider
@Dependent
@Priority(Priorities.AUTHENTICATION)
public class ApiKeyFilter implements ContainerRequestFilter {
    /** The name of the scheme may be in any case (RFC 9110, section 11.1). */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i:Bearer) +(.*)");

    @Inject
    Configuration configuration;

    @Context
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        configuration.apiKey().ifPresent(key -> {
            boolean isOpen =
                    Endpoint.of(request).filter(Endpoint::isHealthCheck).isPresent();
            if (!isOpen && !isEqual(key, sentKey(context.getHeaderString(HttpHeaders.AUTHORIZATION)))) {
                throw new ProblemException(Problem.UNAUTHORIZED);
            }
        });
    }

    /** The key that a request was sent with, or an empty text. No key is empty. */
    private static String sentKey(String authorization) {
        Matcher credentials = CREDENTIALS.matcher(Objects.requireNonNullElse(authorization, ""));
        return credentials.matches() ? credentials.group(1) : "";
    }

    /** Compares in constant time, so that timing reveals nothing about the key. */
    private static boolean isEqual(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
