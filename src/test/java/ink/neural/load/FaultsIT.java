package ink.neural.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of drawings when replicas behind a load balancer fail or are replaced: each is answered, and rightly.
 *
 * <pre>mvn verify -Pfaults</pre>
 *
 * It needs HAProxy, and prints its figures into {@code target/faults.md}.
 */
@Tag("faults")
class FaultsIT {
    private static final int RATE = Integer.getInteger("faults.rate", 100);
    private static final String MODEL = "emnist-byclass";
    private static final List<String> TABLE = new ArrayList<>();

    @TempDir
    static Path directory;

    private static Path models;
    private static Path newModels;
    private static List<String> answers;
    private static List<String> newAnswers;
    private static List<Replica> all;

    private List<Replica> replicas;
    private Balancer balancer;
    private SteadyLoad load;

    @BeforeAll
    static void start() throws Exception {
        models = models("old", "\"version\"", "\"version\"");
        newModels = models("new", "\"version\": \"", "\"version\": \"next-");
        Files.writeString(
                newModels.resolve(MODEL + ".json"),
                Files.readString(newModels.resolve(MODEL + ".json"))
                        .replaceFirst("\"temperature\": [0-9.]+", "\"temperature\": 2.0"));
        all = List.of(new Replica("one"), new Replica("two"), new Replica("three"));
        for (Replica replica : all) {
            replica.start(replica == all.get(2) ? newModels : models, MODEL);
        }
        for (Replica replica : all) {
            replica.awaitHealth("ready");
        }
        answers = all.get(0).answers();
        newAnswers = all.get(2).answers();
        assertNotEquals(answers, newAnswers);
        restart(List.of(all.get(2)));
    }

    /** A copy of the models that come with the program, with a change to the descriptor. */
    private static Path models(String name, String old, String by) throws IOException {
        Path copy = Files.createDirectory(directory.resolve(name));
        try (Stream<Path> files = Files.list(Path.of("models"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of("label_map.json"), copy.resolve("label_map.json"), StandardCopyOption.REPLACE_EXISTING);
        Path descriptor = copy.resolve(MODEL + ".json");
        Files.writeString(descriptor, Files.readString(descriptor).replace(old, by));
        return copy;
    }

    /** Gives replicas the first models again. */
    private static void restart(List<Replica> replicas) throws Exception {
        for (Replica replica : replicas) {
            replica.kill();
            replica.start(models, MODEL);
        }
        for (Replica replica : replicas) {
            replica.awaitHealth("ready");
        }
    }

    @AfterAll
    static void end() throws IOException {
        all.forEach(Replica::close);
        TABLE.add(0, "|---|---|---|---|---|---|---|---|");
        TABLE.add(0, "| fault | replicas | sent | right | wrong | failed | median | longest |");
        Files.write(Path.of("target", "faults.md"), TABLE);
        TABLE.forEach(System.out::println);
    }

    private void begin(int count) throws Exception {
        for (Replica replica : all.subList(0, count)) {
            replica.awaitHealth("ready");
        }
        begin(all.subList(0, count));
    }

    private void begin(List<Replica> replicas) throws Exception {
        this.replicas = replicas;
        balancer = new Balancer(replicas);
        load = new SteadyLoad(balancer.predict, RATE, List.of(answers, newAnswers));
        Thread.sleep(5000);
    }

    private void finish(String fault) throws Exception {
        Thread.sleep(5000);
        SteadyLoad.Tally tally = load.stop();
        TABLE.add("| %s | %d | %d | %d | %d | %d | %.0f ms | %.0f ms |"
                .formatted(
                        fault,
                        replicas.size(),
                        tally.sent(),
                        tally.right(),
                        tally.wrong(),
                        tally.sent() - tally.right() - tally.wrong(),
                        tally.median(),
                        tally.longest()));
        assertEquals(tally.sent(), tally.right(), tally::toString);
        assertTrue(tally.sent() > 9 * RATE, "there is load");
    }

    @AfterEach
    void close() throws Exception {
        if (load != null) {
            load.stop();
        }
        balancer.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void none(int count) throws Exception {
        begin(count);
        finish("none");
        for (Replica replica : replicas) {
            assertTrue(balancer.chosen(replica) > RATE, replica.name + " does its part");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void oneIsKilled(int count) throws Exception {
        begin(count);
        Replica victim = replicas.get(1);
        victim.kill();
        balancer.await(victim, false);
        Thread.sleep(5000);
        victim.start(models, MODEL);
        balancer.await(victim, true);
        finish("one is killed (`kill -9`), then started again");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void oneHangs(int count) throws Exception {
        begin(count);
        Replica victim = replicas.get(1);
        victim.hang(true);
        try {
            balancer.await(victim, false);
            Thread.sleep(5000);
        } finally {
            victim.hang(false);
        }
        balancer.await(victim, true);
        finish("one hangs (`kill -STOP`), then goes on");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void eachIsReplacedByANewVersion(int count) throws Exception {
        begin(count);
        for (Replica replica : replicas) {
            replica.stop();
            replica.start(newModels, MODEL);
            balancer.await(replica, true);
        }
        finish("each in turn is told to end (SIGTERM) and started with another model");
        for (Replica replica : replicas) {
            assertTrue(replica.get("/api/model").body().contains("\"version\":\"next-"));
            assertEquals(newAnswers, replica.answers());
        }
        restart(replicas);
    }

    @Test
    void oneHasADamagedModel() throws Exception {
        Files.write(Files.createDirectory(directory.resolve("damaged")).resolve(MODEL + ".onnx"), new byte[1000]);
        Path damaged = directory.resolve("damaged");
        for (String file : List.of(MODEL + ".json", "label_map.json")) {
            Files.copy(models.resolve(file), damaged.resolve(file));
        }
        Replica unready = all.get(2);
        unready.stop();
        begin(all);
        balancer.await(unready, false);
        int chosen = balancer.chosen(unready);
        unready.start(damaged, MODEL);
        unready.awaitHealth("live");
        Thread.sleep(5000);
        assertEquals(503, unready.status("/api/health/ready"));
        finish("one is started with a damaged model");
        assertEquals(chosen, balancer.chosen(unready), "it is given nothing");
        restart(List.of(unready));
    }
}
