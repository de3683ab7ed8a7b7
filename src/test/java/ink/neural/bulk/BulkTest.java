package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.bulk.Bulks.Run;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./run bulk} with the model of the program and drawings from a real pen. */
class BulkTest {
    private static final byte[] THREE = Golden.named("digit-3").png();
    private static final byte[] R = Golden.named("upper-r").png();
    private static final int LARGE = 13 << 20;

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void nameOutput() {
        out = folder.resolve("answers.jsonl");
    }

    private Path input(String name, byte[] content) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private List<Outcome> answers() throws IOException {
        Run run = Bulks.run(folder.resolve("in").toString(), "--out", out.toString());
        assertEquals(0, run.status(), run.console());
        return Bulks.outcomes(out);
    }

    /** Source below the input folder, and the character or the problem. */
    private List<String> summary(List<Outcome> outcomes) {
        String prefix = folder.resolve("in").toString();
        return outcomes.stream()
                .map(outcome -> outcome.source().substring(prefix.length() + 1) + " "
                        + (outcome.problem() == null ? outcome.predicted() : outcome.problem()))
                .toList();
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.contains("bomb") ? new byte[LARGE] : R);
            }
        }
        return file.toByteArray();
    }

    private static byte[] tar(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            for (TarArchiveEntry entry : entries) {
                byte[] content = entry.getSize() == 0 ? R : new byte[(int) entry.getSize()];
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return file.toByteArray();
    }

    /** A file of as many pictures as labels: a vertical bar, stored transposed. */
    private void writeIdx(int... labels) throws IOException {
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        ByteArrayOutputStream classes = new ByteArrayOutputStream();
        DataOutputStream image = new DataOutputStream(new GZIPOutputStream(images));
        DataOutputStream label = new DataOutputStream(new GZIPOutputStream(classes));
        for (int number : new int[] {0x803, labels.length, 28, 28}) {
            image.writeInt(number);
        }
        label.writeInt(0x801);
        label.writeInt(labels.length);
        for (int each : labels) {
            byte[] bar = new byte[28 * 28];
            Arrays.fill(bar, 28 * 13 + 4, 28 * 13 + 24, (byte) 255);
            Arrays.fill(bar, 28 * 14 + 4, 28 * 14 + 24, (byte) 255);
            image.write(bar);
            label.write(each);
        }
        image.close();
        label.close();
        input("bars-images-idx3-ubyte.gz", images.toByteArray());
        input("bars-labels-idx1-ubyte.gz", classes.toByteArray());
    }

    @Test
    void everyKindOfInputIsAnsweredInOrder() throws IOException {
        input("a/2.png", THREE);
        input("a/1.png", R);
        input("b.zip", zip("y/1.png", "x.png", "__MACOSX/x.png", "y/"));
        input("c.tar.gz", tar(new TarArchiveEntry("./deep/r.png", true)));
        input(
                "d.jsonl",
                "{\"image\":\"%s\"}\n\n\"%s\"\n"
                        .formatted(
                                Golden.named("upper-r").dataUrl(),
                                Golden.named("digit-3").dataUrl())
                        .getBytes());
        writeIdx(1);
        assertEquals(
                List.of(
                        "a/1.png R",
                        "a/2.png 3",
                        "b.zip!/y/1.png R",
                        "b.zip!/x.png R",
                        "bars-images-idx3-ubyte.gz:1 l",
                        "c.tar.gz!/deep/r.png R",
                        "d.jsonl:1 R",
                        "d.jsonl:3 3"),
                summary(answers()));
    }

    @Test
    void damagedAndHostileFilesBecomeLinesWithProblems() throws IOException {
        input("a.png", "no picture".getBytes());
        input("b.png", new byte[0]);
        input("c.png", Arrays.copyOf(R, R.length / 2));
        input("d.png", new byte[LARGE]);
        input("e.zip", zip("../../outside.png", "bomb.png", "after.png"));
        input("f.zip", Arrays.copyOf(zip("first.png", "second.png"), R.length + 300));
        input("g.tar.gz", tar(new TarArchiveEntry("one.png"), longName(), new TarArchiveEntry("two.png")));
        input("h.jsonl", "{\"image\":17}\n[]\n\"https://example.org/a.png\"\n".getBytes());
        input("i-images-idx3-ubyte", new byte[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28, 0});
        Files.createSymbolicLink(folder.resolve("in/j"), folder.resolve("in"));
        Files.createSymbolicLink(folder.resolve("in/k.png"), folder.resolve("nowhere"));
        input("l.png", R);
        assertEquals(
                List.of(
                        "a.png not-an-image",
                        "b.png no-image",
                        "c.png not-an-image",
                        "d.png body-too-large",
                        "e.zip!/../../outside.png R",
                        "e.zip!/bomb.png body-too-large",
                        "e.zip!/after.png R",
                        "f.zip!/first.png R",
                        "f.zip!/second.png not-an-image",
                        "f.zip not-an-image",
                        "g.tar.gz!/one.png R",
                        "g.tar.gz not-an-image",
                        "h.jsonl:1 no-image",
                        "h.jsonl:2 not-json",
                        "h.jsonl:3 not-a-data-url",
                        "i-images-idx3-ubyte not-an-image",
                        "j not-an-image",
                        "k.png not-an-image",
                        "l.png R"),
                summary(answers()));
        assertFalse(Files.exists(folder.resolve("outside.png")), "an entry has left its archive");
    }

    /** A header that claims that the name of the next entry has megabytes. */
    private static TarArchiveEntry longName() {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        entry.setSize(LARGE);
        return entry;
    }

    @ParameterizedTest
    @ValueSource(strings = {"answers.jsonl", "answers.csv"})
    void aRunGoesOnAfterTheLastCompleteLine(String name) throws IOException {
        out = folder.resolve(name);
        for (int i = 0; i < 40; i++) {
            input("%02d.png".formatted(i), i % 3 == 0 ? THREE : R);
        }
        String[] arguments = {folder.resolve("in").toString(), "--out", out.toString(), "--labels", "name"};
        Run whole = Bulks.run(arguments);
        byte[] complete = Files.readAllBytes(out);
        for (double share : new double[] {0.02, 0.5, 1}) {
            try (RandomAccessFile file = new RandomAccessFile(out.toFile(), "rw")) {
                file.setLength((long) (share * complete.length));
            }
            Run resumed = Bulks.run(arguments);
            assertEquals(whole.console(), resumed.console());
            assertEquals(new String(complete), Files.readString(out), "after " + share);
        }
    }

    @Test
    void answersOfAnotherInputAreKept() throws IOException {
        input("1.png", R);
        answers();
        byte[] before = Files.readAllBytes(out);
        input("0.png", R);
        Run run = Bulks.run(folder.resolve("in").toString(), "--out", out.toString());
        assertEquals(1, run.status());
        assertTrue(run.console().contains("where the input has"), run.console());
        Files.delete(folder.resolve("in/0.png"));
        Files.move(folder.resolve("in/1.png"), folder.resolve("1.png"));
        Run fewer = Bulks.run(folder.resolve("in").toString(), "--out", out.toString());
        assertTrue(fewer.console().contains("not in the input"), fewer.console());
        assertEquals(new String(before), Files.readString(out));
    }

    @Test
    void overwritingStartsFromTheBeginning() throws IOException {
        input("1.png", R);
        answers();
        input("0.png", THREE);
        Bulks.run(folder.resolve("in").toString(), "--out", out.toString(), "--overwrite");
        assertEquals(List.of("0.png 3", "1.png R"), summary(Bulks.outcomes(out)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"my\":\"only line\"}", "{\"my\":1}\n{\"my\":2}", "a,b\n1,2\n3,4", "\u00e9\n"})
    void fileOfSomethingElseIsLeftAsItIs(String content) throws IOException {
        input("1.png", R);
        for (String name : List.of("answers.jsonl", "answers.csv")) {
            Path foreign = Files.writeString(folder.resolve(name), content);
            Run run = Bulks.run(folder.resolve("in").toString(), "--out", foreign.toString());
            assertEquals(1, run.status(), run.console());
            assertTrue(run.console().contains("Choose another file"), run.console());
            assertEquals(content, Files.readString(foreign));
        }
    }

    @Test
    void inputIsNeverTheFileOfAnswers() throws IOException {
        Path input = Files.writeString(folder.resolve("in.jsonl"), "{\"image\":\"data:,\"}");
        Run run = Bulks.run(input.toString(), "--out", input.toString(), "--overwrite");
        assertEquals(1, run.status(), run.console());
        assertTrue(run.console().contains("is an input"), run.console());
        assertEquals("{\"image\":\"data:,\"}", Files.readString(input));
    }

    @Test
    void labelsOfFoldersNamesAndIdxFilesGiveTheAccuracy() throws IOException {
        input("R/1.png", R);
        input("3/1.png", R);
        input("unknown/1.png", THREE);
        writeIdx(21, 0); // L, 0
        Run run = Bulks.run(folder.resolve("in").toString(), "--out", out.toString(), "--labels", "folder");
        assertTrue(run.console().contains("labelled       4"), run.console());
        assertTrue(run.console().contains("right          25.00 %"), run.console());
        assertTrue(run.console().contains("cases merged   50.00 %"), run.console());
        assertTrue(run.console().contains("3 as R 1"), run.console());
        String sheet = Files.readString(folder.resolve("answers.jsonl.html"));
        assertEquals(3, sheet.split("<figure>").length - 1, "mistakes on the sheet");
        assertTrue(sheet.contains("in/3/1.png"), "the sheet names the picture");
    }

    @Test
    void optionsAreThoseOfTheApi() throws IOException {
        String in = input("1.png", THREE).toString();
        Bulks.run(in, "--out", out.toString(), "--top", "1", "--charset", "upper", "--legibility");
        assertTrue(Files.readString(out)
                .matches(
                        "\\{\"source\":\".*1.png\",\"predictions\":\\[\\{\"label\":\"[A-Z]\",\"confidence\":0.\\d{6}}],"
                                + "\"legibility\":0.\\d{6}}\n"));
        Run wrong = Bulks.run(in, "--out", out.toString(), "--charset", "digit");
        assertEquals(2, wrong.status());
        assertTrue(wrong.console().contains("digits"), wrong.console());
    }

    @Test
    void wrongArgumentsAreExplained() throws IOException {
        String in = input("1.png", R).toString();
        for (String[] arguments : new String[][] {
            {in}, {in, "--out", "answers.txt"}, {in + "x", "--out", out.toString()}, {in, "--out", "a.csv", "--ink"}
        }) {
            Run run = Bulks.run(arguments);
            assertEquals(2, run.status(), run.console());
            assertTrue(run.console().contains("Usage: ./run bulk"), run.console());
        }
        assertFalse(Files.exists(out));
    }

    @Test
    void csvHasTheSameAnswers() throws IOException {
        input("a, \"b\".png", R);
        input("c.png", new byte[0]);
        Path csv = folder.resolve("answers.csv");
        Bulks.run(folder.resolve("in").toString(), "--out", csv.toString(), "--top", "1");
        List<String> lines = Files.readAllLines(csv);
        assertEquals("source,problem,detail,label1,confidence1", lines.get(0));
        assertTrue(lines.get(1).matches("\".*/a, \"\"b\"\".png\",,,R,0.\\d{6}"), lines.get(1));
        assertTrue(lines.get(2).endsWith("c.png,no-image,The file is empty."), lines.get(2));
    }

    @Test
    void twoRunsDoNotWriteToOneFile() throws IOException {
        String in = input("1.png", R).toString();
        try (AnswerFile other = AnswerFile.open(out, new JsonFormat(), false)) {
            other.append("{\"source\":\"x\",\"predictions\":[{\"label\":\"x\",\"confidence\":1}]}");
            Run run = Bulks.run(in, "--out", out.toString());
            assertEquals(1, run.status());
            assertTrue(run.console().contains("Another run"), run.console());
        }
        assertEquals(1, Files.readAllLines(out).size());
    }
}
