package ink.neural.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the command in this process. */
public final class Bulks {
    private Bulks() {}

    /**
     * What a run leaves.
     *
     * @param status the exit status
     * @param console what it printed
     */
    public record Run(int status, String console) {}

    public static Run run(String... arguments) {
        StringWriter console = new StringWriter();
        CommandLine command =
                Bulk.commandLine().setOut(new PrintWriter(console)).setErr(new PrintWriter(console, true));
        return new Run(command.execute(arguments), console.toString());
    }

    /**
     * Runs over a folder, and gives for each line the source below the folder, and the character or the problem.
     *
     * @param folder the input
     * @return such as {@code a.zip!/1.png R} or {@code a.zip not-an-image}
     */
    static List<String> read(Path folder) throws IOException {
        String prefix = folder + "/";
        return outcomes(answers(folder)).stream()
                .map(outcome -> outcome.source().replace(prefix, "") + " "
                        + (outcome.problem() == null ? outcome.predicted() : outcome.problem()))
                .toList();
    }

    /**
     * Runs over a folder, and gives the detail of each problem.
     *
     * @param folder the input
     * @return in the order of the lines
     */
    static List<String> details(Path folder) throws IOException {
        return Files.readAllLines(answers(folder)).stream()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .filter(answer -> answer.containsKey("detail"))
                .map(answer -> answer.getString("detail"))
                .toList();
    }

    private static Path answers(Path folder) {
        Path out = folder.resolveSibling(folder.getFileName() + ".jsonl");
        Run run = run(folder.toString(), "--out", out.toString(), "--overwrite");
        assertEquals(0, run.status(), run.console());
        return out;
    }

    /** The lines of an answer file, read as the command reads them. */
    static List<Outcome> outcomes(Path jsonLines) throws IOException {
        return Files.readAllLines(jsonLines).stream()
                .map(new JsonFormat()::parse)
                .toList();
    }

    /** Runs the command in a process of its own. */
    static Run runInProcess(String... arguments) throws IOException, InterruptedException {
        return runInProcess(List.of(), arguments);
    }

    static Run runInProcess(List<String> javaOptions, String... arguments) throws IOException, InterruptedException {
        Process process =
                process(javaOptions, arguments).redirectErrorStream(true).start();
        String console = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), console);
    }

    static ProcessBuilder process(String... arguments) {
        return process(List.of(), arguments);
    }

    private static ProcessBuilder process(List<String> javaOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bulk.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
