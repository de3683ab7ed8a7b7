package ink.neural.http.filter;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Refuses compressed bodies: a few bytes could unpack to megabytes, and pictures are compressed already. */
@Provider
public class ContentEncodingFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext context) {
        String encoding = context.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body without Content-Encoding. Compressed bodies are refused.");
        }
    }
}
