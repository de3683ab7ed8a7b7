package ink.neural.spark;

import ink.neural.api.RequestOptions;
import ink.neural.prediction.PredictionOptions;
import ink.neural.recognition.Guides;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A job for {@code spark-submit} that adds a prediction to each row of a source and writes Parquet. */
@Command(
        name = "spark-submit --class ink.neural.spark.SparkJob neural-ink-spark.jar",
        description = "Reads the characters on the pictures of a column, and writes the rows with their predictions as Parquet.",
        sortOptions = false)
public final class SparkJob implements Callable<Integer> {
    /** The name of the column that the job adds. */
    static final String PREDICTION = "prediction";

    @Parameters(arity = "1..*", paramLabel = "INPUT", description = "paths of the source")
    List<String> inputs;

    @Option(names = "--out", required = true, paramLabel = "PATH", description = "the folder for the Parquet files")
    String out;

    @Option(names = "--format", paramLabel = "NAME", description = "format of the source, such as parquet; binaryFile")
    String format = "binaryFile";

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "an option of the source")
    Map<String, String> sourceOptions = Map.of();

    @Option(names = "--image", paramLabel = "COLUMN", description = "binary column of files, or string column of data URLs; content")
    String image = "content";

    @Option(names = "--drop-image", description = "leaves the column of pictures out of the result")
    boolean dropImage;

    @Option(names = "--partitions", paramLabel = "N", description = "shuffles the rows into so many tasks")
    Optional<Integer> partitions = Optional.empty();

    @Option(names = "--top", paramLabel = "N", description = "how many characters to rank; 3")
    String top;

    @Option(names = "--charset", paramLabel = "CHARACTERS", description = "which characters to expect, such as digits")
    String charset;

    /**
     * Runs the job and ends the process.
     *
     * @param args the arguments after the jar file
     */
    public static void main(String[] args) {
        int status = new CommandLine(new SparkJob()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws IOException {
        PredictionOptions options = options();
        try (SparkSession spark = SparkSession.builder().appName("Neural Ink").getOrCreate()) {
            long start = System.nanoTime();
            Dataset<Row> rows = spark.read().format(format).options(sourceOptions).load(inputs.toArray(String[]::new));
            Dataset<Row> some = partitions.map(rows::repartition).orElse(rows);
            Dataset<Row> predicted = predict(some, image, options);
            (dropImage ? predicted.drop(image) : predicted).write().mode(SaveMode.ErrorIfExists).parquet(out);
            System.out.printf("Written to %s in %.1f s%n", out, (System.nanoTime() - start) / 1e9);
        }
        return 0;
    }

    private PredictionOptions options() {
        return RequestOptions.CHARACTER.of(name -> switch (name) {
            case "top" -> top;
            case "charset" -> charset;
            default -> null;
        });
    }

    /**
     * Adds a struct {@value #PREDICTION} to each row.
     *
     * @param rows the rows
     * @param image name of a binary column of files or a string column of data URLs
     * @param options what a prediction should contain
     */
    static Dataset<Row> predict(Dataset<Row> rows, String image, PredictionOptions options) {
        int column = rows.schema().fieldIndex(image);
        StructType schema = rows.schema().add(PREDICTION, RowPredictor.SCHEMA);
        int top = options.top();
        String charset = options.charset();
        MapPartitionsFunction<Row, Row> predict = partition ->
                new PredictedRows(partition, column, new RowPredictor(optionsOf(top, charset)));
        return rows.mapPartitions(predict, Encoders.row(schema));
    }

    /** The options are no serializable record, so a task makes them again. */
    private static PredictionOptions optionsOf(int top, String charset) {
        return new PredictionOptions(top, charset, false, false, false, false, Optional.<Guides>empty(), List.of());
    }
}
