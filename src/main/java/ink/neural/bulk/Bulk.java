package ink.neural.bulk;

import ink.neural.api.RequestOptions;
import ink.neural.config.Configuration;
import ink.neural.metrics.Metrics;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.Predictor;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.InvalidCharsetException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ./run bulk}: predicts the characters on many pictures and writes an answer for each to a file. */
@Command(
        name = "./run bulk",
        description = "Reads the characters on many pictures, and writes one line for each to a file.",
        sortOptions = false,
        footer = {
            "",
            "If the file exists, the run goes on after its last complete line. The answers keep the order of the input.",
            "Settings of the server apply too, such as JAVA_OPTS=-Dneural.ink.models=DIRECTORY; see docs/bulk.md."
        })
public final class Bulk implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = {
                "picture files, folders, glob patterns, zip and tar archives, JSON lines (.jsonl) of data URLs,"
                        + " and files of pictures in the IDX format"
            })
    List<String> inputs;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the answers: .jsonl or .csv")
    Path out;

    @Option(names = "--overwrite", description = "starts from the beginning, even if the file has answers")
    boolean overwrite;

    @Option(
            names = "--labels",
            paramLabel = "FROM",
            description = "the true characters come from the folder of a picture or from its name: folder or name")
    LabelSource labels;

    @Option(names = "--upright", description = "pictures in IDX files are upright, as MNIST's; EMNIST's are transposed")
    boolean upright;

    @Option(names = "--threads", paramLabel = "N", description = "pictures that are read at once; one for each core")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--top", paramLabel = "N", description = "how many characters an answer has; 3")
    String top;

    @Option(names = "--charset", paramLabel = "CHARACTERS", description = "which characters to expect, such as digits")
    String charset;

    @Option(names = "--legibility", description = "adds how likely the picture shows a character at all")
    boolean legibility;

    @Option(names = "--glyph", description = "adds the picture that the network saw")
    boolean glyph;

    @Option(names = "--ink", description = "adds the ink that was found")
    boolean ink;

    @Option(names = "--help", usageHelp = true, description = "this text")
    boolean help;

    @Spec
    CommandSpec spec;

    /**
     * Runs the command and ends the process: with status 0, 1 if the run cannot go on, or 2 if the arguments are wrong.
     *
     * @param args inputs and options
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bulk())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((thrown, command, result) -> {
                    command.getErr().println(message(thrown));
                    return 1;
                });
    }

    private static String message(Exception thrown) {
        return thrown instanceof BulkException ? thrown.getMessage() : "The run failed: " + thrown;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = Configuration.read();
        try (LoadedModel model = LoadedModel.load(new ModelFiles(configuration.models(), configuration.model()))) {
            PredictionOptions options = RequestOptions.CHARACTER.of(this::text);
            Predictor predictor = new Predictor(model, options, Predictor.MAX_INK_SIDE, new Metrics());
            Inputs files = inputs();
            AnswerFormat format = format(options);
            try (AnswerFile answers = AnswerFile.open(out, format, overwrite)) {
                BulkRun run =
                        new BulkRun(configuration, model.labels(), predictor, format, Optional.ofNullable(labels));
                report(run.run(files, upright, threads, answers));
            }
        } catch (ProblemException | InvalidCharsetException badOption) {
            throw new ParameterException(spec.commandLine(), badOption.getMessage());
        }
        return 0;
    }

    /** The text of an option of the API. */
    private String text(String name) {
        return switch (name) {
            case "top" -> top;
            case "charset" -> charset;
            case "legibility" -> Boolean.toString(legibility);
            case "glyph" -> Boolean.toString(glyph);
            case "ink" -> Boolean.toString(ink);
            default -> null;
        };
    }

    private Inputs inputs() throws IOException {
        for (String input : inputs) {
            // A pattern is no path that exists.
            if (Files.exists(out) && new File(input).exists() && Files.isSameFile(out, Path.of(input))) {
                throw new BulkException("%s is an input. Choose another file for the answers.".formatted(out));
            }
        }
        Inputs files = new Inputs(inputs, out);
        files.missing().findFirst().ifPresent(missing -> {
            throw new ParameterException(spec.commandLine(), "There is no file or folder %s.".formatted(missing));
        });
        return files;
    }

    private AnswerFormat format(PredictionOptions options) {
        if (out.toString().endsWith(".csv") && !glyph && !ink) {
            return new CsvFormat(options);
        }
        if (out.toString().endsWith(".jsonl")) {
            return new JsonFormat();
        }
        throw new ParameterException(
                spec.commandLine(),
                "--out must end in .jsonl, or in .csv, which cannot have pictures (--glyph, --ink).");
    }

    private void report(Tally tally) throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        console.print(tally.toText());
        if (!tally.worst().isEmpty()) {
            Path sheet = Path.of(out + ".html");
            ContactSheet.write(sheet, tally.worst());
            console.printf("worst          %s%n", sheet);
        }
        console.flush();
    }
}
