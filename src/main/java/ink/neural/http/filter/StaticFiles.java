package ink.neural.http.filter;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page's files by their path. They are listed once, at startup, so no request can reach anything else, and memory grows
 * with the WAR only.
 */
final class StaticFiles {
    private static final String GZIP = ".gz";

    private final Map<String, StaticFile> files = new HashMap<>();

    /**
     * Reads the files of the application.
     *
     * @param context lists the files
     */
    StaticFiles(ServletContext context) {
        Set<String> paths = paths(context, "/").collect(Collectors.toUnmodifiableSet());
        try {
            for (String path : paths) {
                String unpacked = path.endsWith(GZIP) ? path.substring(0, path.length() - GZIP.length()) : path;
                if (paths.contains(unpacked)) {
                    files.put(path, StaticFile.of(path, context));
                } else {
                    files.put(unpacked, StaticFile.packed(unpacked, path, context));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.computeIfAbsent("/", root -> files.get("/index.html"));
    }

    /** The paths of the files below a folder, whose own path ends with a slash. */
    private static Stream<String> paths(ServletContext context, String folder) {
        return Stream.ofNullable(context.getResourcePaths(folder))
                .flatMap(Collection::stream)
                .filter(path -> !path.startsWith("/WEB-INF/") && !path.startsWith("/META-INF/"))
                .flatMap(path -> path.endsWith("/") ? paths(context, path) : Stream.of(path));
    }

    /** The file at the path below the context root, which the server has decoded. */
    Optional<StaticFile> requestedBy(HttpServletRequest request) {
        return Optional.ofNullable(
                files.get(request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "")));
    }
}
