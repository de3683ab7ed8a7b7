package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static Glob below(String pattern, String path) {
        Glob glob = Glob.of(pattern);
        for (Path name : Path.of(path)) {
            glob = glob.below(name);
        }
        return glob;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a/**/*.png a/x.png true",
                "a/**/*.png a/b/c/x.png true",
                "a/**/*.png b/x.png false",
                "**/x.png x.png true",
                "**/x.png a/b/x.png true",
                "**/b/**/x.png b/x.png true",
                "**/b/**/x.png a/b/c/d/x.png true",
                "**/b/**/x.png a/c/x.png false",
                "a/** a/b/x.png true",
                "** x.png true",
                "a/*.png a/x.png true",
                "a/*.png a/b/x.png false",
                "a/**.png a/x.png true",
                "a/**.png a/b/x.png true",
                "a//?.png a/x.png true",
                "{a,b/c}/*.{png,jpg} b/c/x.jpg true",
                "{a,b/c}/*.{png,jpg} b/x.jpg false",
                "{a,{b,c}}/x.png c/x.png true",
                "[!a]/x.png b/x.png true",
                "[!a]/x.png a/x.png false",
                "\\*.png *.png true",
                "\\*.png x.png false",
            })
    void patternsMatchWholePaths(String pattern, String path, boolean matches) {
        assertEquals(matches, below(pattern, path).isMatched());
    }

    @ParameterizedTest
    @CsvSource({
        "a/*.png, a, true",
        "a/*.png, b, false",
        "a/*.png, a/b, false",
        "*/x/*.png, a, true",
        "*/x/*.png, a/b, false",
        "a/**/x.png, a/b/c/d, true",
        "a/**/x.png, b, false",
        "'{a,b/c}/x.png', b/d, false",
    })
    void foldersWithoutAMatchNeedNotBeOpened(String pattern, String folder, boolean goesOn) {
        assertEquals(goesOn, below(pattern, folder).goesOn());
    }
}
