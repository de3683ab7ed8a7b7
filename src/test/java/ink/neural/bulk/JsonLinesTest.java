package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ink.neural.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    private static final String URL = "\"" + Golden.named("upper-r").dataUrl() + "\"";

    @TempDir
    Path folder;

    private List<String> read(String name, String content) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve(name), content);
        return Bulks.read(in);
    }

    @Test
    void blankLinesAreLeftOutButCounted() throws IOException {
        assertEquals(List.of("x.jsonl:4 R", "x.jsonl:6 R"), read("x.jsonl", "\n\r\n \t\n" + URL + "\r\n\n" + URL));
    }

    @Test
    void fileMayStartWithAByteOrderMarkAndEndWithoutALineBreak() throws IOException {
        assertEquals(List.of("x.JSONL:1 R"), read("x.JSONL", "\ufeff" + URL));
    }

    @Test
    void emptyFileIsALine() throws IOException {
        assertEquals(List.of("x.jsonl no-image"), read("x.jsonl", ""));
    }

    @Test
    void deepAndForeignLinesAreLinesWithProblems() throws IOException {
        assertEquals(
                List.of("x.jsonl:1 not-json", "x.jsonl:2 not-json", "x.jsonl:3 not-json", "x.jsonl:4 R"),
                read("x.jsonl", "[".repeat(100_000) + "\n" + "{\"a\":".repeat(10_000) + "\n\0\n" + URL));
    }

    @Test
    void fileOfBlankLinesIsALine() throws IOException {
        assertEquals(List.of("x.jsonl no-image"), read("x.jsonl", "\n \n"));
    }

    @Test
    void lineThatIsNotJsonIsToldWhatALineMustBe() throws IOException {
        read("x.jsonl", "scan\n[" + URL + "]\n17\ndata:,\n{}\n{\"image\":17}");
        List<String> details = Bulks.details(folder.resolve("in"));
        assertEquals(6, details.size());
        for (String detail : details) {
            assertEquals(
                    "A line must be {\"image\":\"data:image/png;base64,...\"}, or the data URL in quotes.", detail);
        }
    }

    @Test
    void lineMayHaveOnlyOneValue() throws IOException {
        read("x.jsonl", "{\"image\":" + URL + "} {}\n" + URL + URL);
        for (String detail : Bulks.details(folder.resolve("in"))) {
            assertFalse(detail.contains("request"), detail);
        }
    }

    @Test
    void lineThatIsTooLongIsNotKept() throws IOException {
        String lines = "a".repeat(1 << 20) + "\n\"data:,\"\n";
        List<Integer> sizes = new ArrayList<>();
        new JsonLines("x", 100).read(new ByteArrayInputStream(lines.getBytes()), picture -> sizes.add(picture.size()));
        assertEquals(List.of(0, "\"data:,\"".length()), sizes);
    }
}
