package ink.neural.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The contents of the packaged WAR. */
class WarIT {
    private static final String CLASSES = "WEB-INF/classes/";

    @Test
    void containsEachClassOnce() throws IOException {
        List<String> classes = classes(Path.of("target/neural-ink.war"));
        assertTrue(classes.contains("ai/onnxruntime/OrtEnvironment.class"), "the libraries were read");
        assertTrue(classes.contains("ai/onnxruntime/OrtEnvironment$OrtEnvCloser.class"), "our own classes were read");
        Set<String> seen = new HashSet<>();
        assertEquals(List.of(), classes.stream().filter(name -> !seen.add(name)).toList());
    }

    @Test
    void hasNothingOfTheOtherPrograms() throws IOException {
        List<String> foreign =
                List.of("ink/neural/bulk/", "ink/neural/spark/", "ink/neural/grizzly/", "picocli/", "org/apache/");
        assertEquals(
                List.of(),
                classes(Path.of("target/neural-ink.war")).stream()
                        .filter(name -> foreign.stream().anyMatch(name::startsWith))
                        .toList());
    }

    private static List<String> classes(Path war) throws IOException {
        List<String> classes = new ArrayList<>();
        try (ZipFile file = new ZipFile(war.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                if (entry.getName().startsWith(CLASSES)) {
                    classes.add(entry.getName().substring(CLASSES.length()));
                } else if (entry.getName().endsWith(".jar")) {
                    classes.addAll(names(new ZipInputStream(file.getInputStream(entry))));
                }
            }
        }
        classes.removeIf(name -> !name.endsWith(".class") || name.endsWith("module-info.class"));
        return classes;
    }

    private static List<String> names(ZipInputStream jar) throws IOException {
        List<String> names = new ArrayList<>();
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            names.add(entry.getName());
        }
        return names;
    }
}
