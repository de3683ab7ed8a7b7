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
 * Replicas behind a load balancer fail or are replaced under load. Every drawing must still get a correct answer.
 *
 * <pre>mvn verify -Pfaults</pre>
 *
 * The tests need HAProxy. They write their results to {@code target/faults.md}.
 */
@Tag("faults")
class FaultsIT {
    private static final int RATE = Integer.getInteger("faults.rate", 100);
    private static final String MODEL = "emnist-byclass";
    private static final List<String> TABLE = new ArrayList<>(List.of(
            "| fault | replicas | sent | correct | wrong | failed | median | longest |",
            "|---|---|---|---|---|---|---|---|"));

    @TempDir
    static Path directory;

    private static Path models;
    private static Path newModels;
    private static List<String> answers;
    private static List<String> newAnswers;
    private static List<Replica> all;

    private List<Replica> replicas;
    private LoadBalancer balancer;
    private ConstantRateLoad load;

    @BeforeAll
    static void start() throws Exception {
        models = copyModels("old");
        newModels = copyModels("new");
        Path descriptor = newModels.resolve(MODEL + ".json");
        Files.writeString(
                descriptor,
                Files.readString(descriptor)
                        .replace("\"version\": \"", "\"version\": \"next-")
                        .replaceFirst("\"temperature\": [0-9.]+", "\"temperature\": 2.0"));
        all = List.of(new Replica("one"), new Replica("two"), new Replica("three"));
        start(all.subList(0, 2), models);
        start(all.subList(2, 3), newModels);
        answers = all.get(0).answers();
        newAnswers = all.get(2).answers();
        assertNotEquals(answers, newAnswers);
        all.get(2).kill();
        start(all.subList(2, 3), models);
    }

    /** Copies the models of the program into a directory. */
    private static Path copyModels(String name) throws IOException {
        Path copy = Files.createDirectory(directory.resolve(name));
        try (Stream<Path> files = Files.list(Path.of("models"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of("label_map.json"), copy.resolve("label_map.json"), StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private static void start(List<Replica> replicas, Path models) throws Exception {
        for (Replica replica : replicas) {
            replica.start(models, MODEL);
            replica.awaitReady();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        all.forEach(Replica::close);
        Files.write(Path.of("target", "faults.md"), TABLE);
        TABLE.forEach(System.out::println);
    }

    /** Puts the first replicas under load, all of which are ready. */
    private void startLoad(int count) throws Exception {
        List<Replica> ready = all.subList(0, count);
        for (Replica replica : ready) {
            replica.awaitReady();
        }
        startLoad(ready);
    }

    private void startLoad(List<Replica> replicas) throws Exception {
        this.replicas = replicas;
        balancer = new LoadBalancer(replicas);
        load = new ConstantRateLoad(balancer.predict, RATE, List.of(answers, newAnswers));
        Thread.sleep(5000);
    }

    private void assertAllAreAnswered(String fault) throws Exception {
        Thread.sleep(5000);
        ConstantRateLoad.Summary summary = load.stop();
        TABLE.add("| %s | %d | %d | %d | %d | %d | %.0f ms | %.0f ms |"
                .formatted(
                        fault,
                        replicas.size(),
                        summary.sent(),
                        summary.correct(),
                        summary.wrong(),
                        summary.sent() - summary.correct() - summary.wrong(),
                        summary.median(),
                        summary.longest()));
        assertEquals(summary.sent(), summary.correct(), summary::toString);
        assertTrue(summary.sent() > 9 * RATE, "too few requests were sent");
    }

    @AfterEach
    void stopLoad() throws Exception {
        if (load != null) {
            load.stop();
        }
        if (balancer != null) {
            balancer.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void replicasShareTheLoad(int count) throws Exception {
        startLoad(count);
        assertAllAreAnswered("none");
        for (Replica replica : replicas) {
            assertTrue(balancer.routed(replica) > RATE, replica.name() + " got too few requests");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void killedReplicaLosesNoRequest(int count) throws Exception {
        startLoad(count);
        Replica victim = replicas.get(1);
        victim.kill();
        balancer.await(victim, false);
        Thread.sleep(5000);
        victim.start(models, MODEL);
        balancer.await(victim, true);
        assertAllAreAnswered("one replica is killed (`kill -9`) and started again");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void suspendedReplicaLosesNoRequest(int count) throws Exception {
        startLoad(count);
        Replica victim = replicas.get(1);
        victim.suspend();
        try {
            balancer.await(victim, false);
            Thread.sleep(5000);
        } finally {
            victim.resume();
        }
        balancer.await(victim, true);
        assertAllAreAnswered("one replica is suspended (`kill -STOP`) and resumed");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void rollingUpdateLosesNoRequest(int count) throws Exception {
        startLoad(count);
        for (Replica replica : replicas) {
            replica.shutDown();
            replica.start(newModels, MODEL);
            balancer.await(replica, true);
        }
        assertAllAreAnswered("each replica in turn is told to exit (SIGTERM) and started with another model");
        for (Replica replica : replicas) {
            assertTrue(replica.get("/api/model").body().contains("\"version\":\"next-"));
            assertEquals(newAnswers, replica.answers());
            replica.kill();
        }
        start(replicas, models);
    }

    @Test
    void replicaWithADamagedModelGetsNoRequest() throws Exception {
        Path damaged = Files.createDirectory(directory.resolve("damaged"));
        Files.write(damaged.resolve(MODEL + ".onnx"), new byte[1000]);
        for (String file : List.of(MODEL + ".json", "label_map.json")) {
            Files.copy(models.resolve(file), damaged.resolve(file));
        }
        Replica unready = all.get(2);
        unready.shutDown();
        startLoad(all);
        balancer.await(unready, false);
        int routed = balancer.routed(unready);
        unready.start(damaged, MODEL);
        Thread.sleep(5000);
        assertEquals(503, unready.status("/api/health/ready"));
        assertAllAreAnswered("one replica is started with a damaged model");
        assertEquals(routed, balancer.routed(unready));
        unready.kill();
        start(List.of(unready), models);
    }
}
