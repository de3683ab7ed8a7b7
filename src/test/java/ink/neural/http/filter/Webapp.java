package ink.neural.http.filter;

import ink.neural.http.Fake;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The application as its servlet context offers it: the files in {@code src/main/webapp}, and a context root. */
final class Webapp {
    private static final Path ROOT = Path.of("src/main/webapp");

    private final String contextPath;

    private Webapp(String contextPath) {
        this.contextPath = contextPath;
    }

    static ServletContext at(String contextPath) {
        return Fake.of(ServletContext.class, new Webapp(contextPath));
    }

    public String getContextPath() {
        return contextPath;
    }

    public static InputStream getResourceAsStream(String path) throws IOException {
        return Files.newInputStream(ROOT.resolve(path.substring(1)));
    }

    /** Folders end with a slash. */
    public static Set<String> getResourcePaths(String folder) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder.substring(1)))) {
            return files.map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                    .collect(Collectors.toSet());
        }
    }
}
