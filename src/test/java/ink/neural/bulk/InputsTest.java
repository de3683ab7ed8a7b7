package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void createFiles() throws IOException {
        for (String name : List.of("b/2.png", "b/1.png", "a.png", "b/c/3.jpg", ".hidden/4.png", "b/.DS_Store", "out")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), new byte[name.length()]);
        }
    }

    private Inputs inputs(String... names) {
        return new Inputs(Stream.of(names).map(name -> folder + name).toList(), folder.resolve("out"));
    }

    private List<String> found(Inputs inputs) {
        List<String> found = new ArrayList<>();
        inputs.forEach(each -> found.add(folder.relativize(each.path()).toString()));
        return found;
    }

    @Test
    void foldersAreWalkedInOrderOfTheirNames() {
        assertEquals(List.of("a.png", "b/1.png", "b/2.png", "b/c/3.jpg"), found(inputs("")));
    }

    @Test
    void argumentsKeepTheirOrderAndMayOccurTwice() {
        assertEquals(List.of("b/c/3.jpg", "a.png", "a.png"), found(inputs("/b/c", "/a.png", "/a.png")));
    }

    @Test
    void patternsMatchWholePaths() {
        assertEquals(List.of("b/1.png", "b/2.png"), found(inputs("/b/*.png")));
        assertEquals(List.of("b/1.png", "b/2.png", "b/c/3.jpg"), found(inputs("/**/?.{png,jpg}")));
    }

    @Test
    void filesThatAreMissingAreNamed() {
        assertEquals(
                List.of(folder + "/none", folder + "/none/*.png"),
                inputs("", "/none", "/b/*.gif", "/none/*.png").missing().toList());
    }

    @Test
    void bytesOfAllFilesAreCounted() {
        assertEquals("b/1.pngb/2.pngb/c/3.jpg".length(), inputs("/b").bytes());
    }
}
