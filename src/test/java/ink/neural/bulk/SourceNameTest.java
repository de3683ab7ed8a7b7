package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ink.neural.Golden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SourceNameTest {
    @TempDir
    Path folder;

    @Test
    void ordinaryNamesStayAsTheyAre() {
        for (String name : List.of("a b/-50%+\u00e9\ufffd\ud83d\ude00'\".png", "/a/../b.png", "./a.png", "")) {
            assertEquals(name, SourceName.of(Path.of(name)));
        }
    }

    @Test
    void whatIsNoTextIsEscaped() {
        assertEquals("a\\x0Ab\\x0D\\x09\\x7F", SourceName.of("a\nb\r\t\u007f"));
        assertEquals("a\\x5Cx0Ab", SourceName.of("a\\x0Ab"));
        assertEquals("a\\xE9\\xC3\\xA9\\x5C", SourceName.of(bytes("a\u00e9\u00c3\u00a9\\")));
        assertEquals("\u00e9\\x5C", SourceName.of(bytes("\u00c3\u00a9\\")));
    }

    @Test
    @DisabledOnOs({OS.WINDOWS, OS.MAC}) // their names are always text
    void filesWhoseNamesAreNoTextAreTold() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        Path picture =
                Files.write(folder.resolve("r.png"), Golden.named("upper-r").png());
        String script =
                "cd \"$0\" && mkdir $'\\xe9' && for name in $'a\\xff' $'a\\xfe' a\ufffd $'a\\n' $'\\xe9/\u00e9';"
                        + " do cp \"$1\" \"$name.png\"; done";
        Process process = new ProcessBuilder("bash", "-c", script, in.toString(), picture.toString())
                .inheritIO()
                .start();
        assumeTrue(process.waitFor() == 0, "the file system takes such names");
        assertEquals(
                List.of("a\\x0A.png R", "a\ufffd.png R", "a\\xFE.png R", "a\\xFF.png R", "\\xE9/\u00e9.png R"),
                Bulks.read(in));
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
