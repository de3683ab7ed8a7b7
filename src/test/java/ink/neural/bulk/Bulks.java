package ink.neural.bulk;

import java.io.IOException;
import java.io.PrintWriter;
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

    /** The lines of an answer file, read as the command reads them. */
    static List<Outcome> outcomes(Path jsonLines) throws IOException {
        return Files.readAllLines(jsonLines).stream()
                .map(new JsonFormat()::parse)
                .toList();
    }

    /** Runs the command in a process of its own. */
    static Run runInProcess(String... arguments) throws IOException, InterruptedException {
        Process process = process(arguments).redirectErrorStream(true).start();
        String console = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), console);
    }

    static ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Bulk.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
