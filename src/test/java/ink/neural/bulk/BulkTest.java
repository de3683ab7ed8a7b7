package ink.neural.bulk;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ink.neural.Golden;
import ink.neural.bulk.Bulks.Run;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./run bulk} with the model of the program and drawings from a real pen. */
class BulkTest {
    private static final byte[] THREE = Golden.named("digit-3").png();
    private static final byte[] R = Golden.named("upper-r").png();
    private static final int LARGE = 13 << 20;

    /** A line of something else that begins as an answer does. */
    private static final String SOURCES = "{\"source\":\"Times\"}";

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
        return zip(LARGE, names);
    }

    private static byte[] zip(int large, String... names) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.contains("bomb") ? new byte[large] : R);
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
        input("2.png", R);
        answers();
        byte[] before = Files.readAllBytes(out);
        input("0.png", R);
        Run run = Bulks.run(folder.resolve("in").toString(), "--out", out.toString());
        assertEquals(1, run.status());
        assertTrue(run.console().contains("where the input has"), run.console());
        Files.delete(folder.resolve("in/0.png"));
        Files.delete(folder.resolve("in/2.png"));
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
    @ValueSource(
            strings = {
                "{\"my\":\"only line\"}",
                "{\"my\":1}\n{\"my\":2}",
                "a,b\n1,2\n3,4",
                "\u00e9\n",
                SOURCES + "\n" + SOURCES
            })
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
        assertEquals(2, run.status(), run.console());
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

    @ParameterizedTest
    @CsvSource({"folder, R/1.png", "name, R_1.png"})
    void labelsThatNoPictureHasAreExplained(String labels, String expected) throws IOException {
        input("unknown/17.png", R);
        Run run = Bulks.run(folder.resolve("in").toString(), "--out", out.toString(), "--labels", labels);
        assertEquals(0, run.status(), run.console());
        assertTrue(run.console().contains("labelled       0"), run.console());
        assertTrue(run.console().contains(expected), run.console());
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "1.png", "./1.png", "*.png"})
    void labelMayBeTheFolderThatTheCommandIsRunIn(String input) throws Exception {
        input("R/1.png", R);
        Process process = Bulks.process(input, "--out", out.toString(), "--labels", "folder")
                .directory(folder.resolve("in/R").toFile())
                .start();
        String report = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), report);
        assertTrue(report.contains("right          100.00 %"), report);
    }

    /** Without the permission to search it, a folder tells names and nothing else. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void folderWithoutPermissionIsTold() throws Exception {
        Path picture = input("nox/r.png", R);
        input("nox/below/r.png", R);
        Path nox = picture.getParent();
        assertTrue(nox.toFile().setExecutable(false, false));
        try {
            for (String name : List.of("/nox/r.png", "/nox/below", "/nox/below/*.png")) {
                Run named = withoutPrivileges(folder.resolve("in") + name, "--out", out.toString());
                assertEquals(2, named.status(), named.console());
                assertTrue(named.console().contains("You have no permission to read this."), named.console());
            }
            for (String above : List.of("/", "/nox", "/nox/*.png", "/nox/*/*.png")) {
                Run run = withoutPrivileges(folder.resolve("in") + above, "--out", out.toString(), "--overwrite");
                assertEquals(0, run.status(), run.console());
                assertEquals(List.of("nox not-an-image"), summary(Bulks.outcomes(out)));
                String line = Files.readString(out);
                assertTrue(line.contains("You have no permission to read the folder."), line);
            }
        } finally {
            nox.toFile().setExecutable(true);
        }
    }

    /** Runs the command as a user who may not do everything, as root may. */
    private Run withoutPrivileges(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder command = Bulks.process(arguments).redirectErrorStream(true);
        if (System.getProperty("user.name").equals("root")) {
            List<String> prefix = List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all");
            assumeTrue(new ProcessBuilder("sh", "-c", String.join(" ", prefix) + " true")
                            .start()
                            .waitFor()
                    == 0);
            command.command().addAll(0, prefix);
        }
        Process process = command.start();
        String console = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), console);
    }

    @Test
    void optionsAreThoseOfTheApi() throws IOException {
        String in = input("1.png", THREE).toString();
        Bulks.run(in, "--out", out.toString(), "--top", "1", "--charset", "upper", "--legibility");
        assertTrue(Files.readString(out)
                .matches(
                        "\\{\"source\":\".*1.png\",\"predictions\":\\[\\{\"label\":\"[A-Z]\",\"confidence\":0.\\d{6}}],"
                                + "\"legibility\":0.\\d{6}}\n"));
    }

    /** Arguments after the input {@code 1.png}, and a part of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--threads 0                 | from 1 to 1024",
                "--threads -3                | from 1 to 1024",
                "--threads 1025              | from 1 to 1024",
                "--threads two               | from 1 to 1024",
                "--threads 99999999999       | from 1 to 1024",
                "--top 0                     | top must be a whole number",
                "--top a                     | top must be a whole number from 1 to",
                "--top 63                    | from 1 to 62",
                "--charset é                 | does not know: é",
                "--charset digit             | Did you mean \"digits\"?",
                "--labels file               | --labels must be folder or name.",
                "--examples nowhere.json     | nowhere.json cannot be read",
                "--examples 1.png            | 1.png cannot be read as a JSON array",
                "--examples object.json      | object.json cannot be read as a JSON array",
                "--overwrit                  | Unknown option: '--overwrit'",
                "nowhere.png                 | nowhere.png",
                "nowhere/*.png               | nowhere/*.png",
                "*.tif                       | There are no files at",
                "empty                       | There are no files at",
                "1[.png                      | 1[.png",
                "{1.png                      | {1.png",
                "--out nowhere/answers.jsonl | nowhere for the answers",
                "--out empty.jsonl           | empty.jsonl is not a file",
                "--out answers.txt           | --out must end in .jsonl",
                "--out answers.csv --ink     | which cannot have pictures",
                "--out answers.csv --glyph   | which cannot have pictures",
            })
    void wrongArgumentIsExplainedAndNothingIsTouched(String arguments, String message) throws IOException {
        input("1.png", R);
        Path in = folder.resolve("in");
        Files.createDirectories(in.resolve("empty"));
        Files.createDirectories(in.resolve("empty.jsonl"));
        Files.writeString(in.resolve("object.json"), "{}");
        List<String> before = List.of("answers.jsonl", "answers.csv", "answers.jsonl.html");
        for (String name : before) {
            Files.writeString(in.resolve(name), ContactSheet.HEAD);
        }
        List<String> all = new ArrayList<>(List.of(in.resolve("1.png").toString(), "--overwrite"));
        for (String argument : arguments.split(" ")) {
            boolean isFile = argument.matches(".*\\.\\w+|empty");
            all.add(isFile ? in.resolve(argument).toString() : argument);
        }
        if (!all.contains("--out")) {
            all.addAll(List.of("--out", in.resolve("answers.jsonl").toString()));
        }
        Run run = Bulks.run(all.toArray(String[]::new));
        assertEquals(2, run.status(), run.console());
        assertTrue(run.console().contains(message), run.console());
        assertTrue(run.console().contains("./run bulk --help"), run.console());
        try (Stream<Path> files = Files.list(in)) {
            assertEquals(7, files.count(), "files in the folder");
        }
        for (String name : before) {
            assertEquals(ContactSheet.HEAD, Files.readString(in.resolve(name)));
        }
    }

    @Test
    void argumentsAreNeededAndNotEmpty() throws IOException {
        String in = input("1.png", R).toString();
        assertEquals(2, Bulks.run().status());
        assertEquals(2, Bulks.run(in).status());
        assertEquals(2, Bulks.run("--out", out.toString()).status());
        assertTrue(
                Bulks.run().console().contains("INPUT... --out FILE"),
                Bulks.run().console());
        assertEquals(2, Bulks.run("", "--out", out.toString()).status());
        Run empty = Bulks.run(in, "--out", "");
        assertEquals(2, empty.status(), empty.console());
        assertTrue(empty.console().contains("--out must end in"), empty.console());
        assertFalse(Files.exists(out));
    }

    @Test
    void helpTellsTheExitStatuses() {
        Run run = Bulks.run("--help");
        assertEquals(0, run.status());
        assertEquals(run, Bulks.run("-h"));
        assertTrue(run.console().contains("docs/bulk.md"), "the name is on one line");
        assertTrue(run.console().contains("Usage: ./run bulk"), run.console());
        assertTrue(run.console().contains("2   an argument is wrong"), run.console());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x.png", "-hand.png", "--labelz"})
    void unknownOptionIsToldBeforeMissingArguments(String option) {
        Run run = Bulks.run(option);
        assertEquals(2, run.status(), run.console());
        assertTrue(run.console().contains("Unknown option: '" + option + "'"), run.console());
    }

    /** A file that lies in the folder that the command is run in. */
    @ParameterizedTest
    @ValueSource(strings = {"@at.png", "-dash.png", "-hand.png"})
    void nameMayBeginWithASign(String name) throws IOException {
        Path file = Files.write(Path.of(name), R);
        try {
            Run run = Bulks.run("--out", out.toString(), "--", name);
            assertEquals(0, run.status(), run.console());
            assertEquals(name, Bulks.outcomes(out).get(0).source());
            if (name.startsWith("-")) {
                Run unknown = Bulks.run(name, "--out", out.toString());
                assertEquals(2, unknown.status());
                assertTrue(unknown.console().contains("write ./" + name), unknown.console());
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void everyRowOfCsvHasAllColumnsOnOneLine() throws IOException {
        input("a, \"b\".png", R);
        input("c\nd\re.png", R);
        input("f.png", new byte[0]);
        Files.createSymbolicLink(folder.resolve("in/g\nh.png"), folder.resolve("nowhere"));
        Path csv = folder.resolve("answers.csv");
        String[] arguments = {
            folder.resolve("in").toString(), "--out", csv.toString(), "--top", "12", "--charset", "digits", "--features"
        };
        Run run = Bulks.run(arguments);
        String whole = Files.readString(csv);
        try (CSVParser rows = CSVFormat.RFC4180.parse(new StringReader(whole))) {
            List<CSVRecord> records = rows.getRecords();
            assertEquals(5, records.size());
            assertEquals(5, whole.lines().count());
            records.forEach(record -> assertEquals(4 + 2 * 12, record.size(), record.toString()));
            assertTrue(
                    records.get(1).get(0).endsWith("/a, \"b\".png"),
                    records.get(1).get(0));
            String name = records.get(2).get(0);
            assertTrue(name.matches(".*/c[^\\p{Cntrl}]+d[^\\p{Cntrl}]+e.png"), name);
            assertEquals("no-image", records.get(3).get(1));
            assertEquals("The file is empty.", records.get(3).get(2));
        }
        for (int lines = 1; lines <= 5; lines++) {
            Files.writeString(csv, whole.lines().limit(lines).collect(joining("\n", "", "\nunfinished, \"line")));
            assertEquals(run.console(), Bulks.run(arguments).console());
            assertEquals(whole, Files.readString(csv));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--top 2",
                "--charset digits",
                "--legibility",
                "--glyph",
                "--ink",
                "--features",
                "--top 1 --charset lower --legibility"
            })
    void answersOfOtherOptionsAreKept(String options) throws IOException {
        input("0.png", new byte[0]);
        input("1.png", R);
        answers();
        String before = Files.readString(out);
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of(folder.resolve("in").toString(), "--out", out.toString()));
        Run run = Bulks.run(arguments.toArray(String[]::new));
        assertEquals(1, run.status(), run.console());
        assertTrue(run.console().contains("the options, the model or the picture"), run.console());
        assertEquals(before, Files.readString(out));
    }

    @Test
    void damagedLineOfAnswersIsNamed() throws IOException {
        input("1.png", R);
        input("2.png", R);
        answers();
        String before = Files.readString(out).replace("\"predictions\"", "\"p\"");
        Files.writeString(out, before);
        Run run = Bulks.run(folder.resolve("in").toString(), "--out", out.toString());
        assertEquals(1, run.status(), run.console());
        assertTrue(run.console().contains("Line 1 of " + out), run.console());
        assertEquals(before, Files.readString(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"answers.jsonl", "answers.csv"})
    void lineThatIsNotUtf8IsNamed(String name) throws IOException {
        out = folder.resolve(name);
        for (int i = 10; i < 30; i++) {
            input(i + ".png", R);
        }
        String[] arguments = {folder.resolve("in").toString(), "--out", out.toString()};
        Bulks.run(arguments);
        long lines = Files.readAllLines(out).size();
        Files.write(out, new byte[] {(byte) 0xff, (byte) 0xfe, '\n'}, StandardOpenOption.APPEND);
        Run run = Bulks.run(arguments);
        assertEquals(1, run.status(), run.console());
        assertTrue(run.console().contains("Line %d of %s".formatted(lines + 1, out)), run.console());
    }

    private Run mistaken(String... more) throws IOException {
        input("R/1.png", R);
        input("3/1.png", R);
        out = folder.resolve("in/answers.jsonl");
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(folder.resolve("in").toString(), "--out", out.toString(), "--labels", "folder"));
        return Bulks.run(arguments.toArray(String[]::new));
    }

    @Test
    void answersAndContactSheetInTheInputAreNoInput() throws IOException {
        Run first = mistaken();
        assertTrue(Files.exists(folder.resolve("in/answers.jsonl.html")));
        Run again = mistaken();
        assertEquals(0, again.status(), again.console());
        assertEquals(
                first.console().lines().toList().get(0),
                again.console().lines().toList().get(0));
    }

    @Test
    void contactSheetOfAnswersThatAreOverwrittenGoesWithThem() throws IOException {
        mistaken();
        Run run = Bulks.run(folder.resolve("in").toString(), "--out", out.toString(), "--overwrite");
        assertEquals(0, run.status(), run.console());
        assertFalse(Files.exists(folder.resolve("in/answers.jsonl.html")));
    }

    @Test
    void pageOfSomethingElseIsLeftAsItIs() throws IOException {
        Path page = input("answers.jsonl.html", "my page".getBytes());
        for (Run run : List.of(mistaken(), mistaken("--overwrite"))) {
            assertEquals(2, run.status(), run.console());
            assertTrue(run.console().contains(page + " is something else"), run.console());
        }
        assertEquals("my page", Files.readString(page));
        assertFalse(Files.exists(out));
    }

    /** A folder stands for a full disk: either way the page cannot be written. */
    @Test
    void contactSheetThatCannotBeWrittenComesAfterTheReport() throws IOException {
        input(".answers.jsonl.html.tmp/file", new byte[1]);
        Run run = mistaken();
        assertEquals(1, run.status(), run.console());
        assertTrue(run.console().contains("confusions     3 as R 1"), run.console());
        assertTrue(run.console().contains("answers.jsonl.html cannot be written"), run.console());
        assertFalse(Files.exists(folder.resolve("in/answers.jsonl.html")));
        assertEquals(2, Files.readAllLines(out).size());
    }

    private static String bundledModel() {
        try (LoadedModel model = LoadedModel.load(ModelFiles.bundled())) {
            return "%s@%s"
                    .formatted(model.descriptor().name(), model.descriptor().version());
        }
    }

    @Test
    void featuresOfOneRunAdaptTheNextOne() throws IOException {
        String in = input("1.png", R).toString();
        Bulks.run(in, "--out", out.toString(), "--features");
        String features = Files.readString(out).replaceFirst("(?s).*\"features\":\"(.*?)\".*", "$1");
        Path examples = Files.writeString(
                folder.resolve("examples.json"),
                "[{\"model\":\"%s\",\"label\":\"é\",\"features\":\"%s\"}]".formatted(bundledModel(), features));
        Path adapted = folder.resolve("adapted.jsonl");
        Run run = Bulks.run(in, "--out", adapted.toString(), "--examples", examples.toString(), "--top", "63");
        assertEquals(0, run.status(), run.console());
        assertTrue(Files.readString(adapted).contains("\"é\""), Files.readString(adapted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"source\":\"x\",\"predictions\":[{\"label\":\"x\",\"confidence\":1}]}\n"})
    void twoRunsDoNotWriteToOneFile(String content) throws Exception {
        String[] arguments = {input("1.png", R).toString(), "--out", out.toString()};
        Files.writeString(out, content);
        try (AnswerFile other = AnswerFile.open(out, new JsonFormat(), false)) {
            assertEquals(content.isEmpty(), other.nextWritten().isEmpty());
            Run elsewhere = Bulks.runInProcess(arguments);
            assertEquals(1, elsewhere.status());
            assertTrue(elsewhere.console().contains("Another run"), elsewhere.console());
            Run here = Bulks.run(arguments);
            assertEquals(1, here.status());
            assertTrue(here.console().contains("Another run"), here.console());
        }
        assertEquals(content, Files.readString(out));
    }

    @Test
    void reportThatCannotBePrintedIsAFailure() throws Exception {
        String in = input("1.png", R).toString();
        assumeTrue(Files.exists(Path.of("/dev/full")));
        Process process = Bulks.process(in, "--out", out.toString())
                .redirectOutput(new File("/dev/full"))
                .start();
        String errors = new String(process.getErrorStream().readAllBytes());
        assertEquals(1, process.waitFor(), errors);
        assertTrue(errors.contains("The report cannot be printed."), errors);
        assertEquals(List.of("1.png R"), summary(Bulks.outcomes(out)));
    }

    private void writeManyPictures() throws IOException {
        for (int i = 0; i < 300; i++) {
            input("%03d.png".formatted(i), i % 3 == 0 ? THREE : R);
        }
    }

    /** A limit for the size of files stands for a full disk: either way nothing more can be written. */
    @Test
    void fullDiskIsAMessageAndTheSameCommandGoesOn() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/prlimit")));
        writeIdx(new int[1500]);
        String in = folder.resolve("in").toString();
        Process process = startAnswering(in, "--threads", "4");
        new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(process.pid()), "--fsize=8192")
                .start()
                .waitFor();
        String errors = new String(process.getErrorStream().readAllBytes());
        assertEquals(1, process.waitFor(), errors);
        assertTrue(errors.contains(out + " cannot be written"), errors);
        assertFalse(errors.contains("SIGSEGV"), errors);
        assertEquals(0, Bulks.run(in, "--out", out.toString()).status());
        assertEquals(1500, Bulks.outcomes(out).size());
    }

    /** Starts a run, and waits for its first answers. */
    private Process startAnswering(String in, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(in, "--out", out.toString()));
        arguments.addAll(List.of(more));
        Process process = Bulks.process(arguments.toArray(String[]::new)).start();
        while (process.isAlive() && (!Files.exists(out) || Files.size(out) < 1000)) {
            Thread.onSpinWait();
        }
        return process;
    }

    @Test
    void pictureForWhichMemoryDoesNotSufficeHidesNoneAfterIt() throws Exception {
        String url = "\"%s\"%n".formatted(Golden.named("upper-r").dataUrl());
        input("a.jsonl", (url + "\"" + "a".repeat(60 << 20) + "\"\n" + url).getBytes());
        input("b.zip", zip(60 << 20, "1.png", "bomb.png", "3.png"));
        TarArchiveEntry large = new TarArchiveEntry("2.png");
        large.setSize(60 << 20);
        input("c.tar.gz", tar(new TarArchiveEntry("1.png"), large, new TarArchiveEntry("3.png")));
        Run run = Bulks.runInProcess(
                List.of("-Xmx64m", "-Dneural.ink.max.body=100000000"),
                folder.resolve("in").toString(),
                "--out",
                out.toString());
        assertEquals(0, run.status(), run.console());
        assertEquals(
                List.of(
                        "a.jsonl:1 R",
                        "a.jsonl:2 too-many-pixels",
                        "a.jsonl:3 R",
                        "b.zip!/1.png R",
                        "b.zip!/bomb.png too-many-pixels",
                        "b.zip!/3.png R",
                        "c.tar.gz!/1.png R",
                        "c.tar.gz!/2.png too-many-pixels",
                        "c.tar.gz!/3.png R"),
                summary(Bulks.outcomes(out)));
        assertTrue(Files.readString(out).contains("Start again with --overwrite"), Files.readString(out));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 20, 24})
    void lackOfMemoryForTheModelIsAMessage(int mebibytes) throws Exception {
        String in = input("1.png", R).toString();
        Run run = Bulks.runInProcess(List.of("-Xmx" + mebibytes + "m"), in, "--out", out.toString());
        assertEquals(1, run.status(), run.console());
        assertEquals(1, run.console().lines().count(), run.console());
        assertTrue(run.console().contains("JAVA_OPTS=-Xmx"), run.console());
    }

    @Test
    void lackOfAFolderForTheNetworksLibraryIsAMessage() throws Exception {
        String in = input("1.png", R).toString();
        Run run =
                Bulks.runInProcess(List.of("-Djava.io.tmpdir=" + folder.resolve("none")), in, "--out", out.toString());
        assertEquals(1, run.status(), run.console());
        assertEquals(1, run.console().lines().count(), run.console());
        assertTrue(run.console().contains("folder for temporary files, " + folder), run.console());
    }

    /** However a run is ended, the same command finishes it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runThatIsEndedIsFinishedByTheSameCommand(boolean isKilled) throws Exception {
        writeManyPictures();
        String in = folder.resolve("in").toString();
        Path whole = folder.resolve("whole.jsonl");
        Bulks.run(in, "--out", whole.toString());
        Process process = startAnswering(in, "--threads", "1");
        int status = (isKilled ? process.destroyForcibly() : end(process)).waitFor();
        assertEquals(isKilled ? 128 + 9 : 128 + 15, status);
        Run run = Bulks.run(in, "--out", out.toString());
        assertEquals(0, run.status(), run.console());
        assertEquals(Files.readString(whole), Files.readString(out));
    }

    /** Ends a process as Ctrl-C does. */
    private static Process end(Process process) {
        process.destroy();
        return process;
    }
}
