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

/** The application as its servlet context offers it: files, and a context root. */
final class Webapp {
    private final Path files;
    private final String contextPath;

    private Webapp(Path files, String contextPath) {
        this.files = files;
        this.contextPath = contextPath;
    }

    /** The page at some context root. */
    static ServletContext at(String contextPath) {
        return Fake.of(ServletContext.class, new Webapp(Path.of("src/main/webapp"), contextPath));
    }

    /** An application with other files. */
    static ServletContext with(Path files) {
        return Fake.of(ServletContext.class, new Webapp(files, ""));
    }

    public String getContextPath() {
        return contextPath;
    }

    public InputStream getResourceAsStream(String path) throws IOException {
        return Files.newInputStream(files.resolve(path.substring(1)));
    }

    /** Folders end with a slash. */
    public Set<String> getResourcePaths(String folder) throws IOException {
        try (Stream<Path> listed = Files.list(files.resolve(folder.substring(1)))) {
            return listed.map(file -> folder + file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                    .collect(Collectors.toSet());
        }
    }
}
