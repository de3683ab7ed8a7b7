package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
        assertEquals(List.of("a.png", "b/1.png", "b/2.png", "b/c/3.jpg"), found(inputs("/**/?.{png,jpg}")));
        assertEquals(List.of("b/1.png", "b/2.png"), found(inputs("/b/**/*.png")));
    }

    @Test
    void onlyFoldersThatCanMatchAreOpened() throws IOException {
        Files.createSymbolicLink(folder.resolve("b/loop"), folder.resolve("b"));
        assertEquals(List.of("b/1.png", "b/2.png"), found(inputs("/b/*.png")));
        assertEquals(List.of("a.png"), found(inputs("/[!b]*.png")));
        assertEquals(List.of("b/c/3.jpg", "b/loop"), found(inputs("/b/**/*.jpg")), "the link leads in a circle");
    }

    @Test
    void whatIsNoFileIsFoundWithAProblem() throws Exception {
        Files.createSymbolicLink(folder.resolve("b/c/1"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("b/c/2"), folder.resolve("b/c/2"));
        assumeTrue(new ProcessBuilder("mkfifo", folder + "/b/c/4").start().waitFor() == 0);
        List<String> problems = new ArrayList<>();
        inputs("/b/c").forEach(found -> problems.add(found.problem()));
        String link = "This is a link that leads nowhere or in a circle.";
        assertEquals(Arrays.asList(link, link, null, "This is neither a file nor a folder."), problems);
    }

    @Test
    void whatVanishesDuringTheRunIsFoundWithAProblem() {
        List<String> problems = new ArrayList<>();
        inputs("/gone.png").forEach(found -> problems.add(found.problem()));
        assertEquals(List.of("The file does not exist any more."), problems);
    }

    @Test
    void answersAndTheirContactSheetAreNoInput() throws IOException {
        Files.write(folder.resolve("out.html"), new byte[1]);
        Files.write(folder.resolve("other.html"), new byte[1]);
        assertEquals(List.of("other.html"), found(inputs("/o*")));
    }

    @Test
    void foldersMayBeDeep() throws IOException {
        Path deep = folder.resolve("deep" + "/d".repeat(300));
        Files.createDirectories(deep);
        Files.write(deep.resolve("1.png"), new byte[1]);
        assertEquals(1, found(inputs("/deep/**/*.png")).size());
    }

    @Test
    void argumentsThatNameNothingAreExplained() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        for (String there : List.of("", "/b", "/a.png", "/b/*.gif", "/**")) {
            assertEquals(Optional.empty(), Inputs.obstacle(folder + there), there);
        }
        for (String none : List.of("/none", "/none/*.png", "/b/[1.png")) {
            assertEquals(
                    Optional.of("\"%s\" is neither a file, a folder nor a valid pattern.".formatted(folder + none)),
                    Inputs.obstacle(folder + none));
        }
        for (String link : List.of("/loop", "/dangling", "/loop/*.png")) {
            assertEquals(
                    Optional.of("\"%s\" cannot be read. This is a link that leads nowhere or in a circle."
                            .formatted(folder + link)),
                    Inputs.obstacle(folder + link));
        }
        assertTrue(Inputs.obstacle("").isPresent(), "nothing");
    }

    @Test
    void bytesOfAllFilesAreCounted() {
        assertEquals("b/1.pngb/2.pngb/c/3.jpg".length(), inputs("/b").bytes());
    }
}
