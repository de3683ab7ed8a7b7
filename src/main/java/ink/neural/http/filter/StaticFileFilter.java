package ink.neural.http.filter;

import ink.neural.http.filter.StaticFile.Representation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/**
 * Sends the page's files: compressed to clients that accept it, and only if the client does not have them yet. Servers do
 * neither in the same way. {@link AddressFilter} has refused other methods than {@code GET} and {@code HEAD}.
 */
final class StaticFileFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient StaticFiles files;

    StaticFileFilter(StaticFiles files) {
        this.files = files;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<StaticFile> file = files.requestedBy(request);
        if (file.isEmpty() || isLeftToServer(file.get(), request)) {
            chain.doFilter(request, response);
        } else {
            send(file.get().at(PageAddress.of(request)), request, response);
        }
    }

    /** The server sends parts of files. Those that the WAR has only compressed are sent whole. */
    private static boolean isLeftToServer(StaticFile file, HttpServletRequest request) {
        return !file.isPacked() && request.getHeader("Range") != null;
    }

    private static void send(StaticFile file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Representation sent = AcceptEncoding.prefersGzip(list(request, "Accept-Encoding")) ? file.gzip() : file.plain();
        response.setHeader("ETag", sent.tag());
        if (file.isNegotiated()) {
            response.addHeader("Vary", "Accept-Encoding");
        }
        if (isKnown(sent, request)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.mediaType());
        if (sent.isGzip()) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLengthLong(sent.length());
        if (!request.getMethod().equals("HEAD")) {
            try (InputStream content = sent.content().open()) {
                content.transferTo(response.getOutputStream());
            }
        }
    }

    /** Whether the client has what would be sent. Proxies may have made the tag a weak one. */
    private static boolean isKnown(Representation sent, HttpServletRequest request) {
        return Arrays.stream(list(request, "If-None-Match").split(","))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals("*") || tag.equals(sent.tag()));
    }

    /** All values of a header field as one list. */
    private static String list(HttpServletRequest request, String name) {
        return String.join(",", Collections.list(request.getHeaders(name)));
    }
}
