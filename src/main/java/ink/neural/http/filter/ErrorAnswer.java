package ink.neural.http.filter;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemDetails;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Writes errors outside of JAX-RS: problem details for programs, and a page for a person who opened an unknown address. */
final class ErrorAnswer {
    private static final Jsonb JSONB = JsonbBuilder.create();

    private final byte[] notFoundPage;

    /**
     * Reads the page for unknown addresses.
     *
     * @param context the application. The links of the page begin with its path, so that they work at any address
     */
    ErrorAnswer(ServletContext context) {
        try (InputStream page = context.getResourceAsStream("/WEB-INF/not-found.html")) {
            String html = new String(page.readAllBytes(), StandardCharsets.UTF_8);
            notFoundPage =
                    html.replace("{root}", context.getContextPath() + "/").getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Answers with an error.
     *
     * @param request tells whether the client wants a page
     * @param response must not be committed; it keeps its headers
     * @param details the error
     * @throws IOException if the client is gone
     */
    void send(HttpServletRequest request, HttpServletResponse response, ProblemDetails details) throws IOException {
        if (details.status() == 404 && isVisit(request) && prefersHtml(request)) {
            send(response, 404, "text/html;charset=UTF-8", notFoundPage);
        } else {
            send(response, details.status(), Problem.MEDIA_TYPE, json(details));
        }
    }

    /** Sends a body with the headers that belong to its status. */
    static void send(HttpServletResponse response, int status, String mediaType, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(mediaType);
        if (status == 503) {
            response.setIntHeader("Retry-After", Problem.RETRY_AFTER_SECONDS);
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static byte[] json(ProblemDetails details) {
        return JSONB.toJson(details).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a browser may have sent the request because a person opened an address. */
    private static boolean isVisit(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean prefersHtml(HttpServletRequest request) {
        try {
            return MediaRange.prefersHtml(MediaRange.listOf(accept(request)));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** All values of {@code Accept} as one list. */
    static String accept(HttpServletRequest request) {
        return String.join(",", Collections.list(request.getHeaders("Accept")));
    }
}
