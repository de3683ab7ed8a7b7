package ink.neural.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Golden;
import ink.neural.bulk.Bulks;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a local cluster of several processes, and the SQL function. */
class SparkIT {
    private static final int COPIES = Integer.getInteger("spark.copies", 40);
    private static final int PARTITIONS = 16;
    private static final double TOLERANCE = 1e-6;

    @TempDir
    static Path folder;

    private static SparkSession spark;
    private static Path rows;
    private static Map<String, JsonObject> expected;

    /** Many copies of each drawing and of some bad files, and what the service answers to each. */
    @BeforeAll
    static void prepare() throws IOException {
        spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (Golden golden : Golden.all()) {
            Files.write(pictures.resolve(golden.name()), golden.png());
        }
        Files.write(pictures.resolve("empty"), new byte[0]);
        Files.writeString(pictures.resolve("text"), "no picture");
        expected = answers(pictures);
        rows = folder.resolve("rows.parquet");
        StructType schema = StructType.fromDDL("id INT, name STRING, image BINARY");
        List<Row> copies = new ArrayList<>();
        for (int copy = 0; copy < COPIES; copy++) {
            for (String name : expected.keySet()) {
                copies.add(RowFactory.create(copies.size(), name, Files.readAllBytes(pictures.resolve(name))));
            }
        }
        copies.add(RowFactory.create(copies.size(), "null", null));
        spark.createDataFrame(copies, schema).repartition(PARTITIONS).write().parquet(rows.toString());
    }

    @AfterAll
    static void stop() throws IOException {
        spark.close();
    }

    /** The answers of {@code ./run bulk}, which are those of the service; see {@code PredictIT}. */
    private static Map<String, JsonObject> answers(Path pictures) throws IOException {
        Path file = folder.resolve("answers.jsonl");
        Bulks.run(pictures.toString(), "--out", file.toString(), "--legibility");
        Map<String, JsonObject> answers = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonObject answer = Json.createReader(new StringReader(line)).readObject();
            answers.put(Path.of(answer.getString("source")).getFileName().toString(), answer);
        }
        return answers;
    }

    @Test
    void aClusterGivesTheAnswersOfTheServiceAndLosesNothingWithAWorker() throws Exception {
        try (Cluster cluster = new Cluster(folder)) {
            cluster.addWorker();
            double one = run(cluster, "one");
            cluster.addWorker();
            double two = run(cluster, "two");
            System.out.printf("%,d rows: %.1f s with one worker, %.1f s with two%n", count(), one, two);

            Process job = submit(cluster, "killed");
            awaitTasks("killed", 2);
            cluster.kill(1);
            awaitEnd(cluster, "killed", job);
            assertTrue(cluster.log("killed").contains("Lost executor"), "the worker was lost while the job ran");
            assertAnswers("killed");
        }
    }

    private static Process submit(Cluster cluster, String name) throws IOException {
        return cluster.submit(
                name, "--format", "parquet", "--image", "image", "--drop-image", "--out", output(name).toString(),
                rows.toString());
    }

    private static Path output(String name) {
        return folder.resolve(name + ".parquet");
    }

    /** Runs the job, checks its answers, and returns the seconds that it says it took. */
    private static double run(Cluster cluster, String name) throws Exception {
        awaitEnd(cluster, name, submit(cluster, name));
        assertAnswers(name);
        return Double.parseDouble(cluster.log(name).replaceFirst("(?s).*Written to \\S+ in ([\\d.]+) s.*", "$1"));
    }

    private static void awaitEnd(Cluster cluster, String name, Process job) throws InterruptedException {
        assertTrue(job.waitFor(10, TimeUnit.MINUTES), "the job takes too long");
        assertEquals(0, job.exitValue(), () -> cluster.log(name));
    }

    /** Waits until some tasks have committed their files. */
    private static void awaitTasks(String name, int count) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (committed(name) < count) {
            assertTrue(System.nanoTime() < end, "no task has ended");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static long committed(String name) throws IOException {
        Path tasks = output(name).resolve("_temporary/0");
        if (!Files.exists(tasks)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(tasks)) {
            return files.filter(file -> file.getFileName().toString().startsWith("task_")).count();
        }
    }

    private static long count() {
        return (long) COPIES * expected.size() + 1;
    }

    /** Each row is there once, with the answer of the service. */
    private static void assertAnswers(String name) {
        Dataset<Row> result = spark.read().parquet(output(name).toString());
        assertEquals(count(), result.count());
        assertEquals(count(), result.select("id").distinct().count());
        for (Row row : result.select("name", "prediction.*").collectAsList()) {
            assertAnswer(row);
        }
    }

    private static void assertAnswer(Row row) {
        assertTrue(row.<String>getAs("model").matches("emnist-byclass@\\d.*"), row.toString());
        JsonObject answer = expected.get(row.<String>getAs("name"));
        if (answer == null || answer.containsKey("type")) {
            String type = answer == null ? "urn:neural-ink:problem:no-image" : answer.getString("type");
            assertEquals(type, row.getStruct(row.fieldIndex("problem")).<String>getAs("type"));
            return;
        }
        JsonArray predictions = answer.getJsonArray("predictions");
        assertSame(predictions.getJsonObject(0), row);
        List<Row> alternatives = row.getList(row.fieldIndex("alternatives"));
        assertEquals(predictions.size() - 1, alternatives.size());
        for (int i = 0; i < alternatives.size(); i++) {
            assertSame(predictions.getJsonObject(i + 1), alternatives.get(i));
        }
        assertEquals(number(answer, "legibility"), row.<Double>getAs("legibility"), TOLERANCE);
    }

    private static void assertSame(JsonObject prediction, Row row) {
        assertEquals(prediction.getString("label"), row.<String>getAs("label"));
        assertEquals(
                number(prediction, "confidence"), row.<Double>getAs("confidence"), TOLERANCE);
    }

    private static double number(JsonObject json, String name) {
        return json.getJsonNumber(name).doubleValue();
    }

    @Test
    void theSqlFunctionReadsFilesAndDataUrls() throws IOException {
        PredictCharacter.register(spark);
        Golden three = Golden.named("digit-3");
        StructType schema = StructType.fromDDL("file BINARY, url STRING");
        spark.createDataFrame(List.of(RowFactory.create(three.png(), three.dataUrl()), RowFactory.create(null, "x!")), schema)
                .createOrReplaceTempView("pictures");
        List<Row> answers = spark.sql("SELECT predict_character(file).label, predict_character(url).label,"
                        + " predict_character(file).problem.type, predict_character(url).problem.type FROM pictures")
                .collectAsList();
        assertEquals(RowFactory.create("3", "3", null, null), answers.get(0));
        assertEquals(
                RowFactory.create(null, null, "urn:neural-ink:problem:no-image", "urn:neural-ink:problem:not-base64"),
                answers.get(1));
    }
}
