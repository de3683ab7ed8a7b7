package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ink.neural.Golden;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertEquals("\\xC2\\x85\\xC2\\x9B\\xE2\\x80\\xA8\\xE2\\x80\\xA9", SourceName.of("\u0085\u009b\u2028\u2029"));
        assertEquals("a\\xE2\\x80\\xAEb\\xE2\\x81\\xA9\\xD8\\x9C", SourceName.of("a\u202eb\u2069\u061c"));
        assertEquals("a\\xE9\\xC3\\xA9\\x5C", SourceName.of(bytes("a\u00e9\u00c3\u00a9\\")));
        assertEquals("\u00e9\\x5C", SourceName.of(bytes("\u00c3\u00a9\\")));
    }

    /** The bytes of a name can be read off what is written of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0085",
                "\u00c2\u0085",
                "\\x85",
                "\u00e2\u0080\u00ae",
                "\u00ae\u00e2\u0080",
                "\\xC2\u00e9",
                "\u00c3\u00a9"
            })
    void differentNamesStayDifferent(String latin) {
        byte[] name = bytes(latin);
        String written = SourceName.of(name);
        String read = Pattern.compile("\\\\x(..)")
                .matcher(new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .replaceAll(
                        found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
        assertEquals(latin, read, written);
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
