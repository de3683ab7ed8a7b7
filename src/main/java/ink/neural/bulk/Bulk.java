package ink.neural.bulk;

import ink.neural.api.RequestOptions;
import ink.neural.config.Configuration;
import ink.neural.config.InvalidConfigurationException;
import ink.neural.metrics.Metrics;
import ink.neural.prediction.PredictionOptions;
import ink.neural.prediction.Predictor;
import ink.neural.problem.ProblemException;
import ink.neural.recognition.InvalidCharsetException;
import ink.neural.recognition.InvalidModelException;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
        customSynopsis = "./run bulk INPUT... --out FILE [OPTION]...",
        description = "Reads the characters on many pictures, and writes one line for each to a file.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:each picture has a line, with its answer or its problem",
            "1:the run could not go on; the message says why",
            "2:an argument is wrong, or there are no files; nothing was written"
        },
        footer = {
            "",
            "If the file exists, the run goes on after its last complete line. The answers keep the order of the input."
                    + " Settings of the server apply too.",
            "",
            "docs/bulk.md tells more. For example:",
            "  JAVA_OPTS=-Dneural.ink.models=DIRECTORY ./run bulk scans/ --out answers.jsonl"
        })
public final class Bulk implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int MAX_THREADS = 1024;

    @Parameters(
            arity = "0..*", // so that an unknown option is told before a missing input
            paramLabel = "INPUT...",
            hideParamSyntax = true,
            description = {
                "picture files, folders, glob patterns, zip and tar archives, JSON lines (.jsonl) of data URLs,"
                        + " and files of pictures in the IDX format"
            })
    List<String> inputs = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "the answers: .jsonl or .csv")
    Path out;

    @Option(names = "--overwrite", description = "starts from the beginning, even if the file has something in it")
    boolean overwrite;

    @Option(
            names = "--labels",
            paramLabel = "FROM",
            description = "the true characters come from the folder of a picture or from its name: folder or name")
    String labels;

    @Option(names = "--upright", description = "pictures in IDX files are upright, as MNIST's; EMNIST's are transposed")
    boolean upright;

    @Option(names = "--threads", paramLabel = "N", description = "batches that are read at once; one for each core")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--top", paramLabel = "N", description = "how many characters an answer has; 3")
    Integer top;

    @Option(names = "--charset", paramLabel = "CHARACTERS", description = "which characters to expect, such as digits")
    String charset;

    @Option(names = "--legibility", description = "adds how likely the picture shows a character at all")
    boolean legibility;

    @Option(names = "--glyph", description = "adds the picture that the network saw")
    boolean glyph;

    @Option(names = "--ink", description = "adds the ink that was found")
    boolean ink;

    @Option(names = "--features", description = "adds what the network saw as numbers, for --examples")
    boolean features;

    @Option(
            names = "--examples",
            paramLabel = "FILE",
            description = "adapts the answers to the hand of one person: a JSON array of the API's examples")
    Path examples;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    @Spec
    CommandSpec spec;

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args inputs and options
     */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ENGLISH); // the language of all messages
        int status = commandLine().execute(args);
        if (System.out.checkError()) {
            System.err.println("The report cannot be printed.");
            status = Math.max(status, FAILED);
        }
        System.exit(status);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bulk())
                .registerConverter(int.class, Bulk::wholeNumber)
                .registerConverter(Integer.class, Bulk::wholeNumber)
                .setPosixClusteredShortOptionsAllowed(false) // -hand.png is no -h
                .setExpandAtFiles(false) // the names of files may begin with @
                .setParameterExceptionHandler((wrong, arguments) -> {
                    PrintWriter console = wrong.getCommandLine().getErr();
                    console.println(wrong.getMessage());
                    dashed(arguments)
                            .ifPresent(file -> console.printf("For the file of that name, write ./%s.%n", file));
                    console.println("For help, type: ./run bulk --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((thrown, command, result) -> {
                    command.getErr().println(message(thrown));
                    return FAILED;
                });
    }

    /** The number that a text is; one that no option allows if it is none. */
    private static int wholeNumber(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    /** An argument that names a file, but has been taken for an option. */
    private static Optional<String> dashed(String... arguments) {
        return Stream.of(arguments)
                .filter(argument -> argument.startsWith("-") && Files.exists(Path.of(argument)))
                .findFirst();
    }

    private static String message(Exception thrown) {
        if (thrown instanceof InvalidModelException) {
            return "The model cannot be used: %s.".formatted(thrown.getMessage());
        }
        return thrown instanceof BulkException || thrown instanceof InvalidConfigurationException
                ? thrown.getMessage()
                : "The run failed: " + thrown;
    }

    @Override
    public Integer call() throws Exception {
        try {
            return run();
        } catch (OutOfMemoryError e) {
            throw BulkException.outOfMemory();
        } catch (LinkageError e) {
            throw new BulkException(
                    "ONNX Runtime cannot be loaded. It needs 30 MB in the folder for temporary files, %s."
                                    .formatted(System.getProperty("java.io.tmpdir"))
                            + " Choose another: JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
        }
    }

    /** Everything is checked before the file of answers is opened. */
    private int run() throws Exception {
        Configuration configuration = Configuration.read();
        if (inputs.isEmpty() || out == null) {
            throw wrong("Name the pictures, and a file for the answers: %s.", "./run bulk INPUT... --out FILE");
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw wrong("--threads must be a whole number from 1 to %d.", MAX_THREADS);
        }
        Optional<LabelSource> labelSource = labelSource();
        PredictionOptions options = options();
        AnswerFormat format = format(options);
        ContactSheet sheet = ContactSheet.beside(out);
        requireWritable(sheet);
        for (String input : inputs) {
            requireFiles(input, sheet);
        }
        try (LoadedModel model = LoadedModel.load(new ModelFiles(configuration.models(), configuration.model()))) {
            Predictor predictor = predictor(model, options);
            try (AnswerFile answers = AnswerFile.open(out, format, overwrite)) {
                if (overwrite) {
                    sheet.delete();
                }
                BulkRun run = new BulkRun(configuration, model.labels(), options, predictor, format, labelSource);
                report(run.run(new Inputs(inputs, out), upright, threads, answers), labelSource, sheet);
            }
        }
        return 0;
    }

    private ParameterException wrong(String message, Object... values) {
        return new ParameterException(spec.commandLine(), message.formatted(values));
    }

    private void requireWritable(ContactSheet sheet) {
        Path folder = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw wrong("There is no folder %s for the answers.", folder);
        }
        for (Path file : List.of(out, sheet.file())) {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw wrong("%s is not a file. Choose another --out.", file);
            }
        }
        if (sheet.isForeign()) {
            throw wrong("%s is something else than a contact sheet. Choose another --out.", sheet.file());
        }
    }

    private Optional<LabelSource> labelSource() {
        try {
            return Optional.ofNullable(labels).map(name -> LabelSource.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw wrong("--labels must be folder or name.");
        }
    }

    private PredictionOptions options() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("legibility", legibility)
                .add("glyph", glyph)
                .add("ink", ink)
                .add("features", features);
        Optional.ofNullable(top).ifPresent(count -> json.add("top", count));
        Optional.ofNullable(charset).ifPresent(characters -> json.add("charset", characters));
        Optional.ofNullable(examples).ifPresent(file -> json.add("examples", array(file)));
        try {
            return RequestOptions.CHARACTER.of(json.build());
        } catch (ProblemException badOption) {
            throw wrong("%s", badOption.getMessage());
        }
    }

    private JsonArray array(Path file) {
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            return reader.readValue().asJsonArray();
        } catch (IOException | JsonException | ClassCastException e) {
            throw wrong("%s cannot be read as a JSON array of examples.", file);
        }
    }

    private Predictor predictor(LoadedModel model, PredictionOptions options) {
        try {
            return new Predictor(model, options, Predictor.MAX_INK_SIDE, new Metrics());
        } catch (ProblemException | InvalidCharsetException badOption) {
            throw wrong("%s", badOption.getMessage());
        }
    }

    private void requireFiles(String input, ContactSheet sheet) throws IOException {
        Inputs files = new Inputs(List.of(input), out);
        Inputs.obstacle(input).ifPresent(obstacle -> {
            throw wrong("%s", obstacle);
        });
        for (Path file : List.of(out, sheet.file())) {
            if (Files.exists(file) && Files.exists(Path.of(input)) && Files.isSameFile(file, Path.of(input))) {
                throw wrong("%s is an input. Choose another --out.", file);
            }
        }
        if (files.areNone()) {
            throw wrong("There are no files at \"%s\".", input);
        }
    }

    private AnswerFormat format(PredictionOptions options) {
        if (out.toString().endsWith(".csv") && !glyph && !ink) {
            return new CsvFormat(options);
        }
        if (out.toString().endsWith(".jsonl")) {
            return new JsonFormat();
        }
        throw wrong("--out must end in .jsonl, or in .csv, which cannot have pictures (--glyph, --ink).");
    }

    private void report(Tally tally, Optional<LabelSource> labelSource, ContactSheet sheet) {
        PrintWriter console = spec.commandLine().getOut();
        console.print(tally.toText());
        labelSource
                .filter(source -> !tally.hasLabels())
                .ifPresent(source -> console.printf("labelled       0%n%s%n", source.advice()));
        console.flush(); // the sheet may fail
        if (!tally.worst().isEmpty()) {
            sheet.write(tally.worst());
            console.printf("worst          %s%n", sheet.file());
            console.flush();
        }
    }
}
